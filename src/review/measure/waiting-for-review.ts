import type { ReviewFacts } from '../../core/review-facts.ts';
import { draftSpells, overlap } from './draft-spells.ts';
import { timeToFirstHumanReview } from './time-to-first-human-review.ts';

/**
 * How long an open pull request has waited for its first human review at the moment `now`. Unit: minutes, all hours of the
 * day, counted as `timeToFirstHumanReview` does: from the opening, without all draft spells. Undefined once there is one.
 * Domain: `now` is ISO 8601 and not before the opening (else 0). Source: as `timeToFirstHumanReview`.
 */
export function waitingForReview(review: ReviewFacts, now: string): number | undefined {
  if (timeToFirstHumanReview(review) !== undefined) return undefined;
  const opened = Date.parse(review.createdAt);
  const until = Date.parse(now);
  return Math.max(0, until - opened - overlap(draftSpells(review, until), opened, until)) / 60_000;
}
