import type { LineCount, TrendPoint } from '../../core/coverage-facts.ts';
import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure, WeekValue } from '../../core/health-report.ts';
import { type IsoWeek, isIn } from '../../core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { mergedInAll } from './merged-in-all.ts';

/**
 * Lines that the tests of the default branch ran, out of those that hold code, at the last measured commit of each week. A
 * week without one has no value. Unit: ratio of lines.
 */
export function branchCoverage(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { coverage = unavailable('the stored coverage was not read') } = facts;
  if (isUnavailable(coverage)) return coverage;
  const values = weeks.map((week): WeekValue => {
    const last = lastIn(week, coverage);
    if (!last) return { week: week.label, n: 0 };
    const { ran, lines } = last.count;
    return { week: week.label, n: lines, part: ran, value: ran / lines };
  });
  return measureOverWeeks(values, {
    unit: 'ratio',
    worse: 'lower',
    merged: mergedInAll(facts),
    // Every line is counted; nothing is drawn from a larger lot.
    chance: () => 0,
  });
}

export interface ModuleFall {
  /** Empty: what belongs to no module. */
  readonly name: string;
  readonly before: LineCount;
  readonly after: LineCount;
}

/** The module that has most lines that no test runs more than before the week; undefined where none has. */
export function largestFall(week: IsoWeek, coverage: readonly TrendPoint[]): ModuleFall | undefined {
  const after = lastIn(week, coverage);
  const before = coverage.findLast(({ committedAt }) => Date.parse(committedAt) < Date.parse(week.start));
  const known = new Map(before?.modules.map(({ name, count }) => [name, count]));
  const falls = (after?.modules ?? []).flatMap(({ name, count }) => {
    const past = known.get(name);
    return past && notRun(count) > notRun(past) ? [{ name, before: past, after: count }] : [];
  });
  return falls.toSorted((a, b) => added(b) - added(a) || (a.name < b.name ? -1 : 1))[0];
}

function lastIn(week: IsoWeek, coverage: readonly TrendPoint[]): TrendPoint | undefined {
  return coverage.findLast(({ committedAt, count }) => isIn(week, committedAt) && count.lines > 0);
}

function added({ before, after }: ModuleFall): number {
  return notRun(after) - notRun(before);
}

function notRun({ ran, lines }: LineCount): number {
  return lines - ran;
}
