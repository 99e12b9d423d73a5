import type { Hunk, LineRange } from '../../core/change.ts';
import { carryLines } from '../carry-lines.ts';

/** Ranges ascend and do not overlap; none is nowhere. */
export function isWithin(line: number, ranges: readonly LineRange[] = []): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const range = ranges[middle];
    if (range !== undefined && range.start <= line) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low - 1];
  return range !== undefined && line <= range.end;
}

export function linesIn(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
}

/** Line ranges on the other side of a difference; lines that it removes are left out. */
export function carryRanges(ranges: readonly LineRange[], hunks: readonly Hunk[]): readonly LineRange[] {
  const { runs } = carryLines(
    ranges.map(({ start, end }) => [start, end - start + 1, 'hit'] as const),
    hunks,
  );
  return runs.map(([start, lines]) => ({ start, end: start + lines - 1 }));
}

/** Both lists ascend; what is left of `ranges` outside of `taken`. */
export function withoutRanges(
  ranges: readonly LineRange[],
  taken: readonly LineRange[],
): readonly LineRange[] {
  const left: LineRange[] = [];
  let next = 0;
  for (const { start, end } of ranges) {
    let from = start;
    while (next < taken.length && (taken[next]?.end ?? 0) < from) next += 1;
    for (let index = next; index < taken.length && from <= end; index += 1) {
      const range = taken[index];
      if (range === undefined || range.start > end) break;
      if (range.start > from) left.push({ start: from, end: range.start - 1 });
      from = Math.max(from, range.end + 1);
    }
    if (from <= end) left.push({ start: from, end });
  }
  return left;
}
