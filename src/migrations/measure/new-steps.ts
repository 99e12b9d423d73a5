import type { FindingDraft } from '../../core/finding.ts';
import type { MigrationFacts, MigrationFile, Operation } from '../../core/migration-facts.ts';
import { findings, notApplicable, notAvailable, pass, type Verdict } from '../../core/outcome.ts';
import { quoteName } from '../../core/quote-name.ts';

/** One statement that the change adds or edits, with everything it does. */
export interface NewStatement {
  readonly file: MigrationFile;
  /** In the order of its clauses; never empty. */
  readonly operations: readonly Operation[];
}

/** Every rule asks for the same list; facts never change once they are collected. */
const known = new WeakMap<MigrationFacts, readonly NewStatement[]>();

/** Statements on the way up that the change adds or edits, in the order they run. */
export function newStatements(migrations: MigrationFacts): readonly NewStatement[] {
  const statements = known.get(migrations) ?? statementsOf(migrations);
  known.set(migrations, statements);
  return statements;
}

function statementsOf(migrations: MigrationFacts): readonly NewStatement[] {
  return migrations.files.filter(isStepUp).flatMap((file) => {
    const byStatement = new Map<number, Operation[]>();
    for (const operation of file.operations) {
      if (operation.isOld) continue;
      const operations = byStatement.get(operation.statement) ?? [];
      operations.push(operation);
      byStatement.set(operation.statement, operations);
    }
    return [...byStatement.values()].map((operations) => ({ file, operations }));
  });
}

/**
 * The verdict of a rule over statements: not available where no migration could be read, not applicable without one, and
 * a pass that names what was left out. `isOfCode`: what the rule says is the same whichever database the statement runs on.
 */
export function statementVerdict(
  migrations: MigrationFacts,
  draftOf: (statement: NewStatement) => FindingDraft | undefined,
  quiet: string,
  { isOfCode = false }: { readonly isOfCode?: boolean } = {},
): Verdict {
  const notRead = notReadVerdict(migrations);
  if (notRead) return notRead;
  const files = migrations.files.filter(isStepUp);
  const statements = newStatements(migrations);
  const all = statements.flatMap((statement) => {
    const draft = draftOf(statement);
    return draft ? [{ draft, file: statement.file }] : [];
  });
  const drafts = isOfCode ? withoutTwins(all) : all.map(({ draft }) => draft);
  if (drafts.length > 0) return findings(drafts);
  const parts = files.reduce((sum, file) => sum + file.notAnalysed.length, 0);
  const leftOut = parts === 0 ? '' : `; ${count(parts, 'part')} not analysed`;
  return pass(
    `${count(statements.length, 'statement')} in ${count(files.length, 'migration')}, ${quiet}${leftOut}`,
  );
}

/** What a change does in the same words to each database that a project supports is one thing to say, with several places. */
function withoutTwins(
  all: readonly { readonly draft: FindingDraft; readonly file: MigrationFile }[],
): readonly FindingDraft[] {
  const kept = new Map<string, { draft: FindingDraft; readonly file: MigrationFile }>();
  for (const [at, { draft, file }] of all.entries()) {
    const { table = '', operation = '', column = '', name = '' } = draft.about;
    const key = [table, operation, column, name].join('\0').toLowerCase();
    const first = kept.get(key);
    const isTwin = first && first.file.dialect !== file.dialect && first.file.folder !== file.folder;
    if (!isTwin) kept.set(first ? `${key}\0${at}` : key, { draft, file });
    else if (draft.place)
      first.draft = { ...first.draft, otherPlaces: [...(first.draft.otherPlaces ?? []), draft.place] };
  }
  return [...kept.values()].map(({ draft }) => draft);
}

/** Not applicable without a step on the way up, not available where none could be read; else undefined. */
export function notReadVerdict(migrations: MigrationFacts): Verdict | undefined {
  const files = migrations.files.filter(isStepUp);
  if (files.length === 0) return notApplicable('the change has no migration step');
  const unread = files.filter((file) => file.operations.length === 0 && file.notAnalysed.length > 0);
  const first = unread[0];
  if (!first || unread.length < files.length) return undefined;
  return notAvailable(
    `${quoteName(first.path)} could not be read: ${first.notAnalysed[0]?.why ?? 'no reason given'}`,
  );
}

export function isStepUp(file: MigrationFile): boolean {
  return file.direction === 'up' && file.status !== 'deleted';
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
