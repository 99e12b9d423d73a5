import { normalQuantile } from './normal-curve.ts';

/**
 * Where the share behind `part` of `n` lies, 0–1: stays inside 0 and 1 and is sound for small n. 0 to 1 for no
 * observations. Source: Wilson (1927), without continuity correction.
 */
export function wilsonInterval(part: number, n: number, level = 0.95): readonly [low: number, high: number] {
  if (n <= 0) return [0, 1];
  const z = normalQuantile((1 + level) / 2);
  const share = part / n;
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const [middle, scale] = [share + (z * z) / (2 * n), 1 + (z * z) / n];
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
}
