import type { ReviewFacts } from '../../core/review-facts.ts';
import { draftSpells, overlap } from './draft-spells.ts';
import { isIndependentHuman } from './last-human-approval.ts';

/**
 * How long the change waited for the first review (of any state) by a human who wrote none of it. Unit: minutes, all
 * hours of the day, since a repository has no office hours.
 *
 * Counted from the opening, without all draft spells before that review; a review given to a draft was asked for early,
 * so the spell it fell into counts as waiting. Undefined while there is none, and where the first came after the merge,
 * which had not waited for it: a median over changes has to say that it leaves them out.
 * Domain: reviews, not comments in the conversation, of which GitHub does not say whether they concern the code.
 * Source: CHAOSS, metric "Time to First Response"; drafts and bots left out as its users ask (github/issue-metrics#417,
 * apache/devlake#9000).
 */
export function timeToFirstHumanReview(review: ReviewFacts): number | undefined {
  const first = review.reviews.find(({ by }) => isIndependentHuman(by, review));
  if (!first) return undefined;
  const opened = Date.parse(review.createdAt);
  const reviewed = Date.parse(first.submittedAt);
  if (review.mergedAt && reviewed > Date.parse(review.mergedAt)) return undefined;
  const ended = draftSpells(review, reviewed).filter(({ to }) => to < reviewed);
  return Math.max(0, reviewed - opened - overlap(ended, opened, reviewed)) / 60_000;
}
