import { describe, expect, test } from 'vitest';
import { renameBreaksRunningCode } from '../../../src/migrations/rules/rename-breaks-running-code.ts';
import { readSql } from '../read-sql.ts';
import { dangersOn, findingsOn, outcomeOf, textOf } from './danger-rules.ts';

test('each kind of rename says what is gone and what would bridge it', () => {
  expect(textOf(findingsOn('ALTER TABLE t RENAME COLUMN a TO b;')[0])).toBe(
    '`RENAME COLUMN` turns `a` of `t` into `b` at once.\n' +
      'Until the last instance of the running version is gone, its queries ask for `a` and fail.\n' +
      'Would a new column, written beside the old one until the next release, do?',
  );
  expect(textOf(findingsOn('ALTER TABLE t RENAME TO u;')[0])).toBe(
    '`RENAME TO` turns the table `t` into `u` at once.\n' +
      'Until the last instance of the running version is gone, its queries ask for `t` and fail.\n' +
      'Would a view named `t`, left behind until the next release, do?',
  );
  expect(textOf(findingsOn('ALTER VIEW v RENAME TO w;')[0])).toBe(
    '`RENAME TO` turns the view `v` into `w` at once.\n' +
      'Until the last instance of the running version is gone, its queries ask for `v` and fail.\n' +
      'Would a view named `v`, left behind until the next release, do?',
  );
  expect(textOf(findingsOn('ALTER SCHEMA a RENAME TO b;')[0])).toBe(
    '`ALTER SCHEMA` takes the name of the schema `a` away at once, and with it that of all it holds.\n' +
      'Until the last instance of the running version is gone, its queries ask for `a` and fail.\n' +
      'Does every version that runs find its tables by the new name already?',
  );
  expect(textOf(findingsOn('ALTER TABLE t SET SCHEMA s;')[0])).toBe(
    '`SET SCHEMA` moves `t` to `s` at once.\n' +
      'Until the last instance of the running version is gone, its queries ask for `t` and fail.\n' +
      'Is `s` on the search path of every version that runs?',
  );
});

test.each([
  ['a view takes the old name', 'ALTER TABLE t RENAME TO u; CREATE VIEW t AS SELECT * FROM u;', []],
  ['a table of a schema is swapped in', 'ALTER TABLE s.t RENAME TO o; ALTER TABLE s.n RENAME TO t;', ['s.n']],
  ['another table is swapped in', 'ALTER TABLE t RENAME TO t_old; ALTER TABLE t_new RENAME TO t;', ['t_new']],
])('quiet when %s', (_, sql, left) => {
  expect(findingsOn(sql).map(({ about }) => about.table)).toEqual(left);
});

test.each([
  'ALTER MATERIALIZED VIEW v RENAME TO w;',
  'ALTER MATERIALIZED VIEW v RENAME COLUMN a TO b;',
  'ALTER VIEW v RENAME COLUMN a TO b;',
  'ALTER VIEW v SET SCHEMA s;',
  'ALTER FOREIGN TABLE v RENAME TO w;',
])('queries of the running version name what %s takes away', (sql) => {
  expect(findingsOn(sql).map(({ rule, about }) => [rule, about.table])).toEqual([
    ['migrations/rename-breaks-running-code', 'v'],
  ]);
});

test('nobody asks yet for a view that this change makes', () => {
  expect(
    dangersOn('CREATE VIEW v AS SELECT 1; ALTER VIEW v RENAME TO w; ALTER VIEW w SET SCHEMA s;'),
  ).toEqual([]);
});

test('a view that is replaced may have been in use before', () => {
  expect(dangersOn('CREATE OR REPLACE VIEW v AS SELECT 1; ALTER VIEW v RENAME TO w;')).toEqual([
    'rename-breaks-running-code v rename-view',
  ]);
});

describe('what is renamed and then dropped is one finding', () => {
  test.each([
    ['a table', 'ALTER TABLE t RENAME TO t_old; DROP TABLE t_old;', 'asks for it as `t`'],
    ['a table of a schema', 'ALTER TABLE s.t RENAME TO t_old; DROP TABLE s.t_old;', 'asks for it as `s.t`'],
    ['a column', 'ALTER TABLE t RENAME a TO a_old; ALTER TABLE t DROP a_old;', 'asks for it as `a`'],
  ])('%s', (_, sql, words) => {
    const findings = findingsOn(sql);
    expect(findings.map(({ rule }) => rule)).toEqual(['migrations/destructive-change']);
    expect(findings[0]?.impact).toBe(
      `No down step brings it back, and a running version that ${words} fails on its next query.`,
    );
  });

  test('where the old name is another thing’s by then, only the rows are gone', () => {
    const sql = 'ALTER TABLE t RENAME a TO a_old; ALTER TABLE t ADD a int; ALTER TABLE t DROP a_old;';
    expect(findingsOn(sql).map(textOf)).toEqual([
      '`DROP COLUMN` removes `a_old` of `t`, under an ACCESS EXCLUSIVE lock, held for an instant.\n' +
        'No down step brings it back.\n' +
        'Where can the rows be restored from, if they are needed again?',
    ]);
  });

  test('another table of the same new name is another one', () => {
    expect(dangersOn('ALTER TABLE s.t RENAME TO u; DROP TABLE u;')).toEqual([
      'destructive-change u drop-table',
      'rename-breaks-running-code s.t rename-table',
    ]);
  });
});

test('a view that is made before the rename does not help', () => {
  expect(dangersOn('CREATE VIEW t2 AS SELECT 1; ALTER TABLE t RENAME TO u;')).toEqual([
    'rename-breaks-running-code t rename-table',
  ]);
});

test('a column that this change added may be renamed', () => {
  expect(dangersOn('ALTER TABLE t ADD COLUMN a int; ALTER TABLE t RENAME COLUMN a TO b;')).toEqual([]);
});

test('uses at the head are another rule’s word, uses of the running version stay this one’s', () => {
  const files = readSql('ALTER TABLE t RENAME COLUMN a TO b;');
  const found = { count: 1, places: [{ path: 'a.ts', line: 1, kind: 'mention' as const }] };
  const none = { count: 0, places: [] };
  const outcomeWith = (atHead: typeof found | typeof none) =>
    outcomeOf(renameBreaksRunningCode, {
      files,
      decisionRecords: [],
      uses: [{ table: 't', column: 'a', atMergeBase: found, atHead }],
    }).kind;
  expect(outcomeWith(none)).toBe('findings');
  expect(outcomeWith(found)).toBe('pass');
});

describe('a value of an enum', () => {
  test('is gone for the running version', () => {
    expect(textOf(findingsOn("ALTER TYPE order_state RENAME VALUE 'open' TO 'new';")[0])).toBe(
      '`RENAME VALUE` takes the value `open` of the enum `order_state` away at once.\n' +
        'Until the last instance of the running version is gone, what it writes or asks for as `open` fails, and it reads a value that it does not know.\n' +
        'Would a new value, with the rows moved to it in a later release, do?',
    );
  });

  test('of an enum that this change makes is known to nobody yet', () => {
    const create = "CREATE TYPE e AS ENUM ('a');";
    expect(dangersOn(`${create} ALTER TYPE e RENAME VALUE 'a' TO 'b';`)).toEqual([]);
    expect(dangersOn("ALTER TYPE e ADD VALUE 'b';")).toEqual([]);
  });
});

describe('a type or a function that is renamed', () => {
  const none = { count: 0, places: [] };
  const outcomeWith = (sql: string, kind: 'statement' | 'mention', table = 'order_state') => {
    const atMergeBase = { count: 1, places: [{ path: 'src/a.ts', line: 3, kind }] };
    return outcomeOf(renameBreaksRunningCode, {
      files: readSql(sql),
      decisionRecords: [],
      uses: [{ table, atMergeBase, atHead: none }],
    });
  };

  test.each([
    ['ALTER TYPE order_state RENAME TO order_status;', 'type', 'domain'],
    ['ALTER DOMAIN order_state RENAME TO order_status;', 'type', 'domain'],
    ['ALTER FUNCTION order_state(int) RENAME TO order_status;', 'function', 'function'],
    ['ALTER PROCEDURE order_state RENAME TO order_status;', 'function', 'function'],
  ])('is missed where code asks for it: %s', (sql, what, bridge) => {
    const outcome = outcomeWith(sql, 'statement');
    expect(outcome.kind === 'findings' && textOf(outcome.findings[0])).toBe(
      `\`RENAME TO\` takes the name of the ${what} \`order_state\` away at once; \`src/a.ts:3\` names it.\n` +
        'Until the last instance of the running version is gone, its queries ask for `order_state` and fail.\n' +
        `Would a ${bridge} named \`order_state\`, left behind until the next release, do?`,
    );
  });

  test('that the file has made itself is nothing to tell, nor is one whose place is taken', () => {
    const sql =
      "CREATE TYPE e_new AS ENUM ('a'); ALTER TYPE e RENAME TO e_old; ALTER TYPE e_new RENAME TO e; DROP TYPE e_old;";
    expect(readSql(sql).flatMap(({ operations }) => operations)).toEqual([]);
  });

  test.each([
    ['nothing but a mention is found', 'ALTER TYPE order_state RENAME TO b;', 'mention'],
    ['code asks for another one', 'ALTER TYPE other_state RENAME TO b;', 'statement'],
    [
      'a new one takes its place',
      "ALTER TYPE order_state RENAME TO old; CREATE TYPE order_state AS ENUM ('a');",
      'statement',
    ],
    [
      'one that was made for it takes its place',
      "CREATE TYPE b AS ENUM ('a'); ALTER TYPE order_state RENAME TO old; ALTER TYPE b RENAME TO order_state;",
      'statement',
    ],
    [
      'a new function takes its place',
      'ALTER FUNCTION order_state() RENAME TO old; CREATE FUNCTION order_state() RETURNS int LANGUAGE sql AS $$SELECT 1$$;',
      'statement',
    ],
  ] as const)('is not where %s', (_, sql, kind) => {
    expect(outcomeWith(sql, kind).kind).toBe('pass');
  });
});
