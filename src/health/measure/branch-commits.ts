import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { mergedInAll } from './merged-in-all.ts';
import { weeklyCounts } from './weekly-values.ts';

/** Entries of the default branch's first-parent line: merges, squashes and direct commits. Unit: entries a week. Context. */
export function branchCommits(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { history } = facts;
  if (isUnavailable(history)) return history;
  const counts = weeklyCounts(
    weeks,
    history.completeSince,
    history.commits.map(({ committedAt }) => ({ at: committedAt })),
  );
  return measureOverWeeks(counts, { unit: 'count', merged: mergedInAll(facts) });
}
