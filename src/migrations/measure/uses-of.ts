import type { FoundUses, MigrationFacts, NameUses, Operation } from '../../core/migration-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { isNamedObject } from '../sql/renamed-object.ts';

/**
 * Uses of what an operation drops or renames, where the code was searched and has some; `at: 'head'` when the change
 * itself leaves them standing, `'merge-base'` when only the version before it has them, or has them in queries and models.
 */
export function usesOf(
  { uses }: MigrationFacts,
  { kind, table, column, name }: Operation,
): { readonly uses: NameUses; readonly at: 'head' | 'merge-base' } | undefined {
  if (uses === undefined || isUnavailable(uses)) return undefined;
  const owner = isNamedObject(kind) ? name : table;
  const found = uses.find((one) => one.table === owner && one.column === column);
  if (!found) return undefined;
  // Where the queries and models are gone at the head, a name that is merely mentioned there is most likely another thing's.
  const isLeftOver = isTelling(found.atHead) || !isTelling(found.atMergeBase);
  if (found.atHead.count > 0 && isLeftOver) return { uses: found, at: 'head' };
  return found.atMergeBase.count > 0 ? { uses: found, at: 'merge-base' } : undefined;
}

/** In a query or a model, and not merely named. */
export function isTelling({ places }: FoundUses): boolean {
  return places.some(({ kind }) => kind !== 'mention');
}
