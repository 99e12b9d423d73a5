import type { FindingDraft } from '../../core/finding.ts';
import { groupBy } from '../../core/group-by.ts';
import type { MigrationFacts, MigrationFile, Operation } from '../../core/migration-facts.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { lockWords } from '../measure/lock-words.ts';
import { type NewStatement, newStatements, statementVerdict } from '../measure/new-steps.ts';
import { renamedBeforeDrop, standsAgain } from '../measure/renames.ts';
import { aboutOperation, blockedTables, identityOfOperation, quoted } from '../measure/statement-finding.ts';
import { usesOf } from '../measure/uses-of.ts';

export const destructiveChange = defineRule({
  id: 'migrations/destructive-change',
  since: '0.1.0',
  level: 'warning',
  question: 'Are rows, columns or tables gone once this has run?',
  docs: {
    triggered:
      'A new DROP TABLE, DROP COLUMN, DROP PARTITION, DROP SCHEMA … CASCADE, DROP DATABASE, TRUNCATE, a rebuild of an SQLite table whose copy leaves columns out, or a DELETE or UPDATE without a filter, on a table that this pull request does not create.',
    why: 'A way back restores the shape, not the rows; and code of the running version that still names a dropped column fails on its next query.',
    fix: 'Release the code that no longer uses it first and drop it in a later release; keep a copy, or write down why none is needed. Add a WHERE where one is missing.',
    quietWhen:
      'The table is created in the same pull request, the DELETE or UPDATE has a filter, or the statement is on the way down. Where code still names what is dropped, migrations/dropped-but-still-used speaks.',
  },
  sources: [
    {
      title: 'PostgreSQL: ALTER TABLE, DROP COLUMN',
      url: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-COLUMN',
      supports: 'Indexes and constraints that involve the column are dropped with it.',
    },
    {
      title: 'PostgreSQL: TRUNCATE',
      url: 'https://www.postgresql.org/docs/current/sql-truncate.html',
      supports: 'All rows go at once, under an ACCESS EXCLUSIVE lock; CASCADE follows foreign keys.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate({ migrations }) {
    const renamed = renamedBeforeDrop(migrations);
    const isLoss = (one: Operation) => dangerOf(one) === 'destructive-change';
    // The other rule speaks of it, by the name that it has or had before this change.
    const isTold = (one: Operation) => {
      const rename = renamed.get(one);
      return usesOf(migrations, one) !== undefined || (rename && usesOf(migrations, rename)?.at === 'head');
    };
    const together = lossesTogether(migrations, (one) => isLoss(one) && !isTold(one), renamed);
    return statementVerdict(
      migrations,
      (statement) => draftOf(statement.file, together.get(statement) ?? [], renamed),
      newStatements(migrations).some(({ operations }) => operations.some((one) => isLoss(one) && isTold(one)))
        ? 'none drops or empties what was there but what `migrations/dropped-but-still-used` names'
        : 'none drops or empties what was there',
    );
  },
});

/**
 * What is lost, by the first statement that tells it: tables that a file drops one by one are one thing to say, and so are
 * columns of one table.
 */
function lossesTogether(
  migrations: MigrationFacts,
  isLoss: (operation: Operation) => boolean,
  renamed: ReadonlyMap<Operation, Operation>,
): ReadonlyMap<NewStatement, readonly Operation[]> {
  const losing = newStatements(migrations)
    .map((statement) => ({ statement, losses: statement.operations.filter(isLoss) }))
    .filter(({ losses }) => losses.length > 0);
  const groups = groupBy(losing, ({ statement, losses }) => {
    const [first] = losses;
    const isAlone =
      !first ||
      !/^drop-(?:table|column)$/.test(first.kind) ||
      losses.some((one) => one.kind !== first.kind || renamed.has(one));
    const what = first?.kind === 'drop-column' ? first.table : '';
    return [
      statement.file.path,
      isAlone ? statement.operations[0]?.statement : [first.kind, what, heldFor(first)].join('\0'),
    ].join('\0');
  });
  return new Map(
    [...groups.values()].flatMap((group) =>
      group[0] ? [[group[0].statement, group.flatMap(({ losses }) => losses)] as const] : [],
    ),
  );
}

function draftOf(
  file: MigrationFile,
  losing: readonly Operation[],
  renamed: ReadonlyMap<Operation, Operation>,
): FindingDraft | undefined {
  const [operation] = losing;
  if (!operation) return undefined;
  const it = losing.length > 1 ? 'them' : 'it';
  const rename = renamed.get(operation);
  const others = losing.filter(({ lines }) => lines.start > operation.lines.start);
  return {
    ...aboutOperation(file, operation),
    ...(others.length > 0 && {
      otherPlaces: others.slice(0, 9).map(({ lines }) => ({ path: file.path, line: lines.start })),
    }),
    measurements: [
      { name: 'tables blocked', value: new Set(losing.flatMap(blockedTables)).size, unit: 'tables' },
    ],
    observation: observationOf(operation, losing),
    impact: impactOf(file, operation, it, rename),
    action: isReplaced(file, rename) ? restoring : actionOf(operation, it),
  };
}

function observationOf(operation: Operation, all: readonly Operation[]): string {
  const tables = quoted([...new Set(all.map(({ table }) => table))]);
  const brief = heldFor(operation);
  switch (operation.kind) {
    case 'drop-table':
      return `\`DROP TABLE\` removes ${tables} with all rows, ${brief}.`;
    case 'drop-column':
      return `\`DROP COLUMN\` removes ${quoted(all.flatMap(({ column }) => column ?? []))} of ${quoted([operation.table])}, ${brief}.`;
    case 'drop-partition':
      return `\`DROP PARTITION\` removes ${quoted([operation.name ?? ''])} of ${quoted([operation.table])} with all rows, ${brief}.`;
    case 'truncate-partition':
      return `\`TRUNCATE PARTITION\` empties ${quoted([operation.name ?? ''])} of ${quoted([operation.table])}, ${brief}.`;
    case 'rebuild-table':
      return `The rebuild of ${quoted([operation.table])} leaves out ${quoted((operation.column ?? '').split(', '))} when it copies the rows.`;
    case 'truncate':
      return `\`TRUNCATE\` empties ${tables} under ${lockWords(operation.lock)}.`;
    case 'delete':
      return `\`DELETE\` without a filter removes every row of ${tables}, ${rowsHeld(operation)}.`;
    case 'update':
      return `\`UPDATE\` without a filter overwrites every row of ${tables}, ${rowsHeld(operation)}.`;
    default:
      return operation.lock === 'EXCLUSIVE METADATA'
        ? `\`DROP DATABASE\` removes ${quoted([operation.name ?? operation.table])} and all tables in it.`
        : `\`DROP SCHEMA … CASCADE\` removes ${quoted([operation.name ?? operation.table])} and all tables in it.`;
  }
}

function heldFor({ lock, rewrite }: Operation): string {
  if (rewrite === true) return `under ${lockWords(lock)} for the length of a rewrite`;
  return lock === 'DATABASE WRITE'
    ? `under ${lockWords(lock)}`
    : `under ${lockWords(lock)}, held for an instant`;
}

/** InnoDB locks rows one by one as it comes to them, and its lock on the table says nothing. */
function rowsHeld({ lock }: Operation): string {
  return lock === 'SHARED WRITE METADATA'
    ? 'each of them locked until the end of a full scan'
    : `under ${lockWords(lock)} for the length of a full scan`;
}

function impactOf(
  file: MigrationFile,
  operation: Operation,
  it: 'it' | 'them',
  rename: Operation | undefined,
): string {
  if (operation.kind === 'update' || operation.kind === 'delete') {
    return 'Writers of the same rows wait until it commits, and the old values are gone.';
  }
  const back =
    file.wayBack === 'down-step'
      ? 'The down step brings the shape back, not the rows'
      : `No down step brings ${it} back`;
  if (operation.kind === 'truncate') {
    const until = operation.lock === 'EXCLUSIVE METADATA' ? 'it is done' : 'the transaction ends';
    return `${back}; reads and writes wait until ${until}.`;
  }
  if (isReplaced(file, rename)) return `${back}.`;
  const named = rename
    ? `asks for ${it} as ${quoteName(rename.column ?? rename.table)}`
    : `still names ${it}`;
  return `${back}, and a running version that ${named} fails on its next query.`;
}

/** The old name is another thing's by now, and no running version asks for the one that is dropped. */
function isReplaced(file: MigrationFile, rename: Operation | undefined): boolean {
  return rename !== undefined && standsAgain(rename, file.operations);
}

const restoring = 'Where can the rows be restored from, if they are needed again?';

function actionOf(operation: Operation, it: 'it' | 'them'): string {
  switch (operation.kind) {
    case 'truncate':
    case 'truncate-partition':
    case 'drop-partition':
    case 'delete':
      return restoring;
    case 'update':
      return 'Would batches with a filter, outside the schema change, do?';
    default:
      return `Has a release without any use of ${it} been deployed already?`;
  }
}
