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
