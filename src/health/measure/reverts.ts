import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure, WeekValue } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { poissonTail } from './chance.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { mergedInAll } from './merged-in-all.ts';
import { earlierShare, weeklyParts } from './weekly-values.ts';

/**
 * Entries of the default branch that take an earlier one back, by git's and GitHub's own words for it; without git, the
 * merged pull requests whose title says so. Reverting a revert is none. Unit: reverts a week.
 */
export function reverts(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { history, pulls } = facts;
  const merged = mergedInAll(facts);
  if (!isUnavailable(history)) {
    const events = history.commits.map(({ committedAt, isRevert }) => ({ at: committedAt, holds: isRevert }));
    const parts = weeklyParts(weeks, history.completeSince, events);
    return revertsOver(parts, merged);
  }
  if (isUnavailable(pulls)) return history;
  const events = pulls.pulls.map(({ mergedAt, isRevert }) => ({ at: mergedAt, holds: isRevert }));
  return revertsOver(weeklyParts(weeks, pulls.completeSince, events), merged);
}

function revertsOver(parts: readonly WeekValue[], merged: number): Measure {
  const { n = 0, part = 0 } = parts.at(-1) ?? {};
  const chance = () => poissonTail(part, n * earlierShare(parts));
  return measureOverWeeks(parts, { unit: 'count', worse: 'higher', merged, chance });
}
