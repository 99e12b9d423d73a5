import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { mergedInAll } from './merged-in-all.ts';
import { weeklyCounts } from './weekly-values.ts';

/**
 * Pull requests merged into the default branch, those of bots included; without GitHub's answer, the entries of the branch
 * whose message names one, which leaves out rebased ones. Unit: pull requests a week. Context, never news.
 */
export function mergedPulls(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { pulls, history } = facts;
  const options = { unit: 'count', merged: mergedInAll(facts) } as const;
  if (isUnavailable(pulls)) {
    const named = isUnavailable(history)
      ? []
      : history.commits.filter(({ pullRequest }) => pullRequest !== undefined);
    if (isUnavailable(history) || named.length === 0) return pulls;
    const times = named.map(({ committedAt }) => ({ at: committedAt }));
    return measureOverWeeks(weeklyCounts(weeks, history.completeSince, times), options);
  }
  const counts = weeklyCounts(
    weeks,
    pulls.completeSince,
    pulls.pulls.map(({ mergedAt }) => ({ at: mergedAt })),
  );
  return measureOverWeeks(counts, options);
}
