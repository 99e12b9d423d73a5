import type { TriedChange } from '../../core/court-facts.ts';
import { meanRanks } from '../../core/statistics/mean-ranks.ts';
import { courtThresholds } from './thresholds.ts';

const day = 86_400_000;

/**
 * The name of each change's stratum: size × era × kind. Only changes of one stratum are compared: large changes, an early
 * wild era, and reverts go wrong more often, whatever a rule says of them. Sizes are fourths of all given, down to
 * tenths where there are many: the largest ones still differ most. Eras are spans of 180 days counted back from the newest
 * merge.
 */
export function strataOf(changes: readonly TriedChange[]): readonly string[] {
  const { leastSizeBands, mostSizeBands, changesInBand, eraDays } = courtThresholds;
  const bands = Math.max(
    leastSizeBands.value,
    Math.min(mostSizeBands.value, Math.floor(changes.length / changesInBand.value)),
  );
  const sizes = meanRanks(changes.map(({ lines }) => lines));
  const newest = changes.reduce((latest, { mergedAt }) => Math.max(latest, Date.parse(mergedAt)), 0);
  return changes.map(({ mergedAt, kind }, i) => {
    const share = ((sizes[i] ?? 1) - 0.5) / changes.length;
    const size = Math.min(bands - 1, Math.floor(share * bands));
    const era = Math.floor((newest - Date.parse(mergedAt)) / (eraDays.value * day));
    return `${size} ${era} ${kind}`;
  });
}
