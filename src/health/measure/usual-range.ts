import type { UsualRange, WeekValue } from '../../core/health-report.ts';
import { type Part, unavailable } from '../../core/part.ts';
import { thresholds } from '../thresholds.ts';
import { quantile } from './quantile.ts';

/**
 * The range that the middle 80 percent of the repository's own earlier weeks kept to (90 percent where it has merged
 * fewer than 100 pull requests). `earlier` leaves out the week that is compared. Unavailable where there is too little.
 * Domain: values of one measure. Source: none, the repository itself is the measure.
 */
export function usualRange(earlier: readonly WeekValue[], merged: number): Part<UsualRange> {
  const { leastMerged, leastForRange, leastWeeks, ownBaseline } = thresholds;
  if (merged < leastMerged.value) {
    return unavailable(`a usual range needs ${leastMerged.value} merged in half a year, there are ${merged}`);
  }
  const withValue = earlier.filter(({ value }) => value !== undefined);
  const n = withValue.reduce((sum, week) => sum + week.n, 0);
  if (withValue.length < leastWeeks.value) {
    return unavailable(
      `a usual range needs ${leastWeeks.value} earlier weeks with a value, there are ${withValue.length}`,
    );
  }
  if (n < leastForRange.value) {
    return unavailable(`a usual range needs ${leastForRange.value} observations, there are ${n}`);
  }
  const values = withValue.flatMap(({ value }) => value ?? []);
  const tail = merged < ownBaseline.value ? 0.05 : 0.1;
  const [low = 0, median = 0, high = 0] = [tail, 0.5, 1 - tail].map((q) => quantile(values, q));
  return { low, median, high, weeks: withValue.length, n, tail };
}
