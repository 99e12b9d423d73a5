import { normalBelow } from '../../core/statistics/normal-curve.ts';

/** Probability of `least` or more out of `n` when each holds with probability `p`. Domain: 0 ≤ p ≤ 1, whole numbers. */
export function binomialTail(n: number, least: number, p: number): number {
  if (least <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return least <= n ? 1 : 0;
  let sum = 0;
  let logTerm = n * Math.log(1 - p);
  for (let k = 0; k <= n; k += 1) {
    if (k >= least) sum += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  return Math.min(1, sum);
}

/** Probability of `least` or more where `mean` are expected (Poisson). Domain: mean > 0, whole numbers. */
export function poissonTail(least: number, mean: number): number {
  let below = 0;
  let logTerm = -mean;
  for (let k = 0; k < least; k += 1) {
    below += Math.exp(logTerm);
    logTerm += Math.log(mean / (k + 1));
  }
  return Math.max(0, 1 - below);
}

/**
 * Probability that values drawn from where `earlier` come from rank as high as `now` does: the one-sided test of Wilcoxon
 * (1945), Mann and Whitney (1947), normal approximation with correction for ties and continuity. 1 for an empty side.
 */
export function rankSumTail(now: readonly number[], earlier: readonly number[]): number {
  const [n, m] = [now.length, earlier.length];
  if (n === 0 || m === 0) return 1;
  const all = [
    ...now.map((value) => ({ value, isNow: true })),
    ...earlier.map((value) => ({ value, isNow: false })),
  ].sort((a, b) => a.value - b.value);
  let ranks = 0;
  let ties = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const equal = to - from;
    ties += equal ** 3 - equal;
    for (let place = from; place < to; place += 1) if (all[place]?.isNow) ranks += (from + to + 1) / 2;
    from = to;
  }
  const total = n + m;
  const spread = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  if (!(spread > 0)) return 1;
  return normalBelow(((n * (total + 1)) / 2 + 0.5 - ranks) / spread);
}
