import type { CommitId } from '../../core/change.ts';
import { type Part, unavailable } from '../../core/part.ts';
import type { Person } from '../../core/people.ts';
import type { Review, ReviewFacts } from '../../core/review-facts.ts';

/**
 * The latest approval that still stands and is a second pair of eyes, or undefined.
 *
 * - By a human: bots, apps and AI reviewers are none. A deleted account is none either, since it can no longer be shown
 *   that it was neither a bot nor an author of the change.
 * - Not by the pull request's author, nor by anybody who wrote one of its commits, co-authors included.
 * - It is its giver's latest opinion: a later "changes requested" replaces it, and so does a later review of theirs that
 *   was dismissed (as on GitHub, where an earlier approval does not come back). A later comment changes nothing.
 * - Given before the merge, where there was one.
 *
 * Source: GitHub Docs, "About pull request reviews" and "Dismissing a pull request review"; ours in what concerns ghosts.
 */
export function lastHumanApproval(review: ReviewFacts): Review | undefined {
  return standingHumanApprovals(review).at(-1);
}

/** One for each person whose opinion is an approval, in time order. */
export function standingHumanApprovals(review: ReviewFacts): readonly Review[] {
  return standingApprovals(review, (person) => isIndependentHuman(person, review));
}

/** The same among whomever `counts` lets in. */
export function standingApprovals(
  review: ReviewFacts,
  counts: (person: Person) => boolean,
): readonly Review[] {
  const opinions = new Map<string, Review>();
  for (const given of review.reviews) {
    if (!counts(given.by) || given.state === 'commented' || given.state === 'pending') continue;
    if (review.mergedAt && Date.parse(given.submittedAt) > Date.parse(review.mergedAt)) continue;
    // Taken out first, so that the map's order is the order of the opinions that count.
    opinions.delete(given.by.key);
    opinions.set(given.by.key, given);
  }
  return [...opinions.values()].filter(({ state }) => state === 'approved');
}

/** A human account that neither opened the pull request nor wrote one of its commits. */
export function isIndependentHuman(person: Person, review: ReviewFacts): boolean {
  if (person.kind !== 'human' || person.key === review.author.key) return false;
  return review.commitAuthors.every(({ key }) => key !== person.key);
}

/**
 * The commit that the last human approval was given for: where the lines since approval are counted from. Undefined when
 * no such approval stands; unavailable when GitHub no longer knows the commit (an earlier approval is no stand-in for it,
 * it would make the tail look longer than it is).
 */
export function approvedCommitOf(
  review: ReviewFacts,
): Part<{ readonly commit: CommitId; readonly at: string }> | undefined {
  const approval = lastHumanApproval(review);
  if (!approval) return undefined;
  if (!approval.commit) return unavailable('GitHub no longer knows the commit that was approved');
  return { commit: approval.commit, at: approval.submittedAt };
}
