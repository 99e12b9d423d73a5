import { describe, expect, test } from 'vitest';
import { contradictedClaims } from '../../../src/migrations/rationale/claims.ts';
import { migration, operation, type SceneName, scene } from './scenes.ts';

function kinds(name: SceneName, sentence: string): readonly string[] {
  const file = scene(name);
  return contradictedClaims([sentence], [file], file.operations).map(({ kind, table }) => `${kind} ${table}`);
}

describe('claims that the statements contradict', () => {
  test.each<[SceneName, string, string]>([
    ['index', 'The index is built concurrently.', 'concurrently orders'],
    ['index', 'Creates the index CONCURRENTLY so that writes go on', 'concurrently orders'],
    ['index', '`orders` is a brand new table.', 'new-table orders'],
    ['not-null', 'The table is empty.', 'new-table orders'],
    ['drop-column', 'This is fully reversible.', 'reversible users'],
    ['drop-column', 'It can be reverted at any time.', 'reversible users'],
  ])('%s: %s', (name, sentence, expected) => {
    expect(kinds(name, sentence)).toEqual([expected]);
  });
});

describe('sentences that claim nothing of the kind', () => {
  test.each<[SceneName, string]>([
    ['index', 'The index is not built concurrently.'],
    ['index', 'Building it concurrently would need another release.'],
    ['index', 'To avoid the wait, run CREATE INDEX CONCURRENTLY by hand first.'],
    ['index', 'CREATE INDEX CONCURRENTLY cannot run inside our transaction.'],
    ['index', 'Two jobs run concurrently.'],
    ['concurrent-index', 'The index is built concurrently.'],
    ['new-table', '`subscription_pauses` is a new table.'],
    ['not-null', 'Without a new table we keep the old one.'],
    ['not-null', 'The table is empty in production, counted this morning.'],
    ['drop-column', 'This is irreversible.'],
    ['drop-column', 'This is not reversible.'],
    ['drop-column', 'It can be rolled back by restoring the snapshot.'],
    ['type-change', 'This is fully reversible.'],
  ])('%s: %s', (name, sentence) => {
    expect(kinds(name, sentence)).toEqual([]);
  });

  test('an index on the parent alone may be built concurrently elsewhere', () => {
    const sql = 'CREATE INDEX a ON ONLY orders (status)';
    const file = migration([operation('create-index', 'orders', sql)]);
    expect(contradictedClaims(['The index is built concurrently.'], [file], file.operations)).toEqual([]);
  });

  test('a down step that exists is not weighed here', () => {
    const file = { ...scene('drop-column'), wayBack: 'down-step' as const };
    expect(contradictedClaims(['This is reversible.'], [file], file.operations)).toEqual([]);
  });
});
