import type { FindingDraft } from '../../core/finding.ts';
import type { MigrationFile, Operation } from '../../core/migration-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { innodbName, lockWords } from '../measure/lock-words.ts';
import type { NewStatement } from '../measure/new-steps.ts';
import { nextTransaction, outsideTransaction } from '../measure/outside-transaction.ts';
import { verdictOnServer } from '../measure/server-version.ts';
import { aboutOperation, identityOfOperation, quoted, whoWaits } from '../measure/statement-finding.ts';

export const fullScanUnderLock = defineRule({
  id: 'migrations/full-scan-under-lock',
  since: '0.1.0',
  level: 'warning',
  question: 'Is a table read from end to end under a lock that others wait for?',
  docs: {
    triggered:
      'A new constraint, NOT NULL or partition that PostgreSQL checks against every row of a table which this pull request does not create.',
    why: 'The check itself is a scan, and the lock that keeps the table still meanwhile stops writes, mostly reads too.',
    fix: 'Add the constraint `NOT VALID` (an instant), then `VALIDATE CONSTRAINT` in another transaction: it scans while reads and writes go on. UNIQUE and PRIMARY KEY: build the index `CONCURRENTLY` first and add the constraint `USING INDEX`.',
    quietWhen:
      'The table is created in the same pull request, the constraint is NOT VALID, or a valid check already proves NOT NULL.',
  },
  sources: [
    {
      title: 'PostgreSQL: ALTER TABLE, Notes',
      url: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
      supports: 'NOT VALID skips the scan, and VALIDATE CONSTRAINT takes a weaker lock.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate: verdictOnServer(draftOf, 'none scans a table in use while others wait'),
});

function draftOf({ file, operations }: NewStatement, version: number): FindingDraft | undefined {
  // A rewrite reads the table as well: one finding a statement.
  if (operations.some((one) => dangerOf(one) === 'table-rewrite' && one.rewrite === true)) return undefined;
  const operation = operations.find((one) => dangerOf(one) === 'full-scan-under-lock');
  if (!operation) return undefined;
  const table = operation.table === '' ? 'every table that uses it' : quoted([operation.table]);
  return {
    ...aboutOperation(file, operation),
    observation: `${subjectOf(operation)} scans ${table} under ${lockWords(operation.lock)}.`,
    impact: `${whoWaits(operation)} wait for the length of the scan; it grows with the table.${fails(operation)}`,
    action: actionOf(file, operation, version),
    ...(operation.safer === undefined ? {} : { suggestion: operation.safer }),
  };
}

function subjectOf(operation: Operation): string {
  const column = operation.column ? ` ${quoted([operation.column])}` : '';
  const name = operation.name ? ` ${quoted([operation.name])}` : '';
  switch (operation.kind) {
    case 'set-not-null':
      return `\`SET NOT NULL\` on${column}`;
    case 'add-not-null':
      return `The NOT NULL constraint on${column}`;
    case 'add-check':
      return `The check${name}`;
    case 'add-foreign-key':
      return `The foreign key${name || column}`;
    case 'add-unique':
      return `The unique constraint${name || column}`;
    case 'add-primary-key':
      return 'The primary key';
    case 'add-exclusion':
      return `The exclusion constraint${name}`;
    case 'add-column':
      return `Adding${column} with its constraints`;
    case 'add-required-column':
      return `Adding${column} as NOT NULL without a default`;
    case 'change-type':
      return `The type change of${column}, for an index or a check on it,`;
    case 'attach-partition':
      return '`ATTACH PARTITION`';
    case 'create-partition':
      return `The new partition${name}`;
    default:
      return `\`${operation.kind.toUpperCase().replaceAll('-', ' ')}\`${name}`;
  }
}

function fails(operation: Operation): string {
  return operation.kind === 'add-required-column' ? ' On a table with rows it fails.' : '';
}

function actionOf(file: MigrationFile, operation: Operation, version: number): string {
  if (innodbName(file.dialect)) return 'Would `ALGORITHM=INPLACE, LOCK=NONE` do?';
  const later = nextTransaction(file);
  switch (operation.kind) {
    case 'set-not-null':
      if (version >= 18) {
        return `Would \`ADD CONSTRAINT … NOT NULL … NOT VALID\` now and \`VALIDATE CONSTRAINT\` ${later} do?`;
      }
      return `Would \`CHECK (… IS NOT NULL) NOT VALID\` now, \`VALIDATE CONSTRAINT\` ${later} and then \`SET NOT NULL\` do?`;
    case 'add-foreign-key':
      if (operation.onPartitionedTable && version < 18) {
        return `Would the key on each partition, \`NOT VALID\` now and validated ${later}, do? Before PostgreSQL 18 the parent takes none \`NOT VALID\`.`;
      }
      return `Would \`NOT VALID\` now and \`VALIDATE CONSTRAINT\` ${later} do?`;
    case 'add-check':
    case 'add-not-null':
      return `Would \`NOT VALID\` now and \`VALIDATE CONSTRAINT\` ${later} do?`;
    case 'add-unique':
    case 'add-primary-key':
      return `Would \`CREATE UNIQUE INDEX CONCURRENTLY\`, ${outsideTransaction(file)}, and then the constraint \`USING INDEX\` do?`;
    case 'add-required-column':
      return 'Which value do the existing rows get?';
    case 'add-column':
      return `Would the bare column now, and its constraint as \`NOT VALID\` with \`VALIDATE CONSTRAINT\` ${later}, do?`;
    case 'attach-partition':
    case 'create-partition':
      return 'Would a validated CHECK with the bounds of the partition, added first, do?';
    case 'alter-domain':
      return `Would \`NOT VALID\` now and \`VALIDATE CONSTRAINT\` at a quiet hour do?`;
    default:
      return 'Can this run at a quiet hour, outside the deployment?';
  }
}
