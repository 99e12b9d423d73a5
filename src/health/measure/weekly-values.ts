import type { WeekValue } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { thresholds } from '../thresholds.ts';
import { quantile } from './quantile.ts';

/** Something that happened at a moment. */
export interface At {
  readonly at: string;
}

/** Weeks that lie wholly in what was read; the others have no value, which is not the same as none. */
function isRead(week: IsoWeek, completeSince: string): boolean {
  return Date.parse(week.start) >= Date.parse(completeSince);
}

/** Those that lie in a week; its ends are read once, since there are many. */
function inWeek<T extends At>(week: IsoWeek, all: readonly T[]): readonly T[] {
  const [start, end] = [Date.parse(week.start), Date.parse(week.end)];
  return all.filter(({ at }) => {
    const moment = Date.parse(at);
    return moment >= start && moment < end;
  });
}

/** How many there were in each week. */
export function weeklyCounts(
  weeks: readonly IsoWeek[],
  completeSince: string,
  events: readonly At[],
): readonly WeekValue[] {
  return weeks.map((week) => {
    const n = inWeek(week, events).length;
    return isRead(week, completeSince) ? { week: week.label, n, value: n } : { week: week.label, n: 0 };
  });
}

/** The median of each week that has five or more. */
export function weeklyMedians(
  weeks: readonly IsoWeek[],
  completeSince: string,
  observations: readonly (At & { readonly value: number })[],
): readonly WeekValue[] {
  return weeks.map((week) => {
    if (!isRead(week, completeSince)) return { week: week.label, n: 0 };
    const values = inWeek(week, observations).map(({ value }) => value);
    const median = values.length >= thresholds.leastForWeek.value ? quantile(values, 0.5) : undefined;
    return { week: week.label, n: values.length, ...(median !== undefined && { value: median }) };
  });
}

/** The share of each week that has five or more; the counts of every week. */
export function weeklyShares(
  weeks: readonly IsoWeek[],
  completeSince: string,
  observations: readonly (At & { readonly holds: boolean })[],
): readonly WeekValue[] {
  return weeks.map((week) => {
    if (!isRead(week, completeSince)) return { week: week.label, n: 0 };
    const all = inWeek(week, observations);
    const part = all.filter(({ holds }) => holds).length;
    const isEnough = all.length >= thresholds.leastForWeek.value;
    return { week: week.label, n: all.length, part, ...(isEnough && { value: part / all.length }) };
  });
}

/** How many of each week's there were, whatever its size. */
export function weeklyParts(
  weeks: readonly IsoWeek[],
  completeSince: string,
  observations: readonly (At & { readonly holds: boolean })[],
): readonly WeekValue[] {
  return weeks.map((week) => {
    if (!isRead(week, completeSince)) return { week: week.label, n: 0 };
    const all = inWeek(week, observations);
    const part = all.filter(({ holds }) => holds).length;
    return { week: week.label, n: all.length, part, value: part };
  });
}

/** Values of the last week, and of the weeks before that were read. */
export function lastAndEarlier(
  weeks: readonly IsoWeek[],
  completeSince: string,
  observations: readonly (At & { readonly value: number })[],
): { readonly last: readonly number[]; readonly earlier: readonly number[] } {
  const read = weeks.filter((week) => isRead(week, completeSince));
  const valuesIn = (some: readonly IsoWeek[]) =>
    some.flatMap((week) => inWeek(week, observations)).map(({ value }) => value);
  return { last: valuesIn(weeks.slice(-1)), earlier: valuesIn(read.filter((week) => week !== weeks.at(-1))) };
}

/**
 * The share that all earlier weeks together had, drawn half an observation towards the middle, so that what has never
 * been seen is not taken for impossible.
 */
export function earlierShare(values: readonly WeekValue[]): number {
  const earlier = values.slice(0, -1);
  const n = earlier.reduce((sum, week) => sum + week.n, 0);
  const part = earlier.reduce((sum, week) => sum + (week.part ?? 0), 0);
  return (part + 0.5) / (n + 1);
}
