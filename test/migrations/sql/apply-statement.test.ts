import { expect, test } from 'vitest';
import { operationsIn } from '../read-sql.ts';
import { schemaAfter } from '../schema-after.ts';

const base = 'CREATE TABLE t (a timestamp, b int NOT NULL, c int CHECK (c > 0));';
const scanOf = (setup: string, sql: string) => {
  const operations = operationsIn(`SET timezone = 'UTC'; ${sql}`, {
    schema: () => schemaAfter(base + setup),
  });
  return operations.map(({ rewrite, scan }) => ({ rewrite, scan }));
};
const free = [{ rewrite: false, scan: false }];
const scanned = [{ rewrite: false, scan: true }];

test.each([
  ['no index', '', 't', 'a', free],
  ['an index on the column', 'CREATE INDEX i ON t (a);', 't', 'a', scanned],
  ['an index on another column', 'CREATE INDEX i ON t (b);', 't', 'a', free],
  ['a unique constraint', 'ALTER TABLE t ADD UNIQUE (a);', 't', 'a', scanned],
  [
    'an index of a table that was renamed',
    'CREATE INDEX i ON t (a); ALTER TABLE t RENAME TO u;',
    'u',
    'a',
    scanned,
  ],
  ['an index that was renamed', 'CREATE INDEX i ON t (a); ALTER INDEX i RENAME TO j;', 't', 'a', scanned],
  [
    'an index whose column was renamed',
    'CREATE INDEX i ON t (a); ALTER TABLE t RENAME a TO x;',
    't',
    'x',
    scanned,
  ],
  ['an index that was dropped', 'CREATE INDEX i ON t (a); DROP INDEX i;', 't', 'a', free],
])('a change of time zone with %s', (_, setup, table, column, effect) => {
  expect(scanOf(setup, `ALTER TABLE ${table} ALTER ${column} TYPE timestamptz;`)).toEqual(effect);
});

test('a check on the column is tried again, one that was dropped is not', () => {
  expect(scanOf('', 'ALTER TABLE t ALTER c TYPE int;')).toEqual(scanned);
  expect(scanOf('ALTER TABLE t DROP CONSTRAINT t_c_check;', 'ALTER TABLE t ALTER c TYPE int;')).toEqual(free);
});

test('a column that was dropped and added again is not NOT NULL any more', () => {
  expect(scanOf('', 'ALTER TABLE t ALTER b SET NOT NULL;')).toEqual(free);
  expect(scanOf('ALTER TABLE t DROP b, ADD b int;', 'ALTER TABLE t ALTER b SET NOT NULL;')).toEqual(scanned);
});

test('IF NOT EXISTS does nothing where the schema has it, and its work where not', () => {
  expect(scanOf('CREATE INDEX i ON t (a);', 'CREATE INDEX IF NOT EXISTS i ON t (a);')).toEqual(free);
  expect(scanOf('', 'CREATE INDEX IF NOT EXISTS i ON t (a);')).toEqual(scanned);
  expect(scanOf('', 'ALTER TABLE t ADD COLUMN IF NOT EXISTS b int NOT NULL;')).toEqual(free);
  expect(scanOf('', 'ALTER TABLE t ADD COLUMN IF NOT EXISTS d int NOT NULL;')).toEqual(scanned);
});

test('a table that is dropped takes its indexes along', () => {
  const schema = schemaAfter(`${base} CREATE INDEX i ON t (a); DROP TABLE t;`);
  expect([...schema.tables.keys(), ...schema.indexes.keys()]).toEqual([]);
});

test.each([
  [
    'that was renamed',
    'ALTER TABLE t ADD CONSTRAINT a FOREIGN KEY (b) REFERENCES p; ALTER TABLE t RENAME CONSTRAINT a TO z;',
    't',
    'z',
  ],
  [
    'whose own name would be too long',
    'CREATE TABLE scheduler_dependency_tracker_fri (circuit_1_final_prover_job_id int REFERENCES p);',
    'scheduler_dependency_tracker_fri',
    'scheduler_dependency_tracker__circuit_1_final_prover_job_i_fkey',
  ],
])('a key %s is known when it goes', (_, setup, table, name) => {
  const [operation] = operationsIn(`ALTER TABLE ${table} DROP CONSTRAINT ${name};`, {
    schema: () => schemaAfter(`${base} CREATE TABLE p (id int PRIMARY KEY);${setup}`),
  });
  expect(operation?.alsoLocks).toEqual([{ table: 'p', lock: 'ACCESS EXCLUSIVE' }]);
});
