import { describe, expect, test } from 'vitest';
import { loadDialectParser } from '../../../src/collect/sql-parser/load-dialect-parser.ts';
import { mysqlDocumented, provenance } from '../../../src/migrations/locks/mysql/mysql-documented.ts';
import { mysqlLanguage } from '../../../src/migrations/sql/dialects/mysql-language.ts';
import { effectsIn } from './dialect-operations.ts';

const base =
  "CREATE TABLE t (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, a int NOT NULL DEFAULT 0, v varchar(50), w varchar(100), e enum('x','y'), g int GENERATED ALWAYS AS (a + 1) VIRTUAL) DEFAULT CHARSET=utf8mb4;";
const online = 'SHARED UPGRADABLE METADATA';
const noWrites = 'SHARED NO WRITE METADATA';
const everything = 'EXCLUSIVE METADATA';

describe('without a version, each form is answered as MySQL 5.7 and later have it', () => {
  test.each([
    ['ADD COLUMN c int', `add-column t c: ${online}, rewrites, scans`],
    ['ADD COLUMN c int NOT NULL AUTO_INCREMENT UNIQUE', `add-column t c: ${noWrites}, rewrites, scans`],
    ['ADD COLUMN c int AS (a + 1) STORED', `add-column t c: ${noWrites}, rewrites, scans`],
    ['ADD COLUMN c int AS (a + 1) VIRTUAL', `add-column t c: ${everything}`],
    ['ADD COLUMN c int CHECK (c > 0)', `add-column t c: ${noWrites}, rewrites, scans`],
    ['ADD COLUMN c char(36) DEFAULT (uuid())', 'add-column t c: unknown, rewrites, scans'],
    ['DROP COLUMN a', `drop-column t a: ${online}, rewrites, scans`],
    ['DROP COLUMN g', `drop-column t g: ${everything}`],
    ['RENAME COLUMN a TO b', `rename-column t a: ${everything}`],
    ['CHANGE a b int NOT NULL DEFAULT 0', `rename-column t a: ${everything}`],
    ['MODIFY a int NOT NULL DEFAULT 0 FIRST', `reorder-column t a: ${online}, rewrites, scans`],
    ['ALTER a SET DEFAULT 5', `set-default t a: ${everything}`],
    ['MODIFY a int NOT NULL DEFAULT 7', `set-default t a: ${everything}`],
    ["MODIFY a int NOT NULL DEFAULT 0 COMMENT 'of a thing'", `set-column-options t a: ${everything}`],
    ['MODIFY a int(11) NOT NULL DEFAULT 0', `set-column-options t a: ${everything}`],
    ['MODIFY a int DEFAULT 0', `drop-not-null t a: ${online}, rewrites, scans`],
    ['MODIFY v varchar(50) NOT NULL', `set-not-null t v: ${online}, rewrites, scans`],
    ['MODIFY a bigint NOT NULL DEFAULT 0', `change-type t a: ${noWrites}, rewrites, scans`],
    ['MODIFY a int unsigned NOT NULL DEFAULT 0', `change-type t a: ${noWrites}, rewrites, scans`],
    ['MODIFY v varchar(63)', `change-type t v: ${everything}`],
    ['MODIFY v varchar(64)', `change-type t v: ${noWrites}, rewrites, scans`],
    ['MODIFY w varchar(200)', `change-type t w: ${everything}`],
    ['MODIFY w varchar(99)', `change-type t w: ${noWrites}, rewrites, scans`],
    ['MODIFY v varchar(50) CHARACTER SET latin1', `change-type t v: ${noWrites}, rewrites, scans`],
    ["MODIFY e enum('x','y','z')", `change-type t e: ${everything}`],
    ["MODIFY e enum('x','m','y')", `change-type t e: ${noWrites}, rewrites, scans`],
    ['MODIFY unheard int', 'change-type t unheard: unknown, may rewrite, may scan'],
    ['ADD INDEX i (a)', `create-index t a: ${online}, scans`],
    ['ADD UNIQUE (a)', `add-unique t a: ${online}, scans`],
    ['ADD FULLTEXT INDEX i (v)', `create-index t v: ${noWrites}, may rewrite, scans`],
    ['ADD SPATIAL INDEX i (p)', `create-index t p: ${noWrites}, scans`],
    ['DROP INDEX i', `drop-index t i: ${everything}`],
    ['RENAME INDEX i TO j', `rename-index t i: ${everything}`],
    ['ALTER INDEX i INVISIBLE', `alter-index t i: ${everything}`],
    ['ADD PRIMARY KEY (a)', `add-primary-key t a: ${online}, rewrites, scans`],
    ['DROP PRIMARY KEY', `drop-constraint t PRIMARY: ${noWrites}, rewrites, scans`],
    ['ADD FOREIGN KEY (a) REFERENCES p (id)', `add-foreign-key t a: ${noWrites}, rewrites, scans`],
    ['DROP FOREIGN KEY f', `drop-constraint t f: ${everything}`],
    ['ADD CONSTRAINT c CHECK (a > 0)', `add-check t c: ${noWrites}, rewrites, scans`],
    ['ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED', `add-check t c: ${everything}`],
    ['DROP CHECK c', `drop-constraint t c: ${everything}`],
    ['RENAME TO u', `rename-table t u: ${everything}`],
    ['CONVERT TO CHARACTER SET latin1', `convert-charset t: ${noWrites}, rewrites, scans`],
    ['ENGINE=InnoDB', `rebuild-table t: ${online}, rewrites, scans`],
    ['ENGINE=MyISAM', `change-engine t: ${noWrites}, rewrites, scans`],
    ['ROW_FORMAT=DYNAMIC', `set-options t: ${online}, rewrites, scans`],
    ['AUTO_INCREMENT=100', `set-auto-increment t: ${everything}`],
    ["COMMENT='x'", `comment t: ${everything}`],
    ['PARTITION BY HASH(id) PARTITIONS 4', `partition-by t: ${noWrites}, rewrites, scans`],
    ['DROP PARTITION p0', `drop-partition t p0: ${everything}`],
    ['DROP PARTITION p0, p1', `drop-partition t p0, p1: ${everything}`],
    ['TRUNCATE PARTITION p0', `truncate-partition t p0: ${everything}`],
  ])('%s', (clause, expected) => {
    expect(effectsIn('mysql', `${base} ALTER TABLE t ${clause}`)[0]).toBe(expected);
  });

  test.each([
    ['CREATE INDEX i ON t (a)', [`create-index t a: ${online}, scans`]],
    ['DROP INDEX i ON t', [`drop-index t i: ${everything}`]],
    ['DROP TABLE t, u', [`drop-table t: ${everything}`, `drop-table u: ${everything}`]],
    [
      'RENAME TABLE t TO old, new TO t',
      [`rename-table t old: ${everything}`, `rename-table new t: ${everything}`],
    ],
    ['TRUNCATE t', [`truncate t: ${everything}`]],
    ['OPTIMIZE TABLE t', [`optimize t: ${online}, rewrites, scans`]],
    ['UPDATE t SET a = 1', ['update t a: SHARED WRITE METADATA, scans']],
    ['CREATE TEMPORARY TABLE x (a int)', ['create-table x: none']],
    [
      'ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (a)',
      [
        `drop-constraint t PRIMARY: ${online}, rewrites, scans`,
        `add-primary-key t a: ${online}, rewrites, scans`,
      ],
    ],
    [
      'SET foreign_key_checks=0; ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id)',
      [`add-foreign-key t a: ${everything}`],
    ],
    [
      'SET foreign_key_checks=0; SET SESSION foreign_key_checks = ON; ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id)',
      [`add-foreign-key t a: ${noWrites}, rewrites, scans`],
    ],
  ])('%s', (sql, expected) => {
    expect(effectsIn('mysql', `${base} ${sql}`)).toEqual(expected);
  });
});

describe('what the statement asks for', () => {
  test.each([
    ['ALGORITHM=INPLACE, LOCK=NONE', 'ADD INDEX i (a)', `create-index t a: ${online}, scans`],
    ['LOCK=SHARED', 'ADD INDEX i (a)', `create-index t a: ${noWrites}, scans`],
    ['LOCK=EXCLUSIVE', 'ADD INDEX i (a)', `create-index t a: ${everything}, scans`],
    ['ALGORITHM=COPY', 'ADD INDEX i (a)', `create-index t a: ${noWrites}, rewrites, scans`],
    ['ALGORITHM=INPLACE', 'MODIFY a bigint', 'change-type t a: none'],
    ['LOCK=NONE', 'ADD FULLTEXT INDEX i (v)', 'create-index t v: none'],
  ])('%s: %s', (asked, clause, expected) => {
    expect(effectsIn('mysql', `${base} ALTER TABLE t ${clause}, ${asked}`)[0]).toBe(expected);
  });
});

test.each([
  [80_011, 'ADD COLUMN c int', `add-column t c: ${online}, rewrites, scans`],
  [80_012, 'ADD COLUMN c int', `add-column t c: ${everything}`],
  [80_028, 'ADD COLUMN c int FIRST', `add-column t c: ${online}, rewrites, scans`],
  [80_029, 'ADD COLUMN c int FIRST', `add-column t c: ${everything}`],
  [80_028, 'DROP COLUMN a', `drop-column t a: ${online}, rewrites, scans`],
  [80_029, 'DROP COLUMN a', `drop-column t a: ${everything}`],
  [80_400, 'MODIFY a bigint NOT NULL DEFAULT 0', `change-type t a: ${noWrites}, rewrites, scans`],
])('on version %i, %s', async (version, clause, expected) => {
  const language = mysqlLanguage(await loadDialectParser('mysql'), { kind: 'mysql', version });
  expect(effectsIn('mysql', `${base} ALTER TABLE t ${clause}`, language)[0]).toBe(expected);
});

test('from MariaDB 11.2 on, a copied table may be written meanwhile', async () => {
  const parse = await loadDialectParser('mariadb');
  const on = (version: number) =>
    effectsIn(
      'mariadb',
      `${base} ALTER TABLE t MODIFY a bigint NOT NULL DEFAULT 0`,
      mysqlLanguage(parse, { kind: 'mariadb', version }),
    );
  expect(on(110_199)).toEqual([`change-type t a: ${noWrites}, rewrites, scans`]);
  expect(on(110_200)).toEqual([`change-type t a: ${online}, rewrites, scans`]);
});

test('the rows say where they come from', () => {
  expect(provenance).toMatchObject({ kind: 'documented', versions: ['5.7', '8.0', '8.4'] });
  expect(Object.keys(mysqlDocumented).length).toBeGreaterThanOrEqual(48);
});
