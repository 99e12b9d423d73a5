import type { FindingDraft } from '../../core/finding.ts';
import type { MigrationFile, Operation } from '../../core/migration-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { innodbName, lockWords } from '../measure/lock-words.ts';
import { type NewStatement, statementVerdict } from '../measure/new-steps.ts';
import { outsideTransaction } from '../measure/outside-transaction.ts';
import { aboutOperation, identityOfOperation, quoted, whoWaits } from '../measure/statement-finding.ts';

export const blockingIndex = defineRule({
  id: 'migrations/blocking-index',
  since: '0.1.0',
  level: 'warning',
  question: 'Does an index build keep writers waiting on a table that is in use?',
  docs: {
    triggered:
      'A new `CREATE INDEX` or `REINDEX` without `CONCURRENTLY` on a table that this pull request does not create. MySQL and MariaDB: a FULLTEXT or SPATIAL index, or one that asks for `LOCK=SHARED`.',
    why: 'The build reads the whole table under a SHARE lock: reads go on, every INSERT, UPDATE and DELETE waits for its end, and in a transaction for the commit.',
    fix: '`CREATE INDEX CONCURRENTLY`, outside a transaction. On a partitioned table: `ON ONLY` the parent, `CONCURRENTLY` on each partition, then `ATTACH PARTITION`. MySQL and MariaDB build other indexes with `ALGORITHM=INPLACE, LOCK=NONE`; for these, gh-ost or a quiet hour.',
    quietWhen:
      'The table is created in the same pull request, the statement stood there before, or it is on the way down. SQLite has one writer at a time and no other form.',
  },
  sources: [
    {
      title: 'PostgreSQL: CREATE INDEX, Building Indexes Concurrently',
      url: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
      supports:
        'The plain form locks out writes until it is done; the concurrent form cannot run inside a transaction.',
    },
    {
      title: 'PostgreSQL: Explicit Locking',
      url: 'https://www.postgresql.org/docs/current/explicit-locking.html',
      supports: 'What a SHARE lock conflicts with.',
    },
    {
      title: 'MySQL: Online DDL Operations, Index Operations',
      url: 'https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html#online-ddl-index-operations',
      supports: 'Secondary indexes are built while rows are written; FULLTEXT and SPATIAL ones are not.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate({ migrations }) {
    return statementVerdict(migrations, draftOf, 'none builds an index while writers wait');
  },
});

function draftOf({ file, operations }: NewStatement): FindingDraft | undefined {
  const operation = operations.find((one) => dangerOf(one) === 'blocking-index');
  if (!operation) return undefined;
  const verb = operation.kind === 'reindex' ? 'REINDEX' : 'CREATE INDEX';
  const named = operation.name ? ` ${quoted([operation.name])}` : '';
  const until = operation.inTransaction === true ? 'until the transaction commits' : 'until it is built';
  return {
    ...aboutOperation(file, operation),
    observation: `\`${verb}\`${named} takes ${lockWords(operation.lock)} on ${tableOf(operation)} for the length of a full scan.`,
    impact: `${whoWaits(operation)} wait ${until}; the wait grows with the table.`,
    action: actionOf(file, operation, verb),
    ...(operation.safer === undefined ? {} : { suggestion: operation.safer }),
  };
}

function actionOf(file: MigrationFile, operation: Operation, verb: string): string {
  if (innodbName(file.dialect)) {
    return /\b(?:fulltext|spatial|vector)\b/i.test(operation.sql)
      ? 'Would an online tool (gh-ost, pt-online-schema-change), or a quiet hour, do?'
      : 'Would `ALGORITHM=INPLACE, LOCK=NONE` do?';
  }
  return operation.onPartitionedTable
    ? 'Would the index `ON ONLY` the parent, one built `CONCURRENTLY` on each partition, and `ATTACH PARTITION` do?'
    : `Would \`${verb} CONCURRENTLY\`, ${outsideTransaction(file)}, do?`;
}

function tableOf(operation: Operation): string {
  return operation.table === '' ? 'its table' : quoted([operation.table]);
}
