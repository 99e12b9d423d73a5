import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { rankSumTail } from './chance.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { mergedInAll } from './merged-in-all.ts';
import { hoursToFirstHumanReview, isByBot } from './review-of-pull.ts';
import { lastAndEarlier, weeklyMedians } from './weekly-values.ts';

/**
 * Median hours to the first review by a human who wrote none of the change, over the merged pull requests that had one
 * and were not opened by a bot. A bot's first review would make it look many times shorter.
 */
export function firstHumanReview(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { pulls } = facts;
  if (isUnavailable(pulls)) return pulls;
  const times = pulls.pulls.flatMap((pull) => {
    const value = isByBot(pull) ? undefined : hoursToFirstHumanReview(pull);
    return value === undefined ? [] : [{ at: pull.mergedAt, value }];
  });
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
