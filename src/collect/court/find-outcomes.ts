import type { ChangeOutcome } from '../../core/court-facts.ts';
import type { ObjectStore } from '../git/object-store.ts';
import type { ScratchRepository } from '../git/scratch-repository.ts';
import type { BranchEntry } from './branch-entries.ts';
import type { EntryDescription } from './describe-entry.ts';
import { findReverted } from './find-reverted.ts';
import { createLineOrigins } from './line-origins.ts';
import { readDifferences } from './read-differences.ts';

export interface DescribedEntry extends BranchEntry {
  readonly description: EntryDescription;
}

export interface FoundOutcomes {
  /** By place in the list; those without one went well as far as can be told. */
  readonly outcomes: ReadonlyMap<number, Exclude<ChangeOutcome, 'fine'>>;
  /** How many entries say that they fix something, and how many of those rewrite too much to point at anything. */
  readonly fixes: number;
  readonly reworks: number;
  readonly reverts: number;
}

/** A fix that removes more telling lines than this is a rework, and points at everything. Chosen by us. */
const mostRemovedLines = 200;
const day = 86_400_000;

/**
 * What became of each entry of a branch (oldest first) in the days after it: taken back by a revert, or repaired by a fix
 * that removes lines it wrote. The second is SZZ (Śliwerski, Zimmermann and Zeller 2005) between pull requests instead of
 * commits, with blank, comment and moved lines left out. A fix that only adds lines points at nothing.
 */
export async function findOutcomes(
  entries: readonly DescribedEntry[],
  watchedDays: number,
  git: { readonly scratch: ScratchRepository; readonly store: ObjectStore },
): Promise<FoundOutcomes> {
  const isInTime = (before: number, after: number) => {
    const days = ((entries[after]?.at ?? 0) - (entries[before]?.at ?? 0)) / day;
    return before < after && days <= watchedDays;
  };
  const outcomes = new Map<number, Exclude<ChangeOutcome, 'fine'>>();
  const origins = createLineOrigins();
  let [place, fixes, reworks] = [0, 0, 0];
  for await (const { files, forgotten } of readDifferences(entries, git.scratch, git.store)) {
    origins.forget(forgotten);
    const removed = origins.take(place, files);
    if (entries[place]?.description.isFix) {
      fixes += 1;
      const lines = [...removed.values()].reduce((sum, count) => sum + count, 0);
      if (lines > mostRemovedLines) reworks += 1;
      else for (const before of removed.keys()) if (isInTime(before, place)) outcomes.set(before, 'fixed');
    }
    place += 1;
  }
  const reverted = findReverted(entries);
  for (const [after, before] of reverted) if (isInTime(before, after)) outcomes.set(before, 'reverted');
  return { outcomes, fixes, reworks, reverts: reverted.size };
}
