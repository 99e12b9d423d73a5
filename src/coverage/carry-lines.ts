import type { Hunk, LineRange } from '../core/change.ts';
import type { LineStatus, StatusRun } from '../core/coverage-facts.ts';
import { appendRun } from './measure/append-run.ts';

export interface CarriedLines {
  /** In the head's numbering. */
  readonly runs: readonly StatusRun[];
  /** Lines of the report that the hunks remove or rewrite, in the measured commit's numbering. */
  readonly notCarried: readonly LineRange[];
}

/**
 * Carries line statuses from the measured commit (the hunks' base side) to the head. The hunks come from a diff without
 * context, in any order; a line inside one has no counterpart and is listed instead of guessed.
 */
export function carryLines(runs: readonly StatusRun[], hunks: readonly Hunk[]): CarriedLines {
  const ordered = hunks.toSorted((a, b) => firstTouched(a) - firstTouched(b));
  const carried: [number, number, LineStatus][] = [];
  const notCarried: { start: number; end: number }[] = [];
  let next = 0;
  let shift = 0;
  for (const [start, lines, status] of runs) {
    const end = start + lines;
    let line = start;
    while (line < end) {
      const hunk = ordered[next];
      const from = hunk === undefined ? Number.POSITIVE_INFINITY : firstTouched(hunk);
      const stop = Math.min(end, from);
      if (line < stop) {
        appendRun(carried, line + shift, stop - line, status);
        line = stop;
      }
      if (hunk === undefined || line < from) continue;
      const behind = from + hunk.baseLines;
      const lost = Math.min(end, behind);
      if (line < lost) {
        appendRange(notCarried, line, lost - 1);
        line = lost;
      }
      if (line >= behind) {
        shift += hunk.headLines - hunk.baseLines;
        next += 1;
      }
    }
  }
  return { runs: carried, notCarried };
}

/** The first base line that the hunk moves: git names the line before when nothing is removed. */
function firstTouched(hunk: Hunk): number {
  return hunk.baseLines === 0 ? hunk.baseStart + 1 : hunk.baseStart;
}

function appendRange(ranges: { start: number; end: number }[], start: number, end: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last.end + 1 === start) last.end = end;
  else ranges.push({ start, end });
}
