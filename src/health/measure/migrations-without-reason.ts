import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { weeklyParts } from './weekly-values.ts';

/**
 * Changes of the default branch that add migrations and for which no reason is written anywhere. Base: those that could
 * be judged and need one. Unit: changes a week. Each is worth a word, so there is no range for them.
 */
export function migrationsWithoutReason(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { migrations, history } = facts;
  if (isUnavailable(migrations)) return migrations;
  if (isUnavailable(history)) return history;
  const judged = migrations.entries.filter(({ reason }) => reason === 'written' || reason === 'missing');
  if (judged.length === 0 && migrations.entries.some(({ reason }) => reason === 'not-judged')) {
    return unavailable(migrations.limits[0] ?? 'none of them could be judged');
  }
  const parts = weeklyParts(
    weeks,
    history.completeSince,
    judged.map(({ committedAt, reason }) => ({ at: committedAt, holds: reason === 'missing' })),
  );
  const { isNews: _, ...measure } = measureOverWeeks(parts, { unit: 'count', merged: 0 });
  return {
    ...measure,
    usual: unavailable('every migration is to have a reason, so there is no range'),
    isNews: (parts.at(-1)?.part ?? 0) > 0,
  };
}
