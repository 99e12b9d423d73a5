import { expect, test } from 'vitest';
import { dangersOn, findingsOn, textOf } from './danger-rules.ts';

/** golang-migrate: several statements of one file are one transaction. */
const on = (sql: string) => dangersOn([{ path: 'db/migrations/1_a.up.sql', sql }]);
const held = (table: string, operation: string) => `locks-several-tables ${table} ${operation}`;

test('a brief lock that outlasts a scan of another table', () => {
  const sql = "ALTER TABLE a ADD COLUMN x int;\nALTER TABLE b ADD CONSTRAINT c CHECK (y <> '');";
  const finding = findingsOn([{ path: 'db/migrations/1_a.up.sql', sql }]).find(({ rule }) =>
    rule.endsWith('locks-several-tables'),
  );
  expect(textOf(finding)).toBe(
    '`ADD COLUMN` takes an ACCESS EXCLUSIVE lock on `a`, and the same transaction goes on with `ADD CHECK` on `b`.\n' +
      'Reads and writes of `a` wait until both are done, where the first alone takes an instant.\n' +
      'Would the `ADD CHECK`, in a transaction of its own, do?',
  );
});

test('nobody waits for a table that this change makes', () => {
  const sql =
    'CREATE TABLE n (id int PRIMARY KEY); ALTER TABLE a ADD n int REFERENCES n; CREATE INDEX i ON b (y);';
  const finding = findingsOn([{ path: 'db/migrations/1_a.up.sql', sql }]).find(({ rule }) =>
    rule.endsWith('locks-several-tables'),
  );
  expect(finding?.impact).toBe(
    'Reads and writes of `a` wait until both are done, where the first alone takes an instant.',
  );
});

test.each([
  [
    'another table is scanned',
    'ALTER TABLE a ADD x int; CREATE INDEX i ON b (y);',
    [held('a', 'add-column')],
  ],
  [
    'the same table is scanned: its own finding names the wait',
    'ALTER TABLE a ADD x int; CREATE INDEX i ON a (y);',
    [],
  ],
  ['the same table is filled', 'ALTER TABLE a ADD x int; UPDATE a SET x = 1;', [held('a', 'add-column')]],
  ['rows a constant picks', 'ALTER TABLE a ADD x int; UPDATE a SET x = 1 WHERE id = 1;', []],
  [
    'a new table is filled from one in use',
    'ALTER TABLE a ADD x int; CREATE TABLE n (y int); INSERT INTO n SELECT y FROM b;',
    [held('a', 'add-column')],
  ],
  [
    'a new table is filled with constants',
    'ALTER TABLE a ADD x int; CREATE TABLE n (y int); INSERT INTO n VALUES (1);',
    [],
  ],
  ['the long work comes first', 'CREATE INDEX i ON b (y); ALTER TABLE a ADD x int;', []],
  [
    'a foreign key of a new table locks the old one',
    'CREATE TABLE n (a_id int REFERENCES a (id)); CREATE INDEX i ON b (y);',
    [held('n', 'create-table')],
  ],
  [
    'a foreign key of a new table locks another new one',
    'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE n (a_id int REFERENCES a); CREATE INDEX i ON b (y);',
    [],
  ],
  ['two index builds speak for themselves', 'CREATE INDEX i ON a (y); CREATE INDEX j ON b (y);', []],
  [
    'a transaction each',
    'BEGIN; ALTER TABLE a ADD x int; COMMIT; BEGIN; CREATE INDEX i ON b (y); COMMIT;',
    [],
  ],
  [
    'once for each transaction',
    'ALTER TABLE a ADD x int; ALTER TABLE c ADD x int; CREATE INDEX i ON b (y);',
    [held('a', 'add-column')],
  ],
] as const)('%s', (_, sql, dangers) => {
  expect(on(sql).filter((danger) => danger.startsWith('locks-several-tables'))).toEqual(dangers);
});

test('where it is not known how the file runs, nothing is said', () => {
  expect(dangersOn('ALTER TABLE a ADD x int; UPDATE a SET x = 1;')).toEqual([
    'backfill-in-one-statement a update',
  ]);
});

test('Drizzle runs all pending files in one transaction', () => {
  const file = (name: string, sql: string) => ({ path: `drizzle/${name}.sql`, sql });
  const companions = { 'drizzle/meta/_journal.json': '{"dialect": "postgresql"}' };
  const files = [file('0001_a', 'ALTER TABLE a ADD x int;'), file('0002_b', 'UPDATE a SET x = 1;')];
  expect(dangersOn(files, { companions })).toEqual([held('a', 'add-column')]);
});
