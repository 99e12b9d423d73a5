import type { ReviewFacts } from '../../core/review-facts.ts';
import { isIndependentHuman, standingApprovals, standingHumanApprovals } from './last-human-approval.ts';

export type ApprovalKind = 'human' | 'bot-only' | 'merger-only' | 'none';

/**
 * Whose approval a change has, the strongest kind that applies:
 *
 * - `human`: an approval stands that a human gave who wrote none of the change;
 * - `bot-only`: approvals stand, all of them by bots, apps or AI reviewers;
 * - `merger-only`: nobody approved, but a human who wrote none of it merged it. Weak evidence of a look;
 * - `none`: none of these. An approval by an author of the change or by a deleted account is none.
 *
 * Domain: any pull request; one that is open is `merger-only` never. A merge past a required review cannot be told from
 * here, so it has no kind of its own.
 * Source: the classes are ours; OpenSSF Scorecard, check Code-Review, counts a merge by another person as a full review.
 */
export function approvalKind(review: ReviewFacts): ApprovalKind {
  if (standingHumanApprovals(review).length > 0) return 'human';
  if (standingApprovals(review, ({ kind }) => kind === 'bot').length > 0) return 'bot-only';
  return review.mergedBy && isIndependentHuman(review.mergedBy, review) ? 'merger-only' : 'none';
}
