import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/core/migration-facts.ts';
import { configuredServers } from '../../../src/migrations/detect/configured-servers.ts';
import { companionPaths, detectMigration } from '../../../src/migrations/detect/detect-migration.ts';
import { folderDatabases } from '../../../src/migrations/detect/folder-databases.ts';

function dialectOf(
  text: string,
  path = 'migrations/001_a.sql',
  companions: Readonly<Record<string, string>> = {},
) {
  const found = detectMigration({ path, text, companions: new Map(Object.entries(companions)) });
  return found?.otherDatabase ?? found?.dialect;
}

describe('the words of a text name its database', () => {
  test.each([
    ['CREATE TABLE `a` (x int);', 'mysql'],
    ['CREATE TABLE a (x int) ENGINE=InnoDB;', 'mysql'],
    ['CREATE TABLE a (x int AUTO_INCREMENT);', 'mysql'],
    ['ALTER TABLE a MODIFY x text;', 'mysql'],
    ['ALTER TABLE a ADD x longtext;', 'mysql'],
    ['INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE x = 1;', 'mysql'],
    ['ALTER TABLE a ADD INDEX i (x), ALGORITHM=INPLACE;', 'mysql'],
    ['DELIMITER //\nCREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW SET @x = 1//', 'mysql'],
    ['/*M!100100 SET x=1 */;\nCREATE TABLE `a` (x int);', 'mariadb'],
    ['CREATE TABLE a (x INTEGER PRIMARY KEY AUTOINCREMENT);', 'sqlite'],
    ['CREATE TABLE `a` (`x` integer PRIMARY KEY AUTOINCREMENT NOT NULL);', 'sqlite'],
    ['PRAGMA foreign_keys=OFF;', 'sqlite'],
    ['INSERT OR IGNORE INTO a VALUES (1);', 'sqlite'],
    ['CREATE TABLE a (x int) WITHOUT ROWID;', 'sqlite'],
    ['CREATE TABLE a (x bigint GENERATED ALWAYS AS IDENTITY);', 'unknown'],
    ['-- not AUTO_INCREMENT here\nCREATE TABLE a (x int);', 'unknown'],
    ["COMMENT ON COLUMN a.b IS 'set by c';", 'unknown'],
  ])('%s: %s', (text, dialect) => {
    expect(dialectOf(text)).toBe(dialect);
  });
});

describe('the path names the database', () => {
  const plain = 'ALTER TABLE t ADD c int;';
  test.each([
    ['db/h2/V1__a.sql', 'H2'],
    ['db/HSQLDB/V1__a.sql', 'HSQLDB'],
    ['db/derby/V1__a.sql', 'Derby'],
    ['migration_postgres/V1__a.sql', 'postgresql'],
    ['migrations/001_a.mysql.up.sql', 'mysql'],
  ])('%s', (path, dialect) => expect(dialectOf(plain, path)).toBe(dialect));

  test.each([
    'migrations/007_sqlite_jsonb_cleanup.up.sql',
    'db/V7__bigquery_export.sql',
    'migrations/20240101000000_add_oracle_prices/up.sql',
  ])('but not by what a migration is called: %s', (path) =>
    expect(dialectOf(plain, path, { [path.replace(/up\.sql$/, 'down.sql')]: '' })).toBe('unknown'),
  );
});

describe('a file for all databases beside one for PostgreSQL', () => {
  const path = 'migrations/20240101_a.up.sql';
  const beside = { 'migrations/20240101_a.postgres.up.sql': '' };
  test('is for the others, and not read as PostgreSQL', () => {
    expect(companionPaths(path)).toContain('migrations/20240101_a.postgres.up.sql');
    expect(dialectOf('ALTER TABLE t ADD c int;', path, beside)).toBe('another database than PostgreSQL');
    expect(dialectOf('PRAGMA foreign_keys=OFF;', path, beside)).toBe('sqlite');
  });
  test('is PostgreSQL’s where that has none', () => {
    const others = { 'migrations/20240101_a.mysql.up.sql': '', 'migrations/20240102_a.postgres.up.sql': '' };
    expect(dialectOf('ALTER TABLE t ADD c int;', path, others)).toBe('unknown');
  });
});

describe('where the text says nothing, files of the project do', () => {
  const text = 'ALTER TABLE a ADD COLUMN b int;';
  test.each([
    ['drizzle.config.ts', "export default defineConfig({ dialect: 'mysql' })", 'mysql'],
    ['app/dbconfig.yml', 'development:\n  dialect: sqlite3\n  datasource: test.db\n', 'sqlite'],
    ['.env.example', 'DATABASE_URL="mysql://user@localhost/app"\n', 'mysql'],
    ['Cargo.toml', 'sqlx = { workspace = true, features = [\n  "macros",\n  "sqlite",\n] }\n', 'sqlite'],
    ['Cargo.toml', 'sqlx = { version = "0.8", features = ["sqlite", "postgres"] }\n', 'unknown'],
    ['Cargo.toml', 'sqlx = { version = "0.8", features = ["runtime-tokio", "sqlite"] }\n', 'sqlite'],
    ['.env.example', 'DATABASE_URL=cockroachdb://x\n', 'CockroachDB'],
  ])('%s: %s', (file, content, dialect) => {
    expect(dialectOf(text, 'app/db/migrations/001_a.sql', { [file]: content })).toBe(dialect);
  });

  test('where they disagree, nothing is known', () => {
    const companions = {
      '.env.example': 'DATABASE_URL=mysql://x\n',
      'drizzle.config.ts': "dialect: 'sqlite'",
    };
    expect(dialectOf(text, 'migrations/001_a.sql', companions)).toBe('unknown');
  });

  test('the text of the file is believed before the project', () => {
    const companions = { '.env.example': 'DATABASE_URL=mysql://x\n' };
    expect(dialectOf('PRAGMA foreign_keys=OFF;', 'migrations/001_a.sql', companions)).toBe('sqlite');
  });

  test('they are asked for in the folders above', () => {
    expect(companionPaths('a/b/migrations/1_a.sql')).toEqual(
      expect.arrayContaining(['a/b/drizzle.config.ts', 'a/dbconfig.yml', '.env.example']),
    );
  });
});

describe('the settings', () => {
  test('name the database of files that say nothing', () => {
    const source = { path: 'migrations/001_a.sql', companions: new Map<string, string>() };
    const on = (text: string, database: Dialect) => detectMigration({ ...source, text, database })?.dialect;
    expect(on('DROP TABLE a;', 'mysql')).toBe('mysql');
    expect(on('PRAGMA foreign_keys=OFF;', 'mysql')).toBe('sqlite');
    expect(on('CREATE TABLE `a` (x int);', 'mariadb')).toBe('mariadb');
  });

  test.each([
    [{ postgres: 16 }, { database: 'postgresql', versions: {} }],
    [{ mysql: '8.0.35' }, { database: 'mysql', versions: { mysql: 80_035 } }],
    [{ mariadb: '10.11' }, { database: 'mariadb', versions: { mariadb: 101_100 } }],
    [{ mysql: '8', mariadb: '11.4' }, { versions: { mysql: 80_000, mariadb: 110_400 } }],
    [{}, { versions: {} }],
  ])('%j', (settings, servers) => {
    expect(configuredServers(settings)).toEqual(servers);
  });
});

test('a folder has the database that its files name, where they agree', () => {
  const sources = [
    ['a/migrations/1_a.sql', 'CREATE TABLE `x` (y int);'],
    ['a/migrations/2_a.sql', 'DROP TABLE x;'],
    ['b/migrations/1_a.sql', 'CREATE TABLE `x` (y int);'],
    ['b/migrations/2_a.sql', 'PRAGMA foreign_keys=OFF;'],
    ['c/migrations/1_a.sql', 'DROP TABLE x;'],
    ['oracle/migrations/1_a.sql', 'DROP TABLE x;'],
  ].map(([path = '', text = '']) => ({ path, text, companions: new Map<string, string>() }));
  expect([...folderDatabases(sources)]).toEqual([['a/migrations', 'mysql']]);
});

test('sql-migrate is known by its markers, in a transaction unless it says otherwise', () => {
  const detect = (text: string) => {
    const found = detectMigration({ path: 'db/x/20230419000000_a.sql', text, companions: new Map() });
    return found && [found.framework, found.version, found.sending, found.wayBack, found.upText];
  };
  expect(detect('-- +migrate Up\nSELECT 1;\n-- +migrate Down\nDROP TABLE t;\n')).toEqual([
    'sql-migrate', '20230419000000', 'in-transaction', 'down-step', '-- +migrate Up\nSELECT 1;\n\n\n',
  ]); // biome-ignore format: a list reads better in few lines
  expect(detect('-- +migrate Up notransaction\nSELECT 1;\n')?.slice(2, 4)).toEqual(['one-by-one', 'none']);
});
