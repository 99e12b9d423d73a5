import type { ReviewFacts } from '../../core/review-facts.ts';

/** Milliseconds since 1970; `to` is excluded. */
export interface Spell {
  readonly from: number;
  readonly to: number;
}

/**
 * All spells in which the pull request was a draft, in time order, up to `until`. One whose first change of state is
 * "ready for review" was opened as a draft. Two events of one kind in a row (GitHub drops some on transfers) read as one.
 * Domain: `until` is a moment after the opening. One that is a draft from its opening on without any event cannot be told
 * from here.
 */
export function draftSpells(review: ReviewFacts, until: number): readonly Spell[] {
  const changes = [
    ...review.readyForReviewAt.map((at) => ({ at: Date.parse(at), isDraft: false })),
    ...review.convertedToDraftAt.map((at) => ({ at: Date.parse(at), isDraft: true })),
  ].toSorted((a, b) => a.at - b.at);
  const spells: Spell[] = [];
  let from = changes[0]?.isDraft === false ? Date.parse(review.createdAt) : undefined;
  for (const change of changes) {
    if (change.at >= until) break;
    if (change.isDraft) from ??= change.at;
    else if (from !== undefined) {
      spells.push({ from, to: change.at });
      from = undefined;
    }
  }
  if (from !== undefined && from < until) spells.push({ from, to: until });
  return spells;
}

/** Milliseconds of `spells` that lie between two moments. */
export function overlap(spells: readonly Spell[], from: number, to: number): number {
  return spells.reduce(
    (sum, spell) => sum + Math.max(0, Math.min(spell.to, to) - Math.max(spell.from, from)),
    0,
  );
}
