import type { FindingDraft } from '../../core/finding.ts';
import { groupBy } from '../../core/group-by.ts';
import type { MigrationFacts, MigrationFile, Operation } from '../../core/migration-facts.ts';
import { findings, pass } from '../../core/outcome.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { innodbName } from '../measure/lock-words.ts';
import { newStatements, notReadVerdict } from '../measure/new-steps.ts';
import { aboutOperation } from '../measure/statement-finding.ts';
import { frameworkName, statementWords } from '../measure/statement-words.ts';

export const halfFailedMigration = defineRule({
  id: 'migrations/half-failed-migration',
  since: '0.1.0',
  level: 'notice',
  question: 'If a statement fails on the data, does the file stay half done?',
  docs: {
    triggered:
      'In a file that runs without a transaction, or on MySQL or MariaDB, which commit each change of a definition by themselves, a new statement that existing rows can make fail (a constraint, a unique or concurrent index, NOT NULL, a type change) follows one that cannot run a second time.',
    why: 'What ran before the failure stays. The next attempt then stops at the first statement, which finds its work done, and a person has to repair the database by hand.',
    fix: 'Put the statement that can fail into a migration of its own, or write the others with IF EXISTS and IF NOT EXISTS. A concurrent index that failed is dropped before it is built again.',
    quietWhen:
      'The file runs in one transaction, it is not known how it runs, or every earlier statement can run again.',
  },
  sources: [
    {
      title: 'PostgreSQL: CREATE INDEX, Building Indexes Concurrently',
      url: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
      supports: 'A concurrent build that fails leaves an invalid index behind.',
    },
    {
      title: 'MySQL: Statements That Cause an Implicit Commit',
      url: 'https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html',
      supports: 'ALTER TABLE, CREATE and DROP end the open transaction, and cannot be rolled back.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: ({ about }) => [about.path ?? '', about.table ?? '', about.operation ?? ''],
  evaluate({ migrations }) {
    const notRead = notReadVerdict(migrations);
    if (notRead) return notRead;
    const drafts = draftsOf(migrations);
    if (drafts.length > 0) return findings(drafts);
    return pass('no file can stop half-way with work that cannot run again');
  },
});

/** Kinds that look at rows which exist, and refuse when one does not fit. */
const canFail: ReadonlySet<string> = new Set([
  'add-unique', 'add-primary-key', 'add-exclusion', 'add-check', 'add-foreign-key', 'add-not-null', 'set-not-null',
  'add-required-column', 'validate-constraint', 'change-type', 'attach-partition',
]); // biome-ignore format: a list reads better in few lines

function draftsOf(migrations: MigrationFacts): readonly FindingDraft[] {
  const byFile = groupBy(newStatements(migrations), ({ file }) => file);
  return [...byFile].flatMap(([file, statements]) => {
    const operations = statements
      .flatMap((statement) => statement.operations)
      .filter(({ inTransaction }) => inTransaction === false);
    const fails = operations.findIndex(
      (operation, at) =>
        at > 0 && canFailOnRows(operation) && !standsAgain(operation, operations.slice(0, at)),
    );
    const failing = operations[fails];
    if (!failing) return [];
    const before = operations
      .slice(0, fails)
      .filter((operation) => operation.statement !== failing.statement && !canRunAgain(operation));
    const [first] = before;
    return first ? [draftOf(file, failing, first, before)] : [];
  });
}

function canFailOnRows(operation: Operation): boolean {
  if (operation.onTableOfThisChange) return false;
  if (operation.kind === 'create-index' || operation.kind === 'reindex') {
    return operation.concurrently || operation.isUnique === true;
  }
  // The rows of a column that is new are all empty, and an empty key refers to nothing.
  if (operation.kind === 'add-foreign-key' && operation.onColumnOfThisChange) return false;
  return canFail.has(operation.kind) && (operation.scan !== false || operation.rewrite !== false);
}

/** A constraint that was there until a moment ago, and is made again with other words: its rows have held. */
function standsAgain({ kind, name, table }: Operation, before: readonly Operation[]): boolean {
  return (
    kind.startsWith('add-') &&
    name !== undefined &&
    before.some((one) => one.kind === 'drop-constraint' && one.name === name && one.table === table)
  );
}

/** What sets a state can set it again; what makes, names or removes a thing cannot, unless it is told to look first. */
function canRunAgain({ kind, isRepeatable }: Operation): boolean {
  return (
    isRepeatable === true ||
    !/^(?:create|add|drop-(?!default|not-null)|rename|insert|attach|detach)/.test(kind)
  );
}

function draftOf(
  file: MigrationFile,
  failing: Operation,
  first: Operation,
  before: readonly Operation[],
): FindingDraft {
  const statements = new Set(before.map(({ statement }) => statement)).size;
  const server = innodbName(file.dialect);
  const cause = server
    ? `${server} commits each statement that changes a definition by itself`
    : file.transaction === 'one-transaction'
      ? 'both run outside the transaction of the file'
      : `${frameworkName(file.framework)} runs this file without a transaction`;
  const object = first.name ?? first.column ?? first.table;
  return {
    ...aboutOperation(file, failing),
    about: { path: file.path, table: failing.table, operation: failing.kind },
    otherPlaces: [{ path: file.path, line: first.lines.start }],
    observation: `If ${statementWords(failing)} on ${quoteName(failing.table)} fails, ${statements} ${statements === 1 ? 'statement' : 'statements'} before it ${statements === 1 ? 'stays' : 'stay'} done: ${cause}.`,
    impact: `The next attempt stops at ${statementWords(first)} ${quoteName(object)}, whose work is done, until someone repairs the database by hand.`,
    action: `Would ${statementWords(failing)}, in a migration of its own, do?`,
    measurements: [{ name: 'statements that stay', value: statements, unit: 'statements' }],
  };
}
