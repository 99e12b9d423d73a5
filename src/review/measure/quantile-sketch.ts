import { probabilities, type QuantileSketch } from '../../core/review-baseline.ts';

/**
 * Quantiles of a list of finite numbers, each interpolated linearly between its neighbours (type 7 of Hyndman and Fan,
 * the default of R and NumPy). Unit: that of the numbers. An empty list gives an empty sketch.
 * Source: Hyndman, Fan: Sample quantiles in statistical packages (The American Statistician, 1996).
 */
export function quantileSketch(values: readonly number[]): QuantileSketch {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) return { n: 0, at: [] };
  return { n: sorted.length, at: probabilities.map((p) => quantileOfSorted(sorted, p)) };
}

/** Type 7. Domain: a non-empty ascending list, 0 ≤ p ≤ 1. */
export function quantileOfSorted(sorted: readonly number[], p: number): number {
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  // Equal neighbours are taken as they are: the sum would miss them by a rounding error.
  return low === high ? low : low + (high - low) * (place - below);
}

/** The value below which the share `p` lies; undefined for an empty sketch or a `p` that is not kept. */
export function quantileOf(sketch: QuantileSketch, p: (typeof probabilities)[number]): number | undefined {
  return sketch.at[probabilities.indexOf(p)];
}

/**
 * The share of the numbers behind a sketch that are at most `value`, interpolated between what is kept. Unit: ratio.
 * Careful at the ends: below everything kept it is the lowest probability, not 0, and equal values count as at most.
 * Undefined for an empty sketch. Never falls when `value` grows.
 */
export function shareAtMost(sketch: QuantileSketch, value: number): number | undefined {
  if (sketch.n === 0) return undefined;
  const last = sketch.at.findLastIndex((kept) => kept <= value);
  const low = sketch.at[last];
  const lowShare = probabilities[last];
  if (low === undefined || lowShare === undefined) return probabilities[0];
  const high = sketch.at[last + 1];
  const highShare = probabilities[last + 1];
  if (high === undefined || highShare === undefined) return 1;
  return lowShare + (highShare - lowShare) * ((value - low) / (high - low));
}
