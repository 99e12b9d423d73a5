import { expect, test } from 'vitest';
import type { FoundUses, NameUse } from '../../../src/core/migration-facts.ts';
import { unavailable } from '../../../src/core/part.ts';
import { droppedButStillUsed } from '../../../src/migrations/rules/dropped-but-still-used.ts';
import { readSql } from '../read-sql.ts';
import { outcomeOf, textOf } from './danger-rules.ts';

const none: FoundUses = { count: 0, places: [] };
const found = (kind: NameUse['kind'] = 'statement'): FoundUses => ({
  count: 2,
  places: [
    { path: 'src/a.ts', line: 3, kind },
    { path: 'src/b.ts', line: 9, kind },
  ],
});

function outcomeWith(atMergeBase: FoundUses, atHead: FoundUses, sql = 'ALTER TABLE t DROP COLUMN c;') {
  const uses = [{ table: 't', column: 'c', atMergeBase, atHead }];
  return outcomeOf(droppedButStillUsed, { files: readSql(sql), decisionRecords: [], uses });
}

test('uses at the head break the new version', () => {
  const outcome = outcomeWith(found(), found());
  const finding = outcome.kind === 'findings' ? outcome.findings[0] : undefined;
  expect(textOf(finding)).toBe(
    '`c` of `t` is dropped, and 2 lines of code at the head of this change still name it (first `src/a.ts:3`).\n' +
      'Once the migration has run, queries with that name fail, in the new version as well.\n' +
      'Which of those lines still run?',
  );
  expect(finding?.otherPlaces).toEqual([
    { path: 'src/a.ts', line: 3 },
    { path: 'src/b.ts', line: 9 },
  ]);
});

test('uses at the merge base break the version that runs', () => {
  const outcome = outcomeWith(found(), none);
  expect(outcome.kind === 'findings' && textOf(outcome.findings[0])).toBe(
    '`c` of `t` is dropped in the same change that removes the last use: the version that runs now names it in 2 lines (first `src/a.ts:3`).\n' +
      'From the migration until the last instance of that version is gone, its queries with that name fail.\n' +
      'Would a release without the uses first, and the drop in the next one, do?',
  );
});

test('where the queries are gone at the head, a mere mention there is another thing’s', () => {
  const outcome = outcomeWith(found('statement'), found('mention'));
  expect(outcome.kind === 'findings' && outcome.findings[0]?.observation).toBe(
    '`c` of `t` is dropped in the same change that removes the last use: the version that runs now names it in 2 lines (first `src/a.ts:3`).',
  );
  const never = outcomeWith(found('mention'), found('mention'));
  expect(never.kind === 'findings' && never.findings[0]?.observation).toContain('at the head of this change');
});

test('a name outside of SQL and models is less sure', () => {
  const outcome = outcomeWith(none, found('mention'));
  expect(outcome.kind === 'findings' && outcome.findings[0]?.confidence).toBe('medium');
});

test('a rename counts where the head still has the old name', () => {
  const sql = 'ALTER TABLE t RENAME COLUMN c TO d;';
  expect(outcomeWith(found(), none, sql).kind).toBe('pass');
  const outcome = outcomeWith(found(), found(), sql);
  expect(outcome.kind === 'findings' && outcome.findings[0]?.observation).toBe(
    '`c` of `t` is renamed, and 2 lines of code at the head of this change still name it (first `src/a.ts:3`).',
  );
});

test('no use, nothing dropped, nothing searched', () => {
  expect(outcomeWith(none, none).kind).toBe('pass');
  expect(outcomeWith(found(), found(), 'ALTER TABLE t ADD COLUMN c int;').kind).toBe('pass');
  const files = readSql('DROP TABLE t;');
  expect(outcomeOf(droppedButStillUsed, { files, decisionRecords: [] })).toEqual({
    kind: 'not-available',
    reason: 'the code around the migrations was not searched',
  });
  expect(
    outcomeOf(droppedButStillUsed, { files, decisionRecords: [], uses: unavailable('no clone') }),
  ).toEqual({
    kind: 'not-available',
    reason: 'no clone',
  });
});

test.each([
  [
    'the default is taken away at once',
    "ALTER TABLE t ADD COLUMN c text DEFAULT '' NOT NULL;\nALTER TABLE t ALTER COLUMN c DROP DEFAULT;",
  ],
  [
    'two statements require it',
    'ALTER TABLE t ADD COLUMN c int;\nALTER TABLE t ALTER c SET NOT NULL;\nALTER TABLE t ALTER c SET NOT NULL;',
  ],
])('a new column is spoken of once where %s', (_, sql) => {
  const inserts = [{ table: 't', column: 'c', atMergeBase: found(), atHead: none }];
  const files = readSql(sql);
  const outcome = outcomeOf(droppedButStillUsed, { files, decisionRecords: [], uses: [], inserts });
  expect(outcome.kind === 'findings' && outcome.findings.map(({ place }) => place?.line)).toEqual([2]);
});

test('a required column that running INSERTs leave out', () => {
  const sql = 'ALTER TABLE t ADD COLUMN c int NOT NULL;';
  const outcome = (atMergeBase: FoundUses, atHead: FoundUses) => {
    const inserts = [{ table: 't', column: 'c', atMergeBase, atHead }];
    return outcomeOf(droppedButStillUsed, { files: readSql(sql), decisionRecords: [], uses: [], inserts });
  };
  const before = outcome(found(), none);
  expect(before.kind === 'findings' && textOf(before.findings[0])).toBe(
    '`c` of `t` is new, required and without a default; INSERTs of the version that runs now leave it out (`src/a.ts:3` and 1 more).\n' +
      'From the migration until the last instance of that version is gone, they fail.\n' +
      'Would a default do, or NOT NULL in the next release?',
  );
  const after = outcome(found(), found());
  expect(after.kind === 'findings' && textOf(after.findings[0])).toBe(
    '`c` of `t` is new, required and without a default; INSERTs at the head of this change leave it out (`src/a.ts:3` and 1 more).\n' +
      'Once the migration has run, they fail, in the new version as well.\n' +
      'Would a default do, or NOT NULL in the next release?',
  );
  const call = outcome(found('mention'), none);
  expect(call.kind === 'findings' && call.findings[0]?.confidence).toBe('medium');
  expect(outcome(none, none).kind).toBe('pass');
});
