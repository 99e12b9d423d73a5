import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { rankSumTail } from './chance.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { mergedInAll } from './merged-in-all.ts';
import { hoursBetween, isByBot } from './review-of-pull.ts';
import { lastAndEarlier, weeklyMedians } from './weekly-values.ts';

/** Median hours from the opening of a pull request to its merge, without those of bots. Nights, weekends and drafts count. */
export function leadTime(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { pulls } = facts;
  if (isUnavailable(pulls)) return pulls;
  const times = pulls.pulls
    .filter((pull) => !isByBot(pull))
    .map(({ createdAt, mergedAt }) => ({ at: mergedAt, value: hoursBetween(createdAt, mergedAt) }));
  return measureOverWeeks(weeklyMedians(weeks, pulls.completeSince, times), {
    unit: 'hours',
    worse: 'higher',
    merged: mergedInAll(facts),
    chance: () => {
      const { last, earlier } = lastAndEarlier(weeks, pulls.completeSince, times);
      return rankSumTail(last, earlier);
    },
  });
}
