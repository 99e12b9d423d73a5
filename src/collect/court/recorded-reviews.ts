import type { Facts } from '../../core/facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { isIndependentHuman } from '../../review/measure/last-human-approval.ts';
import { factsOfRecorded } from '../github/judge-recorded.ts';
import type { RecordedTimelines } from '../github/recorded-timeline-schema.ts';

/** Pull request and review by number, each as of its merge. */
export type RecordedReviews = ReadonlyMap<number, Pick<Facts, 'pullRequest' | 'review'>>;

export function createRecordedReviews(timelines: RecordedTimelines, learnedDays: number): RecordedReviews {
  return new Map(
    [...factsOfRecorded({ ...timelines, now: undefined }, learnedDays)].map(({ number, facts }) => [
      number,
      { pullRequest: facts.pullRequest, review: facts.review },
    ]),
  );
}

/**
 * The same change as it stood just before its first human review: some rules speak only while a change waits. Undefined
 * where nobody reviewed it or the reviews are not known.
 */
export function whileWaiting(facts: Facts): Facts | undefined {
  const { review, pullRequest } = facts;
  if (isUnavailable(review) || isUnavailable(pullRequest)) return undefined;
  const now = review.reviews.find(({ by }) => isIndependentHuman(by, review))?.submittedAt;
  if (now === undefined) return undefined;
  const { mergedAt: _at, mergedBy: _by, ...open } = review;
  const reviews = review.reviews.filter(({ submittedAt }) => Date.parse(submittedAt) < Date.parse(now));
  return { ...facts, now, pullRequest: { ...pullRequest, state: 'open' }, review: { ...open, reviews } };
}
