import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/core/finding.ts';
import { halfFailedMigration } from '../../../src/migrations/rules/half-failed-migration.ts';
import { dangersOn, findingsOn, outcomeOn, textOf } from './danger-rules.ts';

const orders =
  'CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL, note varchar(100), customer bigint) DEFAULT CHARSET=utf8mb4;\n';

function lineOf(finding: Finding): string {
  return textOf(finding).replaceAll('\n', ' ');
}

/** What the rules say of one statement on a table that stood there before. */
function textsOn(folder: string, statement: string): readonly string[] {
  const path = `${folder}/migrations/001_a.sql`;
  return findingsOn([{ path, before: orders, sql: orders + statement }]).map(lineOf);
}

describe('MySQL', () => {
  test.each([
    [
      'ALTER TABLE orders MODIFY total bigint NOT NULL',
      'The type change of `total` rewrites `orders` under a SHARED NO WRITE METADATA lock (`LOCK=SHARED`). Writes to `orders` wait for the length of the rewrite; it grows with the table. Would an online tool (gh-ost, pt-online-schema-change), or a new column filled in batches, do?',
    ],
    [
      'ALTER TABLE customers MODIFY name text',
      'The type change of `name` rewrites `customers` as a copy (`ALGORITHM=COPY`), unless it brings no more than a default, a comment or a longer VARCHAR; the old definition is not known here. Writes to `customers` wait for the length of the rewrite; it grows with the table. Would `ALGORITHM=INPLACE, LOCK=NONE`, which makes the server refuse a copy, do?',
    ],
    [
      'ALTER TABLE orders ADD CONSTRAINT fk_customer FOREIGN KEY (customer) REFERENCES customers (id)',
      'The foreign key `fk_customer` rewrites `orders` under a SHARED NO WRITE METADATA lock (`LOCK=SHARED`). Writes to `orders` wait for the length of the rewrite; it grows with the table. Would a query for rows without a parent, and then the key with `foreign_key_checks=0` and `ALGORITHM=INPLACE, LOCK=NONE`, do?',
    ],
    [
      'CREATE FULLTEXT INDEX ft ON orders (note)',
      '`CREATE INDEX` `ft` takes a SHARED NO WRITE METADATA lock on `orders` for the length of a full scan. Writes to `orders` wait until it is built; the wait grows with the table. Would an online tool (gh-ost, pt-online-schema-change), or a quiet hour, do?',
    ],
    [
      'CREATE INDEX i ON orders (total) LOCK=SHARED',
      '`CREATE INDEX` `i` takes a SHARED NO WRITE METADATA lock on `orders` for the length of a full scan. Writes to `orders` wait until it is built; the wait grows with the table. Would `ALGORITHM=INPLACE, LOCK=NONE` do?',
    ],
    [
      'ALTER TABLE orders DROP COLUMN note',
      '`DROP COLUMN` removes `note` of `orders`, under a SHARED UPGRADABLE METADATA lock for the length of a rewrite. No down step brings it back, and a running version that still names it fails on its next query. Has a release without any use of it been deployed already?',
    ],
    [
      'ALTER TABLE orders DROP PARTITION p2019',
      '`DROP PARTITION` removes `p2019` of `orders` with all rows, under an EXCLUSIVE METADATA lock, held for an instant. No down step brings it back, and a running version that still names it fails on its next query. Where can the rows be restored from, if they are needed again?',
    ],
    [
      'TRUNCATE orders',
      '`TRUNCATE` empties `orders` under an EXCLUSIVE METADATA lock. No down step brings it back; reads and writes wait until it is done. Where can the rows be restored from, if they are needed again?',
    ],
    [
      'DROP DATABASE shop',
      '`DROP DATABASE` removes `shop` and all tables in it. No down step brings it back, and a running version that still names it fails on its next query. Has a release without any use of it been deployed already?',
    ],
    [
      'DELETE FROM orders',
      '`DELETE` without a filter removes every row of `orders`, each of them locked until the end of a full scan. Writers of the same rows wait until it commits, and the old values are gone. Where can the rows be restored from, if they are needed again?',
    ],
    [
      'RENAME TABLE orders TO purchases',
      '`RENAME TO` turns the table `orders` into `purchases` at once. Until the last instance of the running version is gone, its queries ask for `orders` and fail. Would a view named `orders`, left behind until the next release, do?',
    ],
  ])('%s', (statement, text) => {
    expect(textsOn('mysql', statement)).toEqual([text]);
  });

  test.each([
    'ALTER TABLE orders ADD COLUMN paid datetime',
    'CREATE INDEX i ON orders (total)',
    'ALTER TABLE orders ADD UNIQUE u (note)',
    'ALTER TABLE orders MODIFY note varchar(200)',
    'ALTER TABLE orders ENGINE=InnoDB',
    'ALTER TABLE orders MODIFY total bigint NOT NULL, ALGORITHM=INPLACE',
    'RENAME TABLE orders TO orders_old, orders_new TO orders',
    'UPDATE orders SET note = NULL WHERE id = 5',
  ])('nothing is said of %s', (statement) => {
    expect(textsOn('mysql', statement).filter((text) => !text.includes('orders_new'))).toEqual([]);
  });

  test('a statement that can fail behind one that stays done is named: each commits by itself', () => {
    const sql = 'ALTER TABLE orders ADD COLUMN paid datetime;\nCREATE UNIQUE INDEX u ON orders (note);\n';
    const outcome = outcomeOn(halfFailedMigration, [
      { path: 'db/migration/mysql/V1__a.sql', before: orders, sql: orders },
      { path: 'db/migration/mysql/V2__b.sql', sql },
    ]);
    expect(outcome.kind === 'findings' && outcome.findings.map(lineOf)).toEqual([
      'If `CREATE INDEX` on `orders` fails, 1 statement before it stays done: MySQL commits each statement that changes a definition by itself. The next attempt stops at `ADD COLUMN` `paid`, whose work is done, until someone repairs the database by hand. Would `CREATE INDEX`, in a migration of its own, do?',
    ]);
  });

  test('MariaDB is called by its name', () => {
    const sql = `${orders}ALTER TABLE orders ADD COLUMN paid datetime, ADD INDEX i (paid);\nALTER TABLE orders ADD UNIQUE u (note);\n`;
    const outcome = outcomeOn(halfFailedMigration, [
      { path: 'db/mariadb/migrations/2_a.sql', before: orders, sql },
    ]);
    expect(outcome.kind === 'findings' && outcome.findings.map(lineOf)[0]).toContain(
      'MariaDB commits each statement',
    );
  });
});

describe('SQLite, where every writer has the whole database', () => {
  test.each([
    'CREATE INDEX i ON orders (total)',
    'ALTER TABLE orders ADD COLUMN paid int NOT NULL DEFAULT 0',
    'VACUUM',
    'UPDATE orders SET note = total WHERE note IS NULL',
  ])('nothing is said of %s', (statement) => {
    expect(textsOn('sqlite', statement)).toEqual([]);
  });

  test('what is lost is named all the same', () => {
    expect(textsOn('sqlite', 'ALTER TABLE orders DROP COLUMN note')).toEqual([
      '`DROP COLUMN` removes `note` of `orders`, under a DATABASE WRITE lock for the length of a rewrite. No down step brings it back, and a running version that still names it fails on its next query. Has a release without any use of it been deployed already?',
    ]);
    expect(
      dangersOn([{ path: 'sqlite/migrations/1_a.sql', sql: 'DROP TABLE t;\nALTER TABLE u RENAME TO v;' }]),
    ).toEqual(['destructive-change t drop-table', 'rename-breaks-running-code u rename-table']);
  });

  test('a rebuild that copies every column is quiet, and one that leaves some out is not', () => {
    const rebuild = (columns: string) =>
      textsOn(
        'sqlite',
        `CREATE TABLE new_orders (id bigint PRIMARY KEY, total bigint); INSERT INTO new_orders (id, total) SELECT ${columns} FROM orders; DROP TABLE orders; ALTER TABLE new_orders RENAME TO orders;`,
      );
    expect(rebuild('*')).toEqual([]);
    expect(rebuild('id, total')).toEqual([
      'The rebuild of `orders` leaves out `note` and `customer` when it copies the rows. No down step brings it back, and a running version that still names it fails on its next query. Has a release without any use of it been deployed already?',
    ]);
  });
});

describe('a project that supports several databases', () => {
  const path = (database: string) => `src/main/resources/db/migration/${database}/V2__a.sql`;
  const findingsOf = (mysql: string, postgresql: string) =>
    findingsOn([
      { path: path('mysql'), sql: mysql },
      { path: path('postgresql'), sql: postgresql },
    ]);

  test('hears once of what happens to its code', () => {
    const findings = findingsOf(
      'ALTER TABLE T RENAME COLUMN a TO b;',
      '\nALTER TABLE t RENAME COLUMN a TO b;',
    );
    expect(findings.map(({ place, otherPlaces }) => [place, otherPlaces])).toEqual([
      [{ path: path('mysql'), line: 1 }, [{ path: path('postgresql'), line: 2 }]],
    ]);
    expect(
      findingsOf('ALTER TABLE t RENAME COLUMN a TO b;', 'ALTER TABLE t RENAME COLUMN a TO c;'),
    ).toHaveLength(2);
  });

  test('and of each database what happens there, whose locks are others', () => {
    const drop = 'ALTER TABLE t DROP COLUMN a;';
    expect(findingsOf(drop, drop)).toHaveLength(2);
  });

  test('and of a statement that stands twice, twice', () => {
    const twice = 'ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t RENAME COLUMN a TO b;';
    expect(findingsOf('SELECT 1;', twice)).toHaveLength(2);
  });
});
