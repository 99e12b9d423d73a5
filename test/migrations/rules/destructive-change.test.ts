import { expect, test } from 'vitest';
import { destructiveChange } from '../../../src/migrations/rules/destructive-change.ts';
import { readSql } from '../read-sql.ts';
import { dangersOn, findingsOn, outcomeOf, textOf } from './danger-rules.ts';

test('dropped columns are named together', () => {
  const [finding] = findingsOn([{ path: 'pg/migrations/1_a.up.sql', sql: 'ALTER TABLE t DROP a, DROP b;' }]);
  expect(textOf(finding)).toBe(
    '`DROP COLUMN` removes `a` and `b` of `t`, under an ACCESS EXCLUSIVE lock, held for an instant.\n' +
      'No down step brings them back, and a running version that still names them fails on its next query.\n' +
      'Has a release without any use of them been deployed already?',
  );
});

test('columns dropped from one table by statements of their own are one finding at the first of them', () => {
  const found = findingsOn([
    {
      path: 'pg/migrations/1_a.sql',
      sql: 'ALTER TABLE t DROP a;\nALTER TABLE t DROP b;\nALTER TABLE u DROP a;\nALTER TABLE t DROP c;\nALTER TABLE t DROP d;',
    },
  ]).filter(({ rule }) => rule === destructiveChange.id);
  expect(found.map(({ observation, place, otherPlaces }) => [observation, place?.line, otherPlaces])).toEqual(
    [
      [
        '`DROP COLUMN` removes `a`, `b`, `c` and 1 more of `t`, under an ACCESS EXCLUSIVE lock, held for an instant.',
        1,
        [2, 4, 5].map((line) => ({ path: 'pg/migrations/1_a.sql', line })),
      ],
      [
        '`DROP COLUMN` removes `a` of `u`, under an ACCESS EXCLUSIVE lock, held for an instant.',
        3,
        undefined,
      ],
    ],
  );
});

test('tables that a file drops one by one are one finding, those of another file another', () => {
  const found = findingsOn([
    { path: 'pg/migrations/1_a.sql', sql: 'DROP TABLE a;\nDROP TABLE b;\nTRUNCATE c;' },
    { path: 'pg/migrations/2_b.sql', sql: 'DROP TABLE d;' },
  ]).filter(({ rule }) => rule === destructiveChange.id);
  expect(found.map(({ observation, measurements }) => [observation, measurements?.[0]?.value])).toEqual([
    [
      '`DROP TABLE` removes `a` and `b` with all rows, under an ACCESS EXCLUSIVE lock, held for an instant.',
      2,
    ],
    ['`TRUNCATE` empties `c` under an ACCESS EXCLUSIVE lock.', 1],
    ['`DROP TABLE` removes `d` with all rows, under an ACCESS EXCLUSIVE lock, held for an instant.', 1],
  ]);
});

test('a column that this change added is dropped and overwritten freely', () => {
  const add = { path: 'pg/migrations/1_a.sql', sql: 'ALTER TABLE t ADD COLUMN c int;' };
  expect(dangersOn([add, { path: 'pg/migrations/2_b.sql', sql: 'ALTER TABLE t DROP COLUMN c;' }])).toEqual(
    [],
  );
  expect(dangersOn([add, { path: 'pg/migrations/2_b.sql', sql: 'UPDATE t SET c = 1;' }])).toEqual([
    'backfill-in-one-statement t update',
  ]);
  expect(dangersOn([add, { path: 'pg/migrations/2_b.sql', sql: 'UPDATE t SET c = 1, a = 2;' }])).toEqual([
    'destructive-change t update',
  ]);
});

test('where code still names the column, another rule speaks of it', () => {
  const use = { path: 'src/a.ts', line: 3, kind: 'statement' as const };
  const none = { count: 0, places: [] };
  const uses = [{ table: 't', column: 'a', atMergeBase: { count: 1, places: [use] }, atHead: none }];
  const alone = { files: readSql('ALTER TABLE t DROP COLUMN a;'), decisionRecords: [] };
  expect(outcomeOf(destructiveChange, { ...alone, uses })).toEqual({
    kind: 'pass',
    seen: '1 statement in 1 migration, none drops or empties what was there but what `migrations/dropped-but-still-used` names',
  });
  const files = readSql('ALTER TABLE t DROP COLUMN a, DROP COLUMN b;');
  const outcome = outcomeOf(destructiveChange, { files, decisionRecords: [], uses });
  expect(outcome.kind === 'findings' && outcome.findings.map(({ observation }) => observation)).toEqual([
    '`DROP COLUMN` removes `b` of `t`, under an ACCESS EXCLUSIVE lock, held for an instant.',
  ]);
});
