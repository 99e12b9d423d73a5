import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../../src/core/migration-facts.ts';
import {
  type DialectStatement,
  statementIn,
} from '../../../../src/migrations/sql/dialects/dialect-statement.ts';
import { languageOf } from '../../locks/dialect-operations.ts';
import { processorTime } from '../../processor-time.ts';
import { readSql } from '../../read-sql.ts';

function read(sql: string, dialect: Dialect = 'mysql') {
  const { statements, notAnalysed } = languageOf(dialect).readStatements(sql);
  return {
    statements: statements.map(({ tree }) => statementIn(tree)),
    faults: notAnalysed.map(({ lines, why }) => `${lines.start}: ${why}`),
  };
}

function only(sql: string, dialect: Dialect = 'mysql'): DialectStatement {
  const { statements, faults } = read(sql, dialect);
  expect(faults).toEqual([]);
  const [statement] = statements;
  if (!statement || statements.length !== 1) throw new Error(`${statements.length} statements: ${sql}`);
  return statement;
}

describe('every clause of ALTER TABLE is read, or the statement is not', () => {
  test.each([
    ['ADD COLUMN a int', ['add-column']],
    ["ADD a int NOT NULL DEFAULT 5 COMMENT 'x' AFTER b", ['add-column']],
    [
      'ADD COLUMN (a int, b varchar(10) CHARACTER SET latin1 COLLATE latin1_bin)',
      ['add-column', 'add-column'],
    ],
    ['ADD COLUMN a int GENERATED ALWAYS AS (b + 1) VIRTUAL', ['add-column']],
    [
      'ADD COLUMN a timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)',
      ['add-column'],
    ],
    ['ADD COLUMN `key` varchar(10)', ['add-column']],
    ['ADD INDEX i (a, b(10) DESC)', ['add-index']],
    ['ADD KEY i USING BTREE (a)', ['add-index']],
    ['ADD FULLTEXT INDEX i (a)', ['add-index']],
    ['ADD UNIQUE (a)', ['add-index']],
    ['ADD CONSTRAINT u UNIQUE KEY (a)', ['add-index']],
    ['ADD INDEX i ((lower(a)))', ['add-index']],
    ['ADD PRIMARY KEY (a)', ['add-constraint']],
    [
      'ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES db.p (id) ON DELETE SET NULL ON UPDATE NO ACTION',
      ['add-constraint'],
    ],
    ['ADD CHECK (a > 0) NOT ENFORCED', ['add-constraint']],
    ['DROP COLUMN a, DROP b', ['drop-column', 'drop-column']],
    ['DROP INDEX a, DROP KEY b', ['drop-index', 'drop-index']],
    [
      'DROP PRIMARY KEY, DROP FOREIGN KEY f, DROP CHECK c',
      ['drop-primary-key', 'drop-foreign-key', 'drop-check'],
    ],
    ['MODIFY a bigint unsigned NOT NULL FIRST', ['modify-column']],
    ["CHANGE COLUMN a b enum('x','y')", ['modify-column']],
    ['ALTER a SET DEFAULT 5, ALTER COLUMN b DROP DEFAULT', ['set-default', 'drop-default']],
    ['ALTER INDEX i INVISIBLE', ['alter-index']],
    ['RENAME COLUMN a TO b, RENAME INDEX i TO j', ['rename-column', 'rename-index']],
    ['RENAME TO u', ['rename-table']],
    ['RENAME u', ['rename-table']],
    ['CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', ['convert-charset']],
    ['ENGINE=InnoDB ROW_FORMAT=DYNAMIC', ['table-option', 'table-option']],
    ['PARTITION BY HASH(a) PARTITIONS 4', ['partition']],
    ['ADD a int PARTITION BY KEY(a)', ['add-column', 'partition']],
    ['DROP PARTITION p0', ['partition']],
    ['FORCE', ['table-option']],
  ])('%s', (clause, kinds) => {
    const statement = only(
      `ALTER TABLE \`t\` ${clause}, ALGORITHM=INPLACE, LOCK = none`.replace(
        / (PARTITION BY [^,]*), (.*)/,
        ', $2 $1',
      ),
    );
    expect(statement).toMatchObject({ type: 'alter-table', table: 't' });
    if (statement.type !== 'alter-table') return;
    expect(statement.clauses.map(({ kind }) => kind)).toEqual(kinds);
    expect([statement.algorithm, statement.lock]).toEqual(['INPLACE', 'NONE']);
  });

  test('a word that is not known leaves the statement unread, with its place', () => {
    expect(read('DROP TABLE a;\n\nALTER TABLE t ADD COLUMN a int NTO NULL;\nDROP TABLE b;')).toMatchObject({
      statements: [{ type: 'drop-table' }, { type: 'drop-table' }],
      faults: ['3: not understood at "NTO"'],
    });
  });

  test('a statement that ends too early is not read', () => {
    expect(read('ALTER TABLE t ADD').faults).toEqual(['1: it ends too early']);
    expect(read('ALTER TABLE').faults).toEqual(['1: it ends too early']);
  });
});

test('a column has its type, its words and its place', () => {
  const statement = only(
    "ALTER TABLE t ADD `a` VARCHAR(50) CHARACTER SET utf8mb4 NOT NULL DEFAULT 'x' COMMENT 'it''s' AFTER `b`",
  );
  expect(statement).toMatchObject({
    clauses: [
      {
        kind: 'add-column',
        column: {
          name: 'a',
          type: 'varchar',
          typeRest: '(50)',
          charset: 'utf8mb4',
          isNotNull: true,
          defaultTo: { kind: 'constant', text: "'x'" },
          comment: "it's",
          position: 'b',
        },
      },
    ],
  });
});

test.each([
  ["DEFAULT 'a'", 'constant'],
  ['DEFAULT -1', 'constant'],
  ["DEFAULT b'0'", 'constant'],
  ['DEFAULT (5)', 'constant'],
  ['DEFAULT NULL', 'null'],
  ['DEFAULT TRUE', 'constant'],
  ['DEFAULT NOW()', 'now'],
  ['DEFAULT CURRENT_TIMESTAMP', 'now'],
  ['DEFAULT (uuid())', 'expression'],
  ['DEFAULT uuid()', 'expression'],
])('%s is %s', (words, kind) => {
  expect(only(`ALTER TABLE t ADD a int ${words}`)).toMatchObject({
    clauses: [{ column: { defaultTo: { kind } } }],
  });
});

describe('a table', () => {
  test('has its columns, keys, indexes and character set', () => {
    const statement = only(
      'CREATE TABLE IF NOT EXISTS `t` (\n  `id` bigint unsigned NOT NULL AUTO_INCREMENT,\n  `a` varchar(10) DEFAULT NULL, -- a name\n  PRIMARY KEY (`id`), UNIQUE KEY `u` (`a`), KEY `k` (`a`),\n  CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`a`)\n) ENGINE=InnoDB DEFAULT CHARSET=latin1 COMMENT="x";',
    );
    expect(statement).toMatchObject({
      type: 'create-table',
      table: 't',
      isRepeatable: true,
      charset: 'latin1',
      constraints: [
        { kind: 'primary-key', columns: ['id'] },
        { kind: 'foreign-key', references: 'p' },
      ],
      indexes: [
        { kind: 'unique', name: 'u' },
        { kind: 'plain', name: 'k' },
      ],
    });
    expect(statement.type === 'create-table' && statement.columns.map(({ name }) => name)).toEqual([
      'id',
      'a',
    ]);
  });

  test('of SQLite needs no types, and no commas between its constraints', () => {
    const statement = only(
      'CREATE TABLE t (a, b INTEGER PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT, c text collate nocase, CONSTRAINT u UNIQUE (a) FOREIGN KEY (c) REFERENCES p) WITHOUT ROWID, STRICT',
      'sqlite',
    );
    expect(statement).toMatchObject({ columns: [{ name: 'a', type: '' }, { name: 'b' }, { name: 'c' }] });
    expect(
      statement.type === 'create-table' && [statement.indexes.length, statement.constraints.length],
    ).toEqual([1, 1]);
  });

  test('a name in backticks may hold a backtick and a line feed', () => {
    expect(only('CREATE TABLE `a``\nb` (x int)')).toMatchObject({ table: 'a`\nb' });
  });
});

describe('rows that a statement touches', () => {
  test.each([
    ['UPDATE t SET a = 1', 'update t all'],
    ['UPDATE t SET a = 1 WHERE 1=1', 'update t all'],
    ['UPDATE t SET a = 1 WHERE b IS NULL', 'update t unbounded'],
    ['UPDATE t SET a = 1 WHERE b = 5', 'update t chosen'],
    ["UPDATE t SET a = 1 WHERE b = 5 OR c LIKE 'x%'", 'update t chosen'],
    ['UPDATE t SET a = 1 WHERE b = 5 OR c IS NULL', 'update t unbounded'],
    ['UPDATE t SET a = 1 WHERE b IN (1, 2)', 'update t chosen'],
    ['UPDATE t SET a = 1 WHERE b IN (SELECT c FROM u)', 'update t unbounded'],
    ['UPDATE t SET a = 1 LIMIT 100', 'update t chosen'],
    ['UPDATE t JOIN u ON t.id = u.id SET t.a = u.a', 'update t unbounded'],
    ['UPDATE u, t SET t.a = u.a WHERE t.id = u.id', 'update t unbounded'],
    ['DELETE FROM t', 'delete t all'],
    ['DELETE FROM t WHERE a < 5', 'delete t chosen'],
    ['DELETE x FROM t AS x JOIN u ON x.id = u.id', 'delete t unbounded'],
    ["INSERT INTO t (a) VALUES ('x;y')", 'insert t -'],
    ['INSERT IGNORE INTO t SET a = 1', 'insert t -'],
    ['REPLACE INTO t SELECT * FROM u', 'insert-select t all'],
    ['INSERT INTO t (a) SELECT 1', 'insert-select t -'],
  ])('%s: %s', (sql, expected) => {
    const statement = only(sql);
    if (statement.type !== 'change') throw new Error(statement.type);
    expect(`${statement.kind} ${statement.table} ${statement.rows ?? '-'}`).toBe(expected);
  });

  test('for SQLite, a word in double quotes is a column', () => {
    expect(only('UPDATE t SET a = 1 WHERE b = "c"', 'sqlite')).toMatchObject({ rows: 'unbounded' });
    expect(only('UPDATE t SET a = 1 WHERE b = "c"', 'mysql')).toMatchObject({ rows: 'chosen' });
  });

  describe('are told although the grammar does not know an expression', () => {
    test.each([
      ['UPDATE t SET a = b ->>> c', 'update t all a'],
      ["UPDATE t SET a = b ->>> c, d = f(1, 2) WHERE t.name = 'x' AND e ->>> 1", 'update t chosen a,d'],
      ["UPDATE t SET a = 1 WHERE name = 'x' AND CASE WHEN b ->>> 1 OR c THEN 1 END", 'update t chosen a'],
      ['DELETE FROM t WHERE id = 5 AND a ->>> 1', 'delete t chosen '],
    ])('%s', (sql, expected) => {
      const statement = only(sql);
      if (statement.type !== 'change') throw new Error(statement.type);
      expect([statement.kind, statement.table, statement.rows, statement.columns.join()].join(' ')).toBe(
        expected,
      );
    });

    test.each([
      "UPDATE t SET a = b ->>> c WHERE name = 'x' OR d",
      'UPDATE t SET a = b ->>> c WHERE d = e',
      'UPDATE t SET a = b ->>> c WHERE f(d = 5)',
      "UPDATE t SET a = b ->>> c FROM u WHERE name = 'x'",
      'UPDATE t SET a = b ->>> c LIMIT 5',
      'DELETE FROM t USING t JOIN u WHERE id = 5 AND a ->>> 1',
    ])('and not of %s', (sql) => {
      expect(read(sql).faults).toHaveLength(1);
    });
  });
});

describe('hostile statements are answered quickly and in one sentence', () => {
  test.each([
    ['parentheses', `UPDATE t SET a = ${'('.repeat(20_000)}1${')'.repeat(20_000)} WHERE b`],
    ['NOT', `UPDATE t SET a = 1 WHERE ${'NOT '.repeat(20_000)}b`],
    ['commas', `ALTER TABLE t ADD a int${','.repeat(50_000)}`],
    ['open parentheses', `CREATE TABLE t ${'('.repeat(100_000)}`],
    ['words', `CREATE TABLE t (a int${' a'.repeat(100_000)})`],
    ['a long name', `ALTER TABLE \`${'n'.repeat(300_000)}\` ADD a int`],
    ['no statement that is known', 'ABRACADABRA'],
  ])('%s', (_, sql) => {
    const time = processorTime(() => {
      for (const dialect of ['mysql', 'sqlite'] as const) {
        const { faults } = read(`DROP TABLE a;\n${sql};\nDROP TABLE b;`, dialect);
        expect(faults).toHaveLength(1);
        expect(faults[0]?.length).toBeLessThan(120);
      }
    });
    expect(time).toBeLessThan(3_000);
  });

  test('statements that need the whole grammar are read up to half a megabyte of them', () => {
    const update = `UPDATE t SET a = 1 WHERE b IN ('${'x'.repeat(60_000)}');\n`;
    const { statements, faults } = read(update.repeat(10));
    expect(statements).toHaveLength(8);
    expect(faults).toEqual([
      '9: more than 524288 characters of statements that need the whole grammar',
      '10: more than 524288 characters of statements that need the whole grammar',
    ]);
  });

  test('a hundred thousand rows that are written out are one INSERT', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => `(${at}, 'x')`).join(',\n');
    expect(only(`INSERT INTO t VALUES ${rows}`)).toMatchObject({ kind: 'insert', table: 't' });
  });
});

describe('MySQL ends a transaction by itself', () => {
  const controls = (sql: string) => {
    const { readStatements, transactionControl } = languageOf('mysql');
    return readStatements(sql).statements.map(({ tree }) => transactionControl(tree) ?? '-');
  };
  test.each([
    ['BEGIN; UPDATE t SET a = 1 WHERE b = 2; COMMIT', ['begin', '-', 'end']],
    [
      'ALTER TABLE t ADD a int; CREATE INDEX i ON t (a); DROP TABLE t; TRUNCATE u; RENAME TABLE a TO b',
      Array(5).fill('commits'),
    ],
    ['CREATE TEMPORARY TABLE x (a int); DROP TEMPORARY TABLE x; SET @a = 1; SELECT 1', Array(4).fill('-')],
    [
      'GRANT SELECT ON *.* TO a; CREATE PROCEDURE p() BEGIN END; LOCK TABLES t WRITE',
      Array(3).fill('commits'),
    ],
    ['SAVEPOINT s; ROLLBACK TO s; RELEASE SAVEPOINT s', ['-', '-', '-']],
  ])('%s', (sql, expected) => {
    expect(controls(sql)).toEqual(expected);
  });

  test('so that a file in a transaction of its framework changes definitions outside of it', () => {
    const [file] = readSql([
      { path: 'db/mysql/V1__a.sql', sql: 'UPDATE t SET a = 1 WHERE b = 2;\nALTER TABLE t ADD c int;\n' },
    ]);
    expect(file?.transaction).toBe('one-transaction');
    expect(file?.operations.map(({ inTransaction }) => inTransaction)).toEqual([true, false]);
  });
});

test('comments and spacing are no edit, another word is one', () => {
  const editOf = (before: string, sql: string) =>
    readSql([{ path: 'mysql/migrations/1_a.sql', before, sql }])[0]?.edit;
  const before = 'ALTER TABLE `t` ADD COLUMN `a` int;\n';
  expect(editOf(before, '# why\nalter  table `t`\n  add column `a` INT;\n')).toBe('comments');
  expect(editOf(before, 'ALTER TABLE `t` ADD COLUMN `a` bigint;\n')).toBe('statements');
  expect(editOf(before, 'ALTER TABLE `T` ADD COLUMN `a` int;\n')).toBe('statements');
});
