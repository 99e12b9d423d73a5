import { normalBelow, normalQuantile } from './normal-curve.ts';

/** Counts of one stratum: those with the mark and those without, each with and without the outcome. */
export interface TwoByTwo {
  readonly markedWith: number;
  readonly markedWithout: number;
  readonly otherWith: number;
  readonly otherWithout: number;
}

export interface MantelHaenszel {
  /**
   * Odds of the outcome with the mark over those without, strata held apart. 0 where no stratum has the outcome with the
   * mark; absent where the data leave it open (nothing to compare) or without an upper end.
   */
  readonly oddsRatio?: number;
  /** Covers the true ratio in the share `level` of all cases; absent where a margin is empty. */
  readonly interval?: readonly [low: number, high: number];
  /** Of the Cochran–Mantel–Haenszel test with continuity correction, one degree of freedom. */
  readonly chiSquared: number;
  /** Two-sided. 1 where nothing can be compared. */
  readonly p: number;
  /** Marked with the outcome: seen, and expected if the mark meant nothing. */
  readonly seen: number;
  readonly expected: number;
  /** Of the number seen, if the mark meant nothing: how much the data can tell. */
  readonly variance: number;
}

/**
 * The common odds ratio of many 2 × 2 tables (Mantel and Haenszel 1959), its interval after Robins, Breslow and Greenland
 * (1986), and the test of Cochran, Mantel and Haenszel. Sound for a few large strata and for many small ones. Strata of
 * which one margin is empty add nothing.
 */
export function mantelHaenszel(strata: readonly TwoByTwo[], level = 0.95): MantelHaenszel {
  let [seen, expected, variance] = [0, 0, 0];
  let [sumR, sumS, sumPR, sumPSQR, sumQS] = [0, 0, 0, 0, 0];
  for (const { markedWith: a, markedWithout: b, otherWith: c, otherWithout: d } of strata) {
    const n = a + b + c + d;
    if (n < 2) continue;
    const [marked, others, bad, good] = [a + b, c + d, a + c, b + d];
    seen += a;
    expected += (marked * bad) / n;
    variance += (marked * others * bad * good) / (n * n * (n - 1));
    const [r, s, p, q] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n];
    sumR += r;
    sumS += s;
    sumPR += p * r;
    sumPSQR += p * s + q * r;
    sumQS += q * s;
  }
  const distance = Math.max(0, Math.abs(seen - expected) - 0.5);
  const chiSquared = variance > 0 ? (distance * distance) / variance : 0;
  const p = variance > 0 ? 2 * normalBelow(-Math.sqrt(chiSquared)) : 1;
  const counts = { chiSquared, p, seen, expected, variance };
  if (sumS <= 0) return counts;
  const oddsRatio = sumR / sumS;
  if (sumR <= 0) return { ...counts, oddsRatio };
  const spread = Math.sqrt(
    sumPR / (2 * sumR * sumR) + sumPSQR / (2 * sumR * sumS) + sumQS / (2 * sumS * sumS),
  );
  const reach = Math.exp(normalQuantile((1 + level) / 2) * spread);
  return { ...counts, oddsRatio, interval: [oddsRatio / reach, oddsRatio * reach] };
}
