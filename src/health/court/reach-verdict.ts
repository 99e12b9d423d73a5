import type { CourtVerdict } from '../../core/court-report.ts';
import { normalBelow, normalQuantile } from '../../core/statistics/normal-curve.ts';
import { courtThresholds } from './thresholds.ts';
import type { Weighed } from './weigh-rule.ts';

/**
 * Chance that odds three times as high would have been found, and how many times as much data would find them four times
 * in five. `rules`: how many share the false discoveries; a rule that stands alone among them has to be as sure as this.
 * The logarithm of the ratio is known to 1 / √variance, the variance being that of the count under no effect.
 */
export function powerOf(
  { variance }: Pick<Weighed, 'variance'>,
  rules: number,
): { readonly power: number; readonly timesAsMuch?: number } {
  const { mostFalseDiscoveries, oddsAskedFor, wantedPower } = courtThresholds;
  const bar = normalQuantile(1 - mostFalseDiscoveries.value / Math.max(1, rules));
  const reach = Math.log(oddsAskedFor.value) * Math.sqrt(variance);
  if (!(reach > 0)) return { power: 0 };
  return {
    power: normalBelow(reach - bar),
    timesAsMuch: ((bar + normalQuantile(wantedPower.value)) / reach) ** 2,
  };
}

/** What may be said of a rule, with its false discovery rate `q` over all rules. */
export function reachVerdict(
  { oddsRatio, interval, spoke, passed }: Weighed,
  q: number,
  power: number,
): CourtVerdict {
  const { mostFalseDiscoveries, leastOddsRatio, leastOnEachSide, wantedPower } = courtThresholds;
  if (Math.min(spoke, passed) < leastOnEachSide.value) return 'too little data';
  const isSure = q <= mostFalseDiscoveries.value && interval !== undefined && interval[0] > 1;
  if (isSure && oddsRatio !== undefined && oddsRatio >= leastOddsRatio.value) return 'supported';
  return power >= wantedPower.value ? 'not supported' : 'too little data';
}
