import type { SprintCalendar } from './settings.ts';

/** From its first moment to its deadline; the deadline is the first moment of what follows. ISO 8601, UTC. */
export interface Sprint {
  readonly start: string;
  readonly end: string;
}

export interface Sprints {
  /** Who knows the deadlines: the first of these that has any. */
  readonly from: 'settings' | 'milestones' | 'iterations' | 'releases';
  /** Oldest first; none overlaps another. */
  readonly sprints: readonly Sprint[];
}

/** With fewer there is nothing to turn round, and nothing is tested. Chosen by us. */
export const leastSprints = 4;

const day = 86_400_000;
/** Deadlines nearer to each other than this are one release in several steps. Chosen by us. */
const shortestDays = 4;
/** What lies longer apart has no end that anybody works towards for all of that time. Chosen by us. */
const longestDays = 92;

/** The sprints of a calendar that were over at `until` and began at or after `since`; its first day may lie anywhere. */
export function sprintsOfCalendar(
  { start, days }: SprintCalendar,
  since: string,
  until: string,
): readonly Sprint[] {
  const length = days * day;
  const [first, from, to] = [Date.parse(`${start}T00:00:00Z`), Date.parse(since), Date.parse(until)];
  if (!(length > 0) || [first, from, to].some(Number.isNaN)) return [];
  const sprints: Sprint[] = [];
  for (let begin = first + Math.ceil((from - first) / length) * length; begin + length <= to; begin += length)
    sprints.push({ start: iso(begin), end: iso(begin + length) });
  return sprints;
}

/**
 * The spans between deadlines that follow one another, for those that lie 4 to 92 days apart and inside `since` to
 * `until`. Of deadlines less than 4 days apart the last one counts.
 */
export function sprintsBetween(
  deadlines: readonly string[],
  since: string,
  until: string,
): readonly Sprint[] {
  const [from, to] = [Date.parse(since), Date.parse(until)];
  const times = [...new Set(deadlines.map((at) => Date.parse(at)))]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  const ends = times.filter((at, i) => (times[i + 1] ?? Number.POSITIVE_INFINITY) - at >= shortestDays * day);
  return ends.slice(1).flatMap((end, i) => {
    const start = ends[i] ?? end;
    return end - start <= longestDays * day ? [{ start: iso(start), end: iso(end) }] : [];
  });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
