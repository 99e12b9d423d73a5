import { describe, expect, test } from 'vitest';
import { provenance } from '../../../src/migrations/locks/sqlite/sqlite-operations.ts';
import { readSql } from '../read-sql.ts';
import { effectsIn } from './dialect-operations.ts';

const lock = 'DATABASE WRITE';

test.each([
  ['ALTER TABLE t ADD COLUMN c int', [`add-column t c: ${lock}`]],
  ['ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 0', [`add-column t c: ${lock}`]],
  ['ALTER TABLE t ADD COLUMN c int NOT NULL', [`add-required-column t c: ${lock}`]],
  ['ALTER TABLE t ADD COLUMN c int CHECK (c > 0)', [`add-column t c: ${lock}, scans`]],
  ['ALTER TABLE t DROP COLUMN c', [`drop-column t c: ${lock}, rewrites, scans`]],
  ['ALTER TABLE t RENAME COLUMN c TO d', [`rename-column t c: ${lock}`]],
  ['ALTER TABLE t RENAME TO u', [`rename-table t u: ${lock}`]],
  ['CREATE UNIQUE INDEX i ON t (a) WHERE a IS NOT NULL', [`create-index t a: ${lock}, scans`]],
  ['CREATE INDEX i ON t (a); DROP INDEX i', [`drop-index t i: ${lock}`]],
  ['DROP TABLE t', [`drop-table t: ${lock}`]],
  ['VACUUM', [`vacuum: ${lock}, rewrites, scans`]],
  ['DELETE FROM t', [`delete t: ${lock}, scans`]],
  ['PRAGMA foreign_keys=OFF', []],
])('SQLite: %s', (sql, expected) => {
  expect(effectsIn('sqlite', sql)).toEqual(expected);
});

describe('a table that is made anew is one operation', () => {
  const path = 'sqlite/migrations/002_b.sql';
  const old = {
    path: 'sqlite/migrations/001_a.sql',
    sql: 'CREATE TABLE "User" (id INTEGER PRIMARY KEY, a text, b text);',
  };
  const kinds = (sql: string) => {
    const [, file] = readSql([old, { path, sql }]);
    return file?.operations.map((one) => [one.kind, one.table, one.column ?? '', one.destroysData].join(' '));
  };
  const copied = (columns: string) => `PRAGMA foreign_keys=OFF;
CREATE TABLE "new_User" (id INTEGER PRIMARY KEY, a text NOT NULL DEFAULT '', b text);
INSERT INTO "new_User" (${columns}) SELECT ${columns} FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";
CREATE INDEX ia ON "User" (a);
PRAGMA foreign_keys=ON;`;

  test('the new one takes the name of the first', () => {
    expect(kinds(copied('"id", "a", "b"'))).toEqual([
      'rebuild-table User  false',
      'create-index User a false',
    ]);
  });

  test('the first one steps aside before', () => {
    const sql = `ALTER TABLE "User" RENAME TO old; CREATE TABLE "User" (id INTEGER PRIMARY KEY, a text);
INSERT INTO "User" SELECT id, a FROM old; DROP TABLE old;`;
    expect(kinds(sql)?.map((one) => one.split(' ')[0])).toEqual(['rebuild-table']);
  });

  test('what an earlier attempt may have left behind is cleared away first', () => {
    expect(kinds(`DROP TABLE IF EXISTS "new_User";\n${copied('"id", "a", "b"')}`)).toEqual([
      'rebuild-table User  false',
      'create-index User a false',
    ]);
  });

  test('columns that the copy leaves out are lost', () => {
    expect(kinds(copied('"id", "a"'))?.[0]).toBe('rebuild-table User b true');
  });

  test('a column that is computed from others is not copied, and not lost', () => {
    const sql = `CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL);
CREATE TABLE new_t (a int, b int GENERATED ALWAYS AS (a + 2) VIRTUAL);
INSERT INTO new_t (a) SELECT a FROM t; DROP TABLE t; ALTER TABLE new_t RENAME TO t;`;
    const [file] = readSql([{ path: 'sqlite/migrations/1_a.sql', sql }]);
    expect(file?.operations.at(-1)).toMatchObject({ kind: 'rebuild-table', destroysData: false });
  });

  test('without the last step, it is a table that is dropped', () => {
    expect(kinds(copied('"id"').replace(/ALTER TABLE[^;]*;/, ''))).toContain('drop-table User  true');
  });
});

test('on a table of an earlier migration, the operations after a rebuild are still on a table in use', () => {
  const sql = `CREATE TABLE new_t (a int); INSERT INTO new_t SELECT a FROM t; DROP TABLE t; ALTER TABLE new_t RENAME TO t;
ALTER TABLE t DROP COLUMN a;`;
  const [file] = readSql([{ path: 'sqlite/migrations/1_a.sql', sql }]);
  expect(file?.operations.map(({ kind, onTableOfThisChange }) => [kind, onTableOfThisChange])).toEqual([
    ['rebuild-table', false],
    ['drop-column', false],
  ]);
});

test('the answers say where they come from', () => {
  expect(provenance).toMatchObject({ kind: 'documented', server: 'SQLite' });
});
