import type { ReviewFacts } from '../../core/review-facts.ts';
import { humanRemarks } from './silent-approval.ts';

export interface Depth {
  /** Inline comments by humans who wrote none of the change, for every 100 lines of it. */
  readonly commentsPer100Lines: number;
  /** Their words, likewise. */
  readonly wordsPer100Lines: number;
}

/**
 * How much people have written about a change, for its size. Says nothing about what they read in silence, and nothing
 * about the worth of a remark. Unit: comments and words for every 100 effective lines. Undefined for a change without lines.
 * Source: after "discussion length normalised by churn", McIntosh et al., EMSE 2016.
 */
export function depth(review: ReviewFacts, lines: number): Depth | undefined {
  if (lines <= 0) return undefined;
  const { words, inlineComments } = humanRemarks(review);
  return { commentsPer100Lines: (inlineComments * 100) / lines, wordsPer100Lines: (words * 100) / lines };
}
