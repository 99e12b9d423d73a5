/** A calendar week as ISO 8601 counts them: Monday 00:00 to Monday 00:00, UTC; week 1 holds the year's first Thursday. */
export interface IsoWeek {
  /** "2026-W47". Labels sort as text in the order of time. */
  readonly label: string;
  /** 1 to 53. */
  readonly number: number;
  /** ISO 8601, UTC; the first moment of the week. */
  readonly start: string;
  /** The first moment of the week after. */
  readonly end: string;
}

const day = 24 * 60 * 60 * 1000;

/** "2026-11-16 to 2026-11-22": Monday and Sunday, both of which belong to it. */
export function daysOf({ start, end }: IsoWeek): string {
  return `${start.slice(0, 10)} to ${new Date(Date.parse(end) - 1).toISOString().slice(0, 10)}`;
}

/** The week a moment lies in. Throws `RangeError` for a text that is no time. */
export function isoWeekOf(time: string): IsoWeek {
  const moment = new Date(time);
  const midnight = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate());
  const start = midnight - ((moment.getUTCDay() + 6) % 7) * day;
  // The Thursday decides to which year a week belongs.
  const year = new Date(start + 3 * day).getUTCFullYear();
  const fourth = Date.UTC(year, 0, 4);
  const first = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * day;
  const number = Math.round((start - first) / (7 * day)) + 1;
  return {
    label: `${year}-W${String(number).padStart(2, '0')}`,
    number,
    start: new Date(start).toISOString(),
    end: new Date(start + 7 * day).toISOString(),
  };
}

/** The last `count` weeks that were over at `now`, oldest first. */
export function completeWeeks(now: string, count: number): readonly IsoWeek[] {
  const current = Date.parse(isoWeekOf(now).start);
  return Array.from({ length: count }, (_, index) =>
    isoWeekOf(new Date(current - (count - index) * 7 * day).toISOString()),
  );
}

export function isIn(week: IsoWeek, time: string): boolean {
  const moment = Date.parse(time);
  return moment >= Date.parse(week.start) && moment < Date.parse(week.end);
}
