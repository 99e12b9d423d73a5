import type { CommitId } from '../../core/change.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { isIndependentHuman } from './last-human-approval.ts';

/**
 * How much larger the change is than when a human first reviewed it. Unit: ratio; 1 = as large as then, 3 = three times
 * as large, below 1 = it shrank. Undefined where there was nothing to read at the first review.
 * Domain: effective lines (added plus deleted) of the change at the two commits, each against its own merge base.
 * Source: chosen by us.
 */
export function lateScopeGrowth(linesAtFirstReview: number, linesNow: number): number | undefined {
  return linesAtFirstReview > 0 ? linesNow / linesAtFirstReview : undefined;
}

/** The head that the first human review saw; undefined without such a review or where GitHub forgot the commit. */
export function firstReviewedCommit(review: ReviewFacts): CommitId | undefined {
  return review.reviews.find(({ by }) => isIndependentHuman(by, review))?.commit;
}
