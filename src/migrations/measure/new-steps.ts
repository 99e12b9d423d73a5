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
 * a pass that names what was left out.
 */
export function statementVerdict(
  migrations: MigrationFacts,
  draftOf: (statement: NewStatement) => FindingDraft | undefined,
  quiet: string,
): Verdict {
  const notRead = notReadVerdict(migrations);
  if (notRead) return notRead;
  const files = migrations.files.filter(isStepUp);
  const statements = newStatements(migrations);
  const drafts = statements.flatMap((statement) => draftOf(statement) ?? []);
  if (drafts.length > 0) return findings(drafts);
  const parts = files.reduce((sum, file) => sum + file.notAnalysed.length, 0);
  const leftOut = parts === 0 ? '' : `; ${count(parts, 'part')} not analysed`;
  return pass(
    `${count(statements.length, 'statement')} in ${count(files.length, 'migration')}, ${quiet}${leftOut}`,
  );
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
