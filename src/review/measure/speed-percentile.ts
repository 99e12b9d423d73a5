import type { ReviewBaseline } from '../../core/review-baseline.ts';
import { quantileOf, shareAtMost } from './quantile-sketch.ts';

/** As far apart as two sizes may lie (natural logarithm; a factor of about two) and still be called similar. */
export const similarSize = 0.7;

export interface SpeedPercentile {
  /** Share of changes of similar size whose review window was as short or shorter. Unit: ratio. */
  readonly share: number;
  /** Minutes; the median window of those changes. */
  readonly usualWindow: number;
  /** How many changes of similar size that rests on. */
  readonly n: number;
}

/**
 * Where a review window stands among those of changes of similar size: a conditional quantile, since windows spread over
 * a factor of ten around any line through them and no fixed lines-per-hour holds in two repositories.
 *
 * Domain: `window` in minutes as `reviewWindow` gives it, `lines` added plus deleted. Undefined where the baseline has no
 * band near that size.
 * Source: k-nearest-neighbour conditional quantile; that fixed rates do not transfer was measured on the histories the
 * corpus run reads.
 */
export function speedPercentile(
  window: number,
  lines: number,
  baseline: ReviewBaseline,
): SpeedPercentile | undefined {
  const size = Math.log(Math.max(1, lines));
  const [nearest] = baseline.bands
    .map((band) => ({ band, distance: Math.abs(Math.log(Math.max(1, band.lines)) - size) }))
    .filter(({ distance }) => distance <= similarSize)
    .toSorted((a, b) => a.distance - b.distance);
  if (!nearest) return undefined;
  const share = shareAtMost(nearest.band.window, window);
  const usualWindow = quantileOf(nearest.band.window, 0.5);
  if (share === undefined || usualWindow === undefined) return undefined;
  return { share, usualWindow, n: nearest.band.window.n };
}
