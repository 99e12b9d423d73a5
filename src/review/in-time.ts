/** One spelling for one moment, so that times can be compared as text. */
export function utc(time: string): string {
  const moment = new Date(time);
  return Number.isNaN(moment.getTime()) ? time : moment.toISOString().replace('.000Z', 'Z');
}

/** Equal times keep the order GitHub gave. */
export function inTime<T>(items: readonly T[], timeOf: (item: T) => string): readonly T[] {
  return items.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
}
