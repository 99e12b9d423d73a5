import { groupBy } from '../group-by.ts';
import { normalBelow } from './normal-curve.ts';

export interface MannKendall {
  /** Pairs that rise minus pairs that fall. */
  readonly s: number;
  /** Chance of an S as low as this one, or lower, without any trend (one-sided, normal approximation, ties counted). */
  readonly fallingBy: number;
}

/** Kendall's test for a trend in values at equal steps. With fewer than four values nothing can be told: the chance is 1. */
export function mannKendall(values: readonly number[]): MannKendall {
  const n = values.length;
  let s = 0;
  for (const [i, earlier] of values.entries())
    for (let j = i + 1; j < n; j += 1) s += Math.sign((values[j] as number) - earlier);
  const ties = [...groupBy(values, (value) => value).values()].reduce(
    (sum, { length }) => sum + length * (length - 1) * (2 * length + 5),
    0,
  );
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
  if (n < 4 || variance <= 0) return { s, fallingBy: 1 };
  // The step of one towards 0 makes the discrete S fit the normal curve.
  const z = s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, fallingBy: normalBelow(z) };
}
