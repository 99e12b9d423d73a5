import { describe, expect, test } from 'vitest';
import type { NameUse, NameUses } from '../../../src/core/migration-facts.ts';
import { contradictedClaims } from '../../../src/migrations/rationale/claims.ts';
import { migration, operation, type SceneName, scene } from './scenes.ts';

function kinds(name: SceneName, sentence: string): readonly string[] {
  const file = scene(name);
  return contradictedClaims([sentence], [file], file.operations, []).map(
    ({ kind, table }) => `${kind} ${table}`,
  );
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
    expect(contradictedClaims(['The index is built concurrently.'], [file], file.operations, [])).toEqual([]);
  });

  test('a step back that raises contradicts it, whether or not data is lost', () => {
    const file = { ...scene('type-change'), wayBack: 'down-step' as const, undoRaises: true as const };
    expect(contradictedClaims(['This is fully reversible.'], [file], file.operations, [])).toMatchObject([
      { kind: 'reversible', raises: true },
    ]);
    expect(contradictedClaims(['This is not reversible.'], [file], file.operations, [])).toEqual([]);
  });

  test('a down step that exists is not weighed here', () => {
    const file = { ...scene('drop-column'), wayBack: 'down-step' as const };
    expect(contradictedClaims(['This is reversible.'], [file], file.operations, [])).toEqual([]);
  });
});

describe('a thing that is called unused', () => {
  const use = (kind: NameUse['kind'], column = 'legacy_id', count = 1): NameUses => ({
    table: 'users',
    column,
    atMergeBase: { count: 0, places: [] },
    atHead: { count, places: count === 0 ? [] : [{ path: 'src/a.ts', line: 3, kind }] },
  });
  const claims = (sentence: string, uses: readonly NameUses[]) =>
    contradictedClaims([sentence], [], [], uses).map(({ kind, uses: found }) => `${kind} ${found?.column}`);

  test.each([
    'legacy_id is unused.',
    'Nobody reads users.legacy_id any more',
    'Drop the column, it is no longer used.',
  ])('and has a query at the head is contradicted: %s', (sentence) => {
    expect(claims(sentence, [use('statement')])).toEqual(['unused legacy_id']);
    expect(claims(sentence, [use('declaration')])).toEqual(['unused legacy_id']);
  });

  test('a mere mention of the name contradicts nothing, and no use does not either', () => {
    expect(claims('legacy_id is unused.', [use('mention')])).toEqual([]);
    expect(claims('legacy_id is unused.', [use('statement', 'legacy_id', 0)])).toEqual([]);
    expect(claims('legacy_id is unused.', [])).toEqual([]);
  });

  test('of several the one that the sentence names is meant, and none where it names none', () => {
    const uses = [use('statement', 'nickname'), use('statement')];
    expect(claims('legacy_id is unused.', uses)).toEqual(['unused legacy_id']);
    expect(claims('Both are unused.', uses)).toEqual([]);
  });

  test.each([
    'legacy_id will be unused once the importer is gone.',
    'Only tests read it, otherwise legacy_id is not used.',
    'legacy_id is not unused.',
    'legacy_id is read by the importer.',
  ])('a condition, a limit or another claim is none: %s', (sentence) => {
    expect(claims(sentence, [use('statement')])).toEqual([]);
  });
});
