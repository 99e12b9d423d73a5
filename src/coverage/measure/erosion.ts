import type { LineCount } from '../../core/coverage-facts.ts';
import { mannKendall } from '../../core/statistics/mann-kendall.ts';
import { theilSenSlope } from '../../core/statistics/theil-sen-slope.ts';
import { ratio } from './coverage-drop.ts';

/** A share of lines that run, measured again and again. */
export interface Erosion {
  /** Measurements, the newest included. */
  readonly measurements: number;
  /** Steps from one to the next, and how many of them fall. */
  readonly steps: number;
  readonly falls: number;
  /** How much the share fell in all along the robust line through it, as a ratio; negative when it rises. */
  readonly fall: number;
  /** The largest single step down, as a ratio. */
  readonly largestStep: number;
  /** Chance of a fall this steady without any trend. */
  readonly chance: number;
}

/** Oldest first. A step between equal shares neither falls nor rises. */
export function erosion(counts: readonly LineCount[]): Erosion {
  const shares = counts.map(ratio);
  const steps = shares.slice(1).map((share, index) => (shares[index] ?? 0) - share);
  return {
    measurements: shares.length,
    steps: steps.length,
    falls: steps.filter((step) => step > 0).length,
    fall: -theilSenSlope(shares) * Math.max(0, shares.length - 1),
    largestStep: Math.max(0, ...steps),
    chance: mannKendall(shares).fallingBy,
  };
}
