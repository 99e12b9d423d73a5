import { expect, test } from 'vitest';
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
  expect(textOf(findingsOn('ALTER TABLE t SET SCHEMA s;')[0])).toBe(
    '`SET SCHEMA` moves `t` to `s` at once.\n' +
      'Until the last instance of the running version is gone, its queries ask for `t` and fail.\n' +
      'Is `s` on the search path of every version that runs?',
  );
});

test.each([
  ['a view takes the old name', 'ALTER TABLE t RENAME TO u; CREATE VIEW t AS SELECT * FROM u;', []],
  ['another table is swapped in', 'ALTER TABLE t RENAME TO t_old; ALTER TABLE t_new RENAME TO t;', ['t_new']],
])('quiet when %s', (_, sql, left) => {
  expect(findingsOn(sql).map(({ about }) => about.table)).toEqual(left);
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
