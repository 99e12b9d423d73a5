import type { ReviewFacts, ReviewThread } from '../../core/review-facts.ts';
import { isIndependentHuman } from './last-human-approval.ts';

/**
 * Threads in which the last word is a question by a human who wrote none of the change: nobody replied, nobody resolved
 * it, and GitHub has not seen its lines change. Unit: threads, in the order given.
 * Domain: every thread of the pull request. A question outside threads, in a review's text or the conversation, is not
 * seen. An answer by the asker's own later comment that is no question ends it too.
 * Source: after "confused reviewers", Ebert et al., SANER 2019; the definition is ours.
 */
export function unansweredQuestions(
  threads: readonly ReviewThread[],
  review: ReviewFacts,
): readonly ReviewThread[] {
  return threads.filter(({ comments, isResolved, isOutdated }) => {
    const last = comments.at(-1);
    if (!last || isResolved || isOutdated) return false;
    return last.isQuestion && isIndependentHuman(last.by, review);
  });
}
