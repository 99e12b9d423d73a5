import type { FindingDraft } from '../../core/finding.ts';
import type { MigrationFile, Operation } from '../../core/migration-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { innodbName, lockWords } from '../measure/lock-words.ts';
import type { NewStatement } from '../measure/new-steps.ts';
import { verdictOnServer } from '../measure/server-version.ts';
import {
  aboutOperation,
  confidenceIn,
  identityOfOperation,
  quoted,
  whoWaits,
} from '../measure/statement-finding.ts';

export const tableRewrite = defineRule({
  id: 'migrations/table-rewrite',
  since: '0.1.0',
  level: 'warning',
  question: 'Does a statement copy a whole table while everybody waits for it?',
  docs: {
    triggered:
      'A new statement that rewrites a table which this pull request does not create: most type changes, a computed default, serial, identity and stored generated columns, SET UNLOGGED, CLUSTER, VACUUM FULL. MySQL and MariaDB: what they do with `ALGORITHM=COPY` (most type changes, a checked foreign key, CHECK, a stored generated column, another character set).',
    why: 'Every row is written anew and every index is built again under an ACCESS EXCLUSIVE lock; nobody reads or writes the table until it is done.',
    fix: 'Add a new column, fill it in batches, switch the code over, then drop the old one. A computed default: add the column without it, set the default, fill existing rows in batches. MySQL and MariaDB: gh-ost or pt-online-schema-change; `ALGORITHM=INPLACE, LOCK=NONE` makes the server refuse what it cannot do online.',
    quietWhen:
      'The table is created in the same pull request, or the change is known to touch the catalogue only (a wider varchar, varchar to text). InnoDB rebuilds that let writes go on (`LOCK=NONE`) and SQLite, which has one writer at a time, are not reported. A type change whose old type is not known is reported with low confidence.',
  },
  sources: [
    {
      title: 'PostgreSQL: ALTER TABLE, Notes',
      url: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
      supports: 'Which type changes and defaults rewrite the table.',
    },
    {
      title: 'MySQL: Online DDL Operations',
      url: 'https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html',
      supports: 'Which changes of an InnoDB table copy it, and which permit writes meanwhile.',
    },
    {
      title: 'MariaDB: InnoDB Online DDL Overview',
      url: 'https://mariadb.com/docs/server/server-usage/storage-engines/innodb/innodb-online-ddl/innodb-online-ddl-overview',
      supports: 'The same for MariaDB, whose answers here are measured.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate: verdictOnServer(draftOf, 'none rewrites a table in use'),
});

function draftOf({ file, operations }: NewStatement, version: number): FindingDraft | undefined {
  const rewrites = operations.filter((one) => dangerOf(one) === 'table-rewrite');
  const operation = rewrites.find(({ rewrite }) => rewrite === true) ?? rewrites[0];
  if (!operation) return undefined;
  const isSure = operation.rewrite === true;
  const table = quoted([operation.table]);
  const what = wordsOf(operation);
  return {
    ...aboutOperation(file, operation),
    confidence: isSure ? confidenceIn(file) : operation.unlessTimeZoneIsUtc ? 'medium' : 'low',
    observation: observationOf(file, operation, `${what} rewrites ${table}`),
    impact: `${whoWaits(operation)} wait for the length of the rewrite; it grows with the table.`,
    action: innodbName(file.dialect) ? actionOnInnodb(operation) : actionOf(operation, isSure, version),
  };
}

function observationOf(file: MigrationFile, operation: Operation, what: string): string {
  const server = innodbName(file.dialect);
  if (operation.rewrite === true) {
    const clause = operation.lock === 'EXCLUSIVE METADATA' ? 'LOCK=EXCLUSIVE' : 'LOCK=SHARED';
    return `${what} under ${lockWords(operation.lock)}${server ? ` (\`${clause}\`)` : ''}.`;
  }
  if (operation.unlessTimeZoneIsUtc) {
    return `${what} under ${lockWords(operation.lock)}, unless the session’s TimeZone is UTC.`;
  }
  return server
    ? `${what} as a copy (\`ALGORITHM=COPY\`), unless it brings no more than a default, a comment or a longer VARCHAR; the old definition is not known here.`
    : `${what} under ${lockWords(operation.lock)}, unless the old type is one PostgreSQL can keep as it is; the old type is not known here.`;
}

function actionOnInnodb({ kind, rewrite }: Operation): string {
  if (rewrite !== true)
    return 'Would `ALGORITHM=INPLACE, LOCK=NONE`, which makes the server refuse a copy, do?';
  if (kind === 'add-foreign-key') {
    return 'Would a query for rows without a parent, and then the key with `foreign_key_checks=0` and `ALGORITHM=INPLACE, LOCK=NONE`, do?';
  }
  return 'Would an online tool (gh-ost, pt-online-schema-change), or a new column filled in batches, do?';
}

function wordsOf(operation: Operation): string {
  const column = operation.column ? ` ${quoted([operation.column])}` : '';
  if (operation.kind === 'change-type') return `The type change of${column}`;
  if (operation.kind === 'add-column' || operation.kind === 'add-required-column') return `Adding${column}`;
  if (operation.kind === 'drop-constraint' && operation.name === 'PRIMARY') return '`DROP PRIMARY KEY`';
  if (operation.kind === 'add-foreign-key' && operation.name)
    return `The foreign key ${quoted([operation.name])}`;
  return `\`${operation.kind.toUpperCase().replaceAll('-', ' ')}\``;
}

function actionOf(operation: Operation, isSure: boolean, version: number): string {
  if (operation.kind === 'change-type') {
    if (operation.unlessTimeZoneIsUtc)
      return "If the stored times are in UTC, would `SET timezone = 'UTC'` in front of it do?";
    return isSure
      ? 'Would a new column, filled in batches and swapped in by a later release, do?'
      : 'Which type does the column have today?';
  }
  if (/\bgenerated\s+always\s+as\s*\([\s\S]*\bstored\b/i.test(operation.sql)) {
    return version >= 18
      ? 'Would a `VIRTUAL` column, computed when it is read, do?'
      : 'Would a plain column, set by a trigger and filled in batches, do?';
  }
  if (operation.kind.startsWith('add-')) {
    return 'Would adding the column empty, setting its default separately and filling existing rows in batches do?';
  }
  return 'Can this run in a maintenance window, outside the deployment?';
}
