import { expect, test } from 'vitest';
import { dangersOn, findingsOn, textOf } from './danger-rules.ts';

const sql = 'CREATE INDEX CONCURRENTLY i ON t (a);';
const spoken = ['concurrently-in-transaction t create-index'];

test('the framework opens the transaction', () => {
  expect(textOf(findingsOn([{ path: 'db/migrations/1_a.sql', sql: `-- +goose Up\n${sql}` }])[0])).toBe(
    '`CREATE INDEX CONCURRENTLY` `i` runs inside a transaction: goose runs this file as one.\n' +
      'PostgreSQL refuses it there, so the deployment stops at this migration.\n' +
      'Could it run in a file with `-- +goose NO TRANSACTION`?',
  );
});

test('the file opens it', () => {
  const [finding] = findingsOn([{ path: 'pg/migrations/1_a.sql', sql: `BEGIN;\n${sql}\nCOMMIT;` }]);
  expect(finding?.observation).toBe(
    '`CREATE INDEX CONCURRENTLY` `i` runs inside a transaction: the file opens one itself.',
  );
});

test.each([
  ['several statements in one message', 'db/migrations/1_a.up.sql', `${sql}\nSELECT 1;`, spoken],
  ['one statement in a message', 'db/migrations/1_a.up.sql', sql, []],
  [
    'goose without a transaction',
    'db/migrations/1_a.sql',
    `-- +goose NO TRANSACTION\n-- +goose Up\n${sql}`,
    [],
  ],
  ['Flyway, which sees for itself', 'db/V1__a.sql', sql, []],
  ['Flyway with another statement', 'db/V1__a.sql', `ALTER TABLE t ADD c int;\n${sql}`, spoken],
  ['Prisma', 'prisma/migrations/20260101000000_a/migration.sql', `ALTER TABLE t ADD c int;\n${sql}`, []],
  ['not known', 'pg/migrations/1_a.sql', sql, []],
  ['after COMMIT', 'pg/migrations/1_a.sql', `BEGIN; SELECT 1; COMMIT;\n${sql}`, []],
  [
    'dropping an index',
    'db/migrations/1_a.up.sql',
    'SELECT 1; DROP INDEX CONCURRENTLY i;',
    ['concurrently-in-transaction  drop-index'],
  ],
  [
    'a refresh, which may',
    'db/migrations/1_a.up.sql',
    'SELECT 1; REFRESH MATERIALIZED VIEW CONCURRENTLY v;',
    [],
  ],
] as const)('%s', (_, path, text, dangers) => {
  expect(dangersOn([{ path, sql: text }])).toEqual(dangers);
});

test('a table of the same change is refused all the same', () => {
  const text = `-- +goose Up\nCREATE TABLE t (a int);\n${sql}`;
  expect(dangersOn([{ path: 'db/migrations/1_a.sql', sql: text }])).toEqual(spoken);
});
