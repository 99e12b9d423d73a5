import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growth } from './processor-time.ts';
import { operationsIn, readSql } from './read-sql.ts';

function onNewTable(...args: Parameters<typeof operationsIn>) {
  return operationsIn(...args).map(
    ({ kind, table, onTableOfThisChange }) => `${kind} ${table} ${onTableOfThisChange}`,
  );
}

describe('lines', () => {
  test('leading comments and letters beyond ASCII do not move a statement', () => {
    const [, index] = operationsIn(
      "-- größe\nSELECT 'ä€😀';\n/* warum\n */\nUPDATE a SET b = 'é' WHERE c = 1;\n\n-- Ünïcode\nCREATE INDEX i\n  ON t (a);\n",
    );
    expect(index?.lines).toEqual({ start: 8, end: 9 });
  });

  test('a byte order mark and Windows line ends do not move a statement', () => {
    const [operation] = operationsIn('\uFEFF-- a\r\nDROP TABLE t;\r\n');
    expect(operation?.lines).toEqual({ start: 2, end: 2 });
  });

  test('comments come with their lines, directives of frameworks left out', () => {
    const [file] = readSql([
      {
        path: 'm/1_a.sql',
        sql: '-- why\n-- +goose Up\nSELECT 1; /* a\nb */\n-- +goose Down\n-- not this way\n',
      },
    ]);
    expect(file?.comments).toEqual([
      { lines: { start: 1, end: 1 }, text: '-- why' },
      { lines: { start: 3, end: 4 }, text: '/* a\nb */' },
    ]);
  });
});

describe('a table of this change', () => {
  test('is known in later statements and later files, whatever order the files come in', () => {
    expect(
      onNewTable([
        { path: 'postgres/migrations/10_b.sql', sql: 'CREATE INDEX ON t (a);' },
        { path: 'postgres/migrations/9_a.sql', sql: 'CREATE TABLE t (a int);' },
      ]),
    ).toEqual(['create-table t true', 'create-index t true']);
  });

  test.each([
    ['CREATE TABLE t AS SELECT 1;'],
    ['SELECT 1 AS a INTO t;'],
    ['CREATE TABLE t (LIKE u);'],
    ['CREATE TABLE s (a int); ALTER TABLE s RENAME TO t;'],
    ['CREATE TEMP TABLE t (a int);'],
    ['CREATE TABLE t PARTITION OF p DEFAULT;'],
    ['CREATE TABLE public.t (a int);'],
    ['CREATE TABLE IF NOT EXISTS t (a int);'],
    ['CREATE MATERIALIZED VIEW t AS SELECT 1;'],
  ])('is made by %s', (sql) => {
    expect(onNewTable(`${sql} CREATE INDEX ON t (a);`).at(-1)).toBe('create-index t true');
  });

  test('is none of another schema, of another folder, or of the way back', () => {
    expect(onNewTable('CREATE TABLE a.t (x int); CREATE INDEX ON t (x);').at(-1)).toBe(
      'create-index t false',
    );
    expect(
      onNewTable([
        { path: 'one/migrations/1_a.sql', sql: 'CREATE TABLE t (a int);' },
        { path: 'two/migrations/2_a.sql', sql: 'CREATE INDEX ON t (a);' },
      ]).at(-1),
    ).toBe('create-index t false');
    expect(
      onNewTable([
        { path: 'migrations/1_a.down.sql', sql: 'CREATE TABLE t (a int);' },
        { path: 'migrations/2_a.up.sql', sql: 'CREATE INDEX ON t (a);' },
      ]).at(-1),
    ).toBe('create-index t false');
  });

  test('is no more once it was dropped, and a temporary one ends with its file', () => {
    expect(onNewTable('CREATE TABLE t (a int); DROP TABLE t; CREATE INDEX ON t (a);').at(-1)).toBe(
      'create-index t false',
    );
    expect(
      onNewTable([{ sql: 'CREATE TEMP TABLE t (a int);' }, { sql: 'CREATE INDEX ON t (a);' }]).at(-1),
    ).toBe('create-index t false');
  });

  test('is none that an edited old migration made before', () => {
    const before = 'CREATE TABLE t (a int);\n';
    expect(onNewTable([{ sql: `${before}CREATE INDEX ON t (a);\n`, before }])).toEqual([
      'create-table t false',
      'create-index t false',
    ]);
  });
});

test('in an edited file only what was added or changed is new, whatever the spacing', () => {
  const before = 'DROP TABLE a;\nDROP TABLE b;\n';
  const after = '-- note\nDROP   TABLE a;\nDROP TABLE c;\nDROP TABLE a;\n';
  const operations = operationsIn([{ sql: after, before }]);
  expect(operations.map(({ table, isOld }) => [table, isOld ?? false])).toEqual([
    ['a', true],
    ['c', false],
    ['a', false],
  ]);
});

test('a renamed file with the same text has nothing new', () => {
  const sql = 'DROP TABLE a;\n';
  expect(operationsIn([{ sql, before: sql, status: 'renamed' }]).map(({ isOld }) => isOld)).toEqual([true]);
});

test('a deleted file has no operations', () => {
  expect(operationsIn([{ sql: 'DROP TABLE a;\n', status: 'deleted' }])).toEqual([]);
});

describe('whether a statement runs in a transaction', () => {
  const indexIn = (path: string, sql: string, companions = {}) =>
    operationsIn([{ path, sql }], { companions }).find(({ kind }) => kind === 'create-index')?.inTransaction;
  const index = 'CREATE INDEX CONCURRENTLY i ON t (a);';

  test('follows BEGIN and COMMIT', () => {
    expect(indexIn('migrations/1_a.sql', `BEGIN;\n${index}\nCOMMIT;`)).toBe(true);
    expect(indexIn('migrations/1_a.sql', index)).toBe('unknown');
    expect(indexIn('prisma/migrations/20240101_a/migration.sql', `BEGIN; COMMIT; ${index}`)).toBe(false);
  });

  test('is so without BEGIN where several statements are one message', () => {
    expect(indexIn('migrations/1_a.up.sql', index)).toBe(false);
    expect(indexIn('migrations/1_a.up.sql', `${index} SELECT 1;`)).toBe(true);
  });

  test('ends with a COMMIT that leaves the transaction of the runner', () => {
    expect(indexIn('db/V1__a.sql', `COMMIT; ${index} BEGIN; SELECT 1;`)).toBe(false);
  });
});

describe('what cannot be read is named, and the rest is read', () => {
  test('a statement that is no PostgreSQL', () => {
    const [file] = readSql('DROP TABLE a;\nCREATE TABEL b;\nDROP TABLE c;\n');
    expect(file?.operations.map(({ table }) => table)).toEqual(['a', 'c']);
    expect(file?.notAnalysed).toEqual([
      { lines: { start: 2, end: 2 }, why: 'syntax error at or near "TABEL"' },
    ]);
  });

  test('a DO block', () => {
    const [file] = readSql("DO $$ BEGIN EXECUTE 'DROP TABLE a'; END $$;");
    expect(file?.notAnalysed).toEqual([
      { lines: { start: 1, end: 1 }, why: 'code that runs inside the server (DO, CALL or a function)' },
    ]);
  });

  test.each([
    [
      'DROP TYPE a CASCADE;',
      '`DROP … CASCADE`, which takes the columns along that are made of what it drops',
    ],
    [
      'DROP EXTENSION hstore CASCADE;',
      '`DROP … CASCADE`, which takes the columns along that are made of what it drops',
    ],
    ['DROP OWNED BY a;', '`DROP OWNED`, which drops whatever the role owns'],
    [
      'ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b;',
      '`ALTER … ALL IN TABLESPACE`, which writes all relations there again',
    ],
  ])('a statement that reaches what it does not name: %s', (sql, why) => {
    expect(readSql(sql)[0]?.notAnalysed).toEqual([{ lines: { start: 1, end: 1 }, why }]);
  });

  test.each(['DROP TYPE a;', 'DROP VIEW a CASCADE;'])('%s is none of them', (sql) => {
    expect(readSql(sql)[0]?.notAnalysed).toEqual([]);
  });

  test('a file for another database', () => {
    const [file] = readSql([{ path: 'oracle/migrations/1_a.sql', sql: 'DROP TABLE a;' }]);
    expect(file?.operations).toEqual([]);
    expect(file?.notAnalysed[0]?.why).toBe('written for Oracle, which is not read');
  });

  test('where nothing names the database, the guess is said', () => {
    const [file] = readSql([{ path: 'migrations/1_a.sql', sql: 'CREATE TABEL b;' }]);
    expect(file?.notAnalysed[0]?.why).toBe(
      'syntax error at or near "TABEL" (read as PostgreSQL: nothing here names the database)',
    );
  });

  test.each([
    [
      'a NUL byte',
      Uint8Array.of(0x44, 0x52, 0x4f, 0x50, 0),
      'the file holds a NUL byte, which PostgreSQL does not accept either',
    ],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x44, 0), 'the file is UTF-16; only UTF-8 is read'],
    [
      '50 MB',
      new Uint8Array(50 * 1024 * 1024).fill(0x3b),
      'the file has 50 MiB; files over 8 MiB are not read',
    ],
  ])('%s', (_, sql, why) => {
    const [file] = readSql([{ sql }]);
    expect(file?.operations).toEqual([]);
    expect(file?.notAnalysed.map((part) => part.why)).toEqual([why]);
  });

  test('in an edited file, a part that stood there before is not named again', () => {
    const before = 'DO $$ BEGIN END $$;\n';
    expect(readSql([{ sql: `${before}DROP TABLE a;\n`, before }])[0]?.notAnalysed).toEqual([]);
  });

  test('a statement nested too deeply leaves the others', () => {
    const [file] = readSql(`DROP TABLE a;\nSELECT ${'1+'.repeat(20_000)}1;\nDROP TABLE b;\n`);
    expect(file?.operations.map(({ table }) => table)).toEqual(['a', 'b']);
    expect(file?.notAnalysed).toEqual([
      { lines: { start: 2, end: 2 }, why: 'nested too deeply or too large for the parser' },
    ]);
  });

  test('more than fifty parts are counted from there on', () => {
    const [file] = readSql('CREATE TABEL a;\n'.repeat(60));
    expect(file?.notAnalysed.length).toBe(51);
    expect(file?.notAnalysed.at(-1)).toEqual({
      lines: { start: 51, end: 60 },
      why: '10 more parts like these',
    });
  });

  test('more than ten thousand operations are looked at in part, and that is said', () => {
    const [file] = readSql('DROP TABLE a;\n'.repeat(10_001));
    expect(file?.operations.length).toBe(10_000);
    expect(file?.notAnalysed).toEqual([
      {
        lines: { start: 10_001, end: 10_001 },
        why: '10001 operations in one file; the first 10000 were looked at',
      },
    ]);
  });

  test.each([
    ['blank lines', '\n'],
    ['blank comments', '--\n'],
    ['data behind COPY', 'copy t from stdin;\n\\.\n'],
    ['statements that are no SQL', 'x;\n'],
    ['index builds', 'CREATE INDEX ON t (a);\n'],
  ])('twice the length of %s is at most two and a half times the work', (_, line) => {
    const read = (length: number) =>
      readSql([
        { path: 'prisma/migrations/20240101_a/migration.sql', sql: line.repeat(length / line.length) },
      ]);
    expect(growth(read, 40_000)).toBeLessThan(2.5);
  });

  test('an empty file has nothing to say', () => {
    const [file] = readSql('');
    expect([file?.operations, file?.comments, file?.notAnalysed]).toEqual([[], [], []]);
  });

  test('an unterminated quote leaves the statements before it', () => {
    const [file] = readSql("DROP TABLE a;\nSELECT 'oh;\nDROP TABLE b;\n");
    expect(file?.operations.map(({ table }) => table)).toEqual(['a']);
    expect(file?.notAnalysed.map(({ lines, why }) => [lines.start, why])).toEqual([
      [2, 'a quoted text that never ends'],
    ]);
  });
});

test('Liquibase’s own marks are no words about the change, what undoes it is', () => {
  const sql =
    '--liquibase formatted sql\n--changeset ann:1\n--comment: asked for by the auditors\nDROP TABLE t;\n--rollback not possible\n';
  expect(readSql([{ path: 'db/changelog/a.sql', sql }])[0]?.comments.map(({ text }) => text)).toEqual([
    '--comment: asked for by the auditors',
    '--rollback not possible',
  ]);
});

test.each([
  ['rows are filled', 'UPDATE t SET a = 1 WHERE b = 2; INSERT INTO t VALUES (1);', 'down-step'],
  ['a constraint is validated', 'ALTER TABLE t VALIDATE CONSTRAINT c;', 'down-step'],
  ['rows are gone', 'DELETE FROM t;', 'none'],
  ['a column is added', 'ALTER TABLE t ADD a int;', 'none'],
])('where %s, an empty step back counts or not', (_, sql, wayBack) => {
  const [file] = readSql([{ path: 'migrations/1_a.up.sql', sql }], {
    companions: { 'migrations/1_a.down.sql': '-- nothing\n' },
  });
  expect(file?.wayBack).toBe(wayBack);
  expect(readSql([{ path: 'migrations/1_a.up.sql', sql }])[0]?.wayBack).toBe('none');
});

test('bytes of any kind never throw, and everything named lies inside the file', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'grapheme' })), (content) => {
      const [file] = readSql([{ sql: content }]);
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
      const lines = text.split('\n').length;
      for (const part of [
        ...(file?.operations ?? []),
        ...(file?.notAnalysed ?? []),
        ...(file?.comments ?? []),
      ]) {
        expect(part.lines.start).toBeGreaterThanOrEqual(1);
        expect(part.lines.end).toBeGreaterThanOrEqual(part.lines.start);
        expect(part.lines.end).toBeLessThanOrEqual(lines);
      }
    }),
    { numRuns: 500 },
  );
});
