import type { MergedPull } from '../../core/health-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { type ApprovalKind, approvalKind } from './approval-kind.ts';
import { reviewWindow } from './review-window.ts';
import { isSilentlyApproved } from './silent-approval.ts';
import { timeToFirstHumanReview } from './time-to-first-human-review.ts';

/** What a baseline keeps of one merged pull request: numbers only, so that a half-read history can be put aside. */
export interface ReviewSample {
  readonly number: number;
  readonly mergedAt: string;
  /** Added plus deleted lines, as GitHub counts them. */
  readonly lines: number;
  /** Minutes; absent without a human approval. */
  readonly window?: number;
  /** Minutes; absent without a human review. */
  readonly firstReview?: number;
  readonly approval: ApprovalKind;
  readonly isSilent: boolean;
}

/** Undefined for what teaches nothing about how people review: pull requests by bots, reverts, unread reviews. */
export function reviewSample(pull: MergedPull): ReviewSample | undefined {
  const { review } = pull;
  if (pull.isRevert || isUnavailable(review) || review.author.kind === 'bot') return undefined;
  const window = reviewWindow(review);
  const firstReview = timeToFirstHumanReview(review);
  return {
    number: pull.number,
    mergedAt: pull.mergedAt,
    lines: pull.lines,
    ...(window !== undefined && { window }),
    ...(firstReview !== undefined && { firstReview }),
    approval: approvalKind(review),
    isSilent: isSilentlyApproved(review),
  };
}
