import type { ReviewFacts } from '../../core/review-facts.ts';
import { draftSpells, overlap } from './draft-spells.ts';
import { isIndependentHuman, standingHumanApprovals } from './last-human-approval.ts';

/**
 * How long the change lay open for reading before the first human approval that stands. Unit: minutes. An upper bound on
 * the time anybody read it, never the reading time itself: people read offline, in pauses and between other things.
 *
 * Counted from the last "ready for review" before the first human review (else from the opening), without the draft
 * spells in between; the one in which the approval was given counts, since the draft was read in it. Undefined when no
 * such approval stands. 0 when it was given in the same second.
 * Source: after McIntosh et al., EMSE 2016 (doi 10.1007/s10664-015-9381-9), who count from the opening; the rest is ours.
 */
export function reviewWindow(review: ReviewFacts): number | undefined {
  const [first] = standingHumanApprovals(review);
  if (!first) return undefined;
  const approvedAt = Date.parse(first.submittedAt);
  const firstReview = review.reviews.find(({ by }) => isIndependentHuman(by, review)) ?? first;
  const ready = review.readyForReviewAt
    .map((at) => Date.parse(at))
    .filter((at) => at <= Date.parse(firstReview.submittedAt))
    .at(-1);
  const start = ready ?? Date.parse(review.createdAt);
  const ended = draftSpells(review, approvedAt).filter(({ to }) => to < approvedAt);
  const open = approvedAt - start - overlap(ended, start, approvedAt);
  return Math.max(0, open) / 60_000;
}
