import type { MergedPull } from '../../core/health-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import type { Review, ReviewFacts } from '../../core/review-facts.ts';
import { effectiveLines } from '../../review/measure/effective-lines.ts';
import { isIndependentHuman, lastHumanApproval } from '../../review/measure/last-human-approval.ts';
import { timeToFirstHumanReview } from '../../review/measure/time-to-first-human-review.ts';

/** Who looked at a pull request before it was merged. */
export type ReviewKind = 'human' | 'bot only' | 'none' | 'not read';

/**
 * `human`: somebody submitted a review before the merge who is no machine and wrote none of it; a review by its author
 * or by a co-author of a commit is no second pair of eyes. `bot only`: an app or AI reviewer alone. Merging somebody
 * else's work is no review.
 */
export function reviewKind({ review }: MergedPull): ReviewKind {
  if (isUnavailable(review)) return 'not read';
  const before = reviewsBeforeMerge(review);
  if (before.some(({ by }) => isIndependentHuman(by, review))) return 'human';
  return before.some(({ by }) => by.kind === 'bot' && by.key !== review.author.key) ? 'bot only' : 'none';
}

/** Whether a machine account opened it; a deleted account is taken for a person. */
export function isByBot({ review }: MergedPull): boolean {
  return !isUnavailable(review) && review.author.kind === 'bot';
}

/** Hours between two moments; 0 where the clock ran backwards. */
export function hoursBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 3_600_000);
}

/** Hours to the first review by a human before the merge, as `timeToFirstHumanReview` counts them; else undefined. */
export function hoursToFirstHumanReview({ review }: MergedPull): number | undefined {
  const minutes = isUnavailable(review) ? undefined : timeToFirstHumanReview(review);
  return minutes === undefined ? undefined : minutes / 60;
}

/**
 * Lines, added plus deleted, between the last human approval and what was merged, without lock files, generated files
 * and their like. Undefined where no human approval stands or git could not tell.
 */
export function linesAfterApproval({ review }: MergedPull): number | undefined {
  if (isUnavailable(review) || !lastHumanApproval(review)) return undefined;
  const { tail } = review;
  if (!tail || isUnavailable(tail)) return undefined;
  return effectiveLines(
    tail.files.map(({ path, added, deletedLines }) => ({
      path,
      lines: deletedLines + added.reduce((sum, { start, end }) => sum + end - start + 1, 0),
    })),
    { attributes: review.attributes ?? [] },
  ).lines;
}

function reviewsBeforeMerge(review: ReviewFacts): readonly Review[] {
  const { mergedAt } = review;
  return review.reviews.filter(
    ({ state, submittedAt }) =>
      state !== 'pending' && (!mergedAt || Date.parse(submittedAt) <= Date.parse(mergedAt)),
  );
}
