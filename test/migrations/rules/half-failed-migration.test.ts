import { expect, test } from 'vitest';
import { halfFailedMigration } from '../../../src/migrations/rules/half-failed-migration.ts';
import { alembic } from '../orm/read-programs.ts';
import { operationsIn } from '../read-sql.ts';
import { outcomeOf, outcomeOn, textOf } from './danger-rules.ts';

const prisma = (sql: string) =>
  outcomeOn(halfFailedMigration, [{ path: 'prisma/migrations/20260101000000_a/migration.sql', sql }]);

test('what stays done when rows make a later statement fail', () => {
  const outcome = prisma(
    'ALTER TABLE t ADD COLUMN c int;\nALTER TABLE t ADD COLUMN d int;\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a);',
  );
  expect(outcome.kind === 'findings' && textOf(outcome.findings[0])).toBe(
    'If `CREATE INDEX CONCURRENTLY` on `t` fails, 2 statements before it stay done: Prisma runs this file without a transaction.\n' +
      'The next attempt stops at `ADD COLUMN` `c`, whose work is done, until someone repairs the database by hand.\n' +
      'Would `CREATE INDEX CONCURRENTLY`, in a migration of its own, do?',
  );
});

test.each([
  [
    'a unique constraint after a new column',
    'ALTER TABLE t ADD c int; ALTER TABLE t ADD UNIQUE (a);',
    'findings',
  ],
  [
    'the statement that can fail comes first',
    'ALTER TABLE t ADD UNIQUE (a); ALTER TABLE t ADD c int;',
    'pass',
  ],
  ['both in one statement', 'ALTER TABLE t ADD c int, ADD UNIQUE (a);', 'pass'],
  [
    'the earlier one can run again',
    'ALTER TABLE t ADD IF NOT EXISTS c int; ALTER TABLE t ADD UNIQUE (a);',
    'pass',
  ],
  [
    'the earlier one sets a state',
    'ALTER TABLE t ALTER c SET DEFAULT 1; ALTER TABLE t ADD UNIQUE (a);',
    'pass',
  ],
  ['rows are put in twice', 'INSERT INTO u VALUES (1); ALTER TABLE t ADD UNIQUE (a);', 'findings'],
  [
    'a constraint that looks at no row',
    'ALTER TABLE t ADD c int; ALTER TABLE t ADD CHECK (a > 0) NOT VALID;',
    'pass',
  ],
  ['a table of the same change', 'CREATE TABLE n (a int); ALTER TABLE n ADD UNIQUE (a);', 'pass'],
  [
    'a key of a new column, whose rows are empty',
    'ALTER TABLE t ADD c int; ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES p (id);',
    'pass',
  ],
  [
    'a constraint made again with other words',
    'ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE;',
    'pass',
  ],
  [
    'another constraint than the one dropped',
    'ALTER TABLE t DROP CONSTRAINT j; ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES p (id);',
    'findings',
  ],
  [
    'a transaction of its own',
    'BEGIN; ALTER TABLE t ADD c int; ALTER TABLE t ADD UNIQUE (a); COMMIT;',
    'pass',
  ],
] as const)('%s: %s', (_, sql, kind) => {
  expect(prisma(sql).kind).toBe(kind);
});

test('a file that runs in a transaction is undone as a whole', () => {
  const sql = 'ALTER TABLE t ADD c int; ALTER TABLE t ADD UNIQUE (a);';
  expect(outcomeOn(halfFailedMigration, [{ path: 'db/V1__a.sql', sql }]).kind).toBe('pass');
});

test('statements that step out of the file’s transaction are said to', () => {
  const file = alembic(`    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY a ON t (a)")
        op.execute("CREATE UNIQUE INDEX CONCURRENTLY b ON t (b)")`);
  const outcome = outcomeOf(halfFailedMigration, { files: [file], decisionRecords: [] });
  expect(outcome.kind === 'findings' && outcome.findings[0]?.observation).toBe(
    'If `CREATE INDEX CONCURRENTLY` on `t` fails, 1 statement before it stays done: both run outside the transaction of the file.',
  );
});

test.each(['mysql', 'mariadb', 'sqlite'])(
  'on %s a table whose name differs in upper and lower case alone is the same one',
  (folder) => {
    const sql = (table: string) =>
      `CREATE TABLE Collections (id int);\nCREATE TABLE other (id int);\nALTER TABLE ${table} ADD COLUMN c int;\nCREATE UNIQUE INDEX i ON ${table} (c);`;
    const on = (table: string) =>
      outcomeOn(halfFailedMigration, [{ path: `${folder}/migrations/001_a.sql`, sql: sql(table) }]).kind;
    expect([on('Collections'), on('collections'), on('`COLLECTIONS`')]).toEqual(['pass', 'pass', 'pass']);
    expect(operationsIn([{ path: `${folder}/migrations/001_a.sql`, sql: sql('collections') }])).toMatchObject(
      ['Collections', 'other', 'Collections', 'Collections'].map((table) => ({
        table,
        onTableOfThisChange: true,
      })),
    );
  },
);
