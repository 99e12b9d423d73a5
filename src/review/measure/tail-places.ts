import type { Change, Hunk, LineRange } from '../../core/change.ts';
import type { Place } from '../../core/finding.ts';
import type { TailFile } from '../../core/review-facts.ts';

/**
 * Where the lines since the approval stand on the head side, largest stretch first (then by path and line), each inside
 * one hunk of the change, so that a comment can be anchored to it. A stretch outside every hunk (a line put back to what
 * the base has) has no place; a file of the change that has no other is named as a whole, after the stretches.
 * Domain: tail and change of one head. At most `limit` places.
 */
export function tailPlaces(files: readonly TailFile[], change: Change, limit: number): readonly Place[] {
  const hunks = new Map(change.files.map((file) => [file.path, file.hunks]));
  const stretches = files.flatMap((file) =>
    file.added.flatMap((range) =>
      (hunks.get(file.path) ?? []).flatMap((hunk) =>
        within(range, hunk).map((part) => ({ path: file.path, ...part })),
      ),
    ),
  );
  const lined = stretches
    .toSorted((a, b) => sizeOf(b) - sizeOf(a) || compare(a.path, b.path) || a.start - b.start)
    .map(
      ({ path, start, end }): Place => ({
        path,
        line: start,
        ...(end > start ? { endLine: end } : {}),
        side: 'head',
      }),
    );
  const named = new Set(lined.map(({ path }) => path));
  const whole = files
    .filter(({ path }) => hunks.has(path) && !named.has(path))
    .map(({ path }): Place => ({ path }))
    .toSorted((a, b) => compare(a.path, b.path));
  return [...lined, ...whole].slice(0, limit);
}

function within(range: LineRange, hunk: Hunk): readonly LineRange[] {
  const start = Math.max(range.start, hunk.headStart);
  const end = Math.min(range.end, hunk.headStart + hunk.headLines - 1);
  return start <= end ? [{ start, end }] : [];
}

function sizeOf(range: LineRange): number {
  return range.end - range.start + 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
