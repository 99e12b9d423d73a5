import type { Measure, MeasureUnit, UsualRange, WeekValue } from '../../core/health-report.ts';
import { isUnavailable } from '../../core/part.ts';
import { thresholds } from '../thresholds.ts';
import { usualRange } from './usual-range.ts';

export interface MeasureOptions {
  readonly unit: MeasureUnit;
  readonly worse?: 'higher' | 'lower';
  /** Pull requests (without any, commits) merged in all weeks: how much there is to go by. */
  readonly merged: number;
  /** How likely a week as bad as the last is, were it like those before. */
  readonly chance?: () => number;
}

/** A measure over the weeks, its last week compared with the range of those before. */
export function measureOverWeeks(weeks: readonly WeekValue[], options: MeasureOptions): Measure {
  const { unit, worse, merged, chance } = options;
  const usual = usualRange(weeks.slice(0, -1), merged);
  const value = weeks.at(-1)?.value;
  const isNews =
    value !== undefined &&
    !isUnavailable(usual) &&
    merged >= thresholds.leastForNews.value &&
    isWorse(options, value, usual) &&
    (chance?.() ?? 1) <= thresholds.mostChance.value;
  return { unit, ...(worse && { worse }), weeks, usual, isNews };
}

function isWorse({ unit, worse }: MeasureOptions, value: number, { low, high, median }: UsualRange): boolean {
  if (worse === 'lower') return value < low && median - value >= thresholds.leastFall.value;
  return worse === 'higher' && value > high && isWorthAWord(unit, value, median);
}

/** One week in ten lies above its range by nature: news takes a margin, and numbers that chance seldom gives. */
function isWorthAWord(unit: MeasureUnit, value: number, median: number): boolean {
  const { leastShare, leastFactor, leastHours, leastCount } = thresholds;
  switch (unit) {
    case 'ratio':
      return value - median >= leastShare.value;
    case 'hours':
      return value >= median * leastFactor.value && value - median >= leastHours.value;
    case 'count':
      return value - median >= leastCount.value;
  }
}
