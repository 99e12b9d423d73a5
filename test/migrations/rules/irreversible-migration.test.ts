import { expect, test } from 'vitest';
import type { MigrationFolder } from '../../../src/core/migration-facts.ts';
import { irreversibleMigration } from '../../../src/migrations/rules/irreversible-migration.ts';
import { readSql } from '../read-sql.ts';
import { outcomeOf, textOf } from './danger-rules.ts';

function outcomeWith(waysBack: MigrationFolder['waysBack'], sql = 'ALTER TABLE t ADD COLUMN c int;') {
  const files = readSql([{ path: 'db/migrations/0021_a.up.sql', sql }]);
  const folders = [{ folder: 'db/migrations', files: [], ...(waysBack ? { waysBack } : {}) }];
  return outcomeOf(irreversibleMigration, { files, decisionRecords: [], folders });
}

test('no down step where four fifths of the folder have one', () => {
  const outcome = outcomeWith({ files: 16, of: 20 });
  expect(outcome.kind === 'findings' && textOf(outcome.findings[0])).toBe(
    '`db/migrations/0021_a.up.sql` has no down step that does anything; 16 of the newest 20 migrations in `db/migrations` have one.\n' +
      'A release that is taken back leaves 1 changed table behind.\n' +
      'How is this one undone?',
  );
});

test.each([
  ['just below the usual share', { files: 15, of: 20 }, 'pass'],
  ['exactly five earlier migrations', { files: 4, of: 5 }, 'findings'],
  ['four earlier migrations', { files: 4, of: 4 }, 'pass'],
  ['nothing known of the folder', undefined, 'pass'],
] as const)('%s', (_, waysBack, kind) => {
  expect(outcomeWith(waysBack).kind).toBe(kind);
});

test('where rows are lost, destructive-change has said so', () => {
  expect(outcomeWith({ files: 20, of: 20 }, 'DROP TABLE t;')).toEqual({
    kind: 'pass',
    seen: '1 of 1 new migration without a way back, what is gone is told by another rule',
  });
});

test('where no step down is customary, the pass says no more than that', () => {
  expect(outcomeWith({ files: 1, of: 20 })).toEqual({
    kind: 'pass',
    seen: '1 of 1 new migration without a way back, not known to be unusual in its folder',
  });
});

test('a value of an enum stays, and what touches no table is counted as none', () => {
  const usual = { files: 20, of: 20 };
  expect(outcomeWith(usual, "ALTER TYPE mood ADD VALUE 'calm';").kind).toBe('pass');
  const outcome = outcomeWith(usual, 'ALTER DOMAIN d ADD CHECK (value > 0);');
  expect(outcome.kind === 'findings' && outcome.findings[0]?.impact).toBe(
    'A release that is taken back leaves what it did behind.',
  );
});

test('a framework without down steps is no matter, and a folder nobody looked at is not available', () => {
  const none = readSql([{ path: 'pg/migrations/1_a.sql', sql: 'ALTER TABLE t ADD COLUMN c int;' }]);
  expect(outcomeOf(irreversibleMigration, { files: none, decisionRecords: [] })).toEqual({
    kind: 'not-applicable',
    reason: 'the change adds no migration whose framework knows a way back',
  });
  const bare = readSql([{ path: 'pg/1_a.up.sql', sql: 'ALTER TABLE t ADD COLUMN c int;' }]);
  expect(outcomeOf(irreversibleMigration, { files: bare, decisionRecords: [] })).toEqual({
    kind: 'not-available',
    reason: 'the other migrations of the folder were not looked at',
  });
});
