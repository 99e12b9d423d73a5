import type { LineRange } from '../../core/change.ts';
import type { CoveredChangedFile, LineStatus } from '../../core/coverage-facts.ts';

/** Lines that did not run, with small gaps between them closed. */
export interface LineGroup extends LineRange {
  /** Lines of the group that did not run; the rest of it carries no code the report knows. */
  readonly notRun: number;
}

/** What a report says of the lines that a change adds to one file, in lines. */
export interface PatchCoverage {
  readonly path: string;
  readonly hit: number;
  /** Ran, but not on all branches. */
  readonly partial: number;
  readonly miss: number;
  /** Added lines whose code came after the measured commit: nothing is known of them. */
  readonly unknown: number;
  /** Largest first. */
  readonly notRun: readonly LineGroup[];
  /** In file order. */
  readonly partialLines: readonly LineRange[];
}

/** `hit + partial + miss`: added lines that hold code. Zero when a change adds nothing that runs. */
export function executableLines({
  hit,
  partial,
  miss,
}: Pick<PatchCoverage, 'hit' | 'partial' | 'miss'>): number {
  return hit + partial + miss;
}

/**
 * Looks up the added lines. Lines that did not run belong together when at most `largestGap` lines lie between them and
 * none of those ran.
 */
export function patchCoverage(
  file: CoveredChangedFile,
  added: readonly LineRange[],
  largestGap: number,
): PatchCoverage {
  const counts: Record<LineStatus, number> = { hit: 0, partial: 0, miss: 0 };
  const groups: { start: number; end: number; notRun: number }[] = [];
  const partialLines: { start: number; end: number }[] = [];
  let ranSince = true;
  for (const { start, end, status } of intersections(file, added)) {
    const lines = end - start + 1;
    counts[status] += lines;
    if (status !== 'miss') {
      ranSince = true;
      if (status === 'partial') append(partialLines, start, end);
      continue;
    }
    const last = groups.at(-1);
    if (last !== undefined && !ranSince && start - last.end - 1 <= largestGap) {
      last.end = end;
      last.notRun += lines;
    } else groups.push({ start, end, notRun: lines });
    ranSince = false;
  }
  return {
    path: file.path,
    ...counts,
    unknown: overlap(added, file.newSinceMeasured),
    notRun: groups.toSorted((a, b) => b.notRun - a.notRun || a.start - b.start),
    partialLines,
  };
}

interface StatusRange extends LineRange {
  readonly status: LineStatus;
}

function intersections(file: CoveredChangedFile, added: readonly LineRange[]): readonly StatusRange[] {
  const found: StatusRange[] = [];
  let next = 0;
  for (const [first, lines, status] of file.runs) {
    const last = first + lines - 1;
    while (next < added.length && (added[next]?.end ?? 0) < first) next += 1;
    for (let index = next; index < added.length; index += 1) {
      const range = added[index];
      if (range === undefined || range.start > last) break;
      found.push({ start: Math.max(first, range.start), end: Math.min(last, range.end), status });
    }
  }
  return found;
}

function overlap(a: readonly LineRange[], b: readonly LineRange[]): number {
  let lines = 0;
  for (const left of a) {
    for (const right of b) {
      lines += Math.max(0, Math.min(left.end, right.end) - Math.max(left.start, right.start) + 1);
    }
  }
  return lines;
}

function append(ranges: { start: number; end: number }[], start: number, end: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last.end + 1 === start) last.end = end;
  else ranges.push({ start, end });
}
