import { isUnavailable } from '../../core/part.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { isIndependentHuman, standingHumanApprovals } from './last-human-approval.ts';

/** Below so many words a review's text is a formula ("LGTM, thanks"), not a remark. Chosen by us. */
export const wordsOfARemark = 15;

export interface HumanRemarks {
  /** Words in review texts and threads. Unit: words. */
  readonly words: number;
  /** Inline comments, counted where they were made. */
  readonly inlineComments: number;
}

/**
 * What humans who wrote none of the change have written about it, up to the merge: words of their reviews and, where
 * threads were read, of their comments in them. Comments in the conversation are not in it, since GitHub does not say
 * whether they concern the code.
 * Domain: any pull request. Source: chosen by us; after "participation" in McIntosh et al., EMSE 2016.
 */
export function humanRemarks(review: ReviewFacts): HumanRemarks {
  const isInTime = (at: string) => !review.mergedAt || Date.parse(at) <= Date.parse(review.mergedAt);
  const reviews = review.reviews.filter(
    ({ by, submittedAt }) => isIndependentHuman(by, review) && isInTime(submittedAt),
  );
  const threads = review.threads === undefined || isUnavailable(review.threads) ? [] : review.threads;
  const comments = threads
    .flatMap(({ comments }) => comments)
    .filter(({ by, at }) => isIndependentHuman(by, review) && isInTime(at));
  return {
    words: [...reviews, ...comments].reduce((sum, { words }) => sum + words, 0),
    inlineComments: Math.max(
      reviews.reduce((sum, { inlineComments }) => sum + inlineComments, 0),
      comments.length,
    ),
  };
}

/**
 * A human approval stands, and no human said anything about the change that can be read here. Normal for most changes in
 * many repositories: no sign of anything by itself.
 */
export function isSilentlyApproved(review: ReviewFacts): boolean {
  if (standingHumanApprovals(review).length === 0) return false;
  const { words, inlineComments } = humanRemarks(review);
  return inlineComments === 0 && words < wordsOfARemark;
}
