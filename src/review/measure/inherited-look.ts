import { isUnavailable } from '../../core/part.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { isIndependentHuman } from './last-human-approval.ts';

/**
 * The pull request this one is stacked on, where a human who wrote neither has reviewed it since this one was opened: in
 * a stack people read one pull request and approve the next. Undefined otherwise.
 * Domain: any pull request; one whose base is nobody's branch has none. Source: chosen by us.
 */
export function inheritedLook(review: ReviewFacts): { readonly number: number } | undefined {
  const { stackedOn } = review;
  if (stackedOn === undefined || isUnavailable(stackedOn)) return undefined;
  const hasLook = stackedOn.reviews.some(
    ({ by, submittedAt }) =>
      by.key !== stackedOn.author.key &&
      isIndependentHuman(by, review) &&
      Date.parse(submittedAt) >= Date.parse(review.createdAt),
  );
  return hasLook ? { number: stackedOn.number } : undefined;
}
