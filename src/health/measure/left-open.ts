import type { MergedPull } from '../../core/health-facts.ts';
import type { LeftOpen } from '../../core/health-report.ts';
import { isUnavailable } from '../../core/part.ts';
import { unansweredQuestions } from '../../review/measure/unanswered-questions.ts';
import { reviewKind } from './review-of-pull.ts';

/**
 * Undefined where threads or checks could not be read: what was not looked at is not closed. A check counts as failed
 * when it had ended before the merge. Merging one's own change after somebody else's review is the normal way of many
 * teams and no self-merge here.
 */
export function leftOpen(pull: MergedPull): LeftOpen | undefined {
  const { review, mergedAt } = pull;
  if (isUnavailable(review)) return undefined;
  const { threads, checks, mergedBy, author } = review;
  if (threads === undefined || isUnavailable(threads) || checks === undefined || isUnavailable(checks))
    return undefined;
  return {
    questions: unansweredQuestions(threads, review).length,
    failedChecks: checks
      .flatMap((of) => of.checks)
      .filter(
        ({ result, completedAt }) =>
          result === 'failure' && (!completedAt || Date.parse(completedAt) <= Date.parse(mergedAt)),
      ).length,
    isSelfMerged: mergedBy?.key === author.key && author.kind === 'human' && reviewKind(pull) !== 'human',
  };
}
