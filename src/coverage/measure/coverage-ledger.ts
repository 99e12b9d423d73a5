import type { Hunk, LineRange } from '../../core/change.ts';
import type { CoverageLedger, LineCount, LineStatus, StatusRun } from '../../core/coverage-facts.ts';
import { invertedHunks } from './inverted-hunks.ts';
import { countOf, minus, noLines, plus } from './line-count.ts';
import { isWithin } from './line-ranges.ts';

/** One file in two measurements. */
export interface FileInBoth {
  /** Lines at the base; undefined when the base measurement does not know the file. */
  readonly base: readonly StatusRun[] | undefined;
  /** Lines at the measured commit; undefined when this measurement does not know the file. */
  readonly head: readonly StatusRun[] | undefined;
  /** From base to measured commit, without context; undefined when one of the two commits has no such file. */
  readonly hunks: readonly Hunk[] | undefined;
  /** Lines of the measured commit that this change adds; undefined: every line that is new. */
  readonly addedHere?: readonly LineRange[];
  /** Lines of the base that this change removes; undefined: every line that is gone. */
  readonly removedHere?: readonly LineRange[];
  /** Lines that are gone here and stand elsewhere, and lines that are new here and come from elsewhere. */
  readonly movedAway?: readonly LineRange[];
  readonly movedHere?: readonly LineRange[];
}

export interface FileLedger extends CoverageLedger {
  /** Unchanged lines of a file that both measurements know: that either counts as code, and that only one does. */
  readonly unchanged: { readonly lines: number; readonly knownToOne: number };
  /** Base lines that other changes removed: the farther apart the two, the more of them. */
  readonly gone: number;
  /** Unchanged lines that ran and do not any more, in the measured commit's numbering. */
  readonly lost: readonly LineRange[];
}

type Part = 'added' | 'removed' | 'moved' | 'indirect' | 'elsewhere' | 'unmapped';

/**
 * Attributes every line of both measurements to exactly one part, so that the parts add up to the difference between
 * them. Integers only; a ratio made of them is the reader's.
 */
export function fileLedger(file: FileInBoth): FileLedger {
  if (file.hunks?.length === 0 && file.base && file.head && areEqual(file.base, file.head))
    return unchangedLedger(file.base);
  const parts: Record<Part, { ran: number; lines: number }> = {
    added: { ...noLines },
    removed: { ...noLines },
    moved: { ...noLines },
    indirect: { ...noLines },
    elsewhere: { ...noLines },
    unmapped: { ...noLines },
  };
  const unchanged = { lines: 0, knownToOne: 0 };
  const lost: { start: number; end: number }[] = [];
  let gone = 0;
  const knownToBoth = file.base !== undefined && file.head !== undefined;
  const there = statuses(file.head ?? []);
  const seen = new Set<number>();

  const toHead = file.hunks === undefined ? undefined : carrier(file.hunks);
  for (const [line, status] of statuses(file.base ?? [])) {
    const at = toHead?.(line);
    if (at === undefined) {
      const part = partOfGone(line);
      count(parts[part], status, -1);
      if (part === 'elsewhere') gone += 1;
      continue;
    }
    const now = there.get(at);
    seen.add(at);
    const part = knownToBoth ? parts.indirect : parts.unmapped;
    count(part, status, -1);
    if (now !== undefined) count(part, now, 1);
    if (!knownToBoth) continue;
    unchanged.lines += 1;
    if (now === undefined) unchanged.knownToOne += 1;
    else if (status !== 'miss' && now === 'miss') extend(lost, at);
  }

  const toBase = file.hunks === undefined ? undefined : carrier(invertedHunks(file.hunks));
  for (const [line, status] of there) {
    if (seen.has(line)) continue;
    if (toBase?.(line) === undefined) count(parts[partOfNew(line)], status, 1);
    else {
      count(knownToBoth ? parts.indirect : parts.unmapped, status, 1);
      if (knownToBoth) {
        unchanged.lines += 1;
        unchanged.knownToOne += 1;
      }
    }
  }

  function partOfGone(line: number): Part {
    if (isWithin(line, file.movedAway)) return 'moved';
    return file.removedHere === undefined || isWithin(line, file.removedHere) ? 'removed' : 'elsewhere';
  }

  function partOfNew(line: number): Part {
    if (isWithin(line, file.movedHere)) return 'moved';
    return file.addedHere === undefined || isWithin(line, file.addedHere) ? 'added' : 'elsewhere';
  }

  return { base: countOf(file.base ?? []), head: countOf(file.head ?? []), ...parts, unchanged, gone, lost };
}

/** Most files of most changes: same lines, same statuses. */
function unchangedLedger(runs: readonly StatusRun[]): FileLedger {
  const all = countOf(runs);
  const unchanged = { lines: all.lines, knownToOne: 0 };
  return { ...sumOfLedgers([]), base: all, head: all, unchanged, gone: 0, lost: [] };
}

function areEqual(a: readonly StatusRun[], b: readonly StatusRun[]): boolean {
  return (
    a.length === b.length &&
    a.every(([start, lines, status], index) => {
      const run = b[index];
      return run !== undefined && run[0] === start && run[1] === lines && run[2] === status;
    })
  );
}

/** Several ledgers as one; the parts still add up. */
export function sumOfLedgers(ledgers: readonly CoverageLedger[]): CoverageLedger {
  const sum = (part: keyof CoverageLedger) =>
    ledgers.reduce<LineCount>((total, ledger) => plus(total, ledger[part]), noLines);
  return {
    base: sum('base'),
    head: sum('head'),
    added: sum('added'),
    removed: sum('removed'),
    moved: sum('moved'),
    indirect: sum('indirect'),
    elsewhere: sum('elsewhere'),
    unmapped: sum('unmapped'),
  };
}

/**
 * A file that changed its module: everything it was leaves the one, everything it is comes to the other, and what happened
 * to it on the way counts there: what was removed in the one, what was added or runs no more in the other.
 */
export function splitLedger(ledger: CoverageLedger): {
  readonly left: CoverageLedger;
  readonly arrived: CoverageLedger;
} {
  const nothing = sumOfLedgers([]);
  const { base, head, removed, added, indirect, elsewhere, unmapped } = ledger;
  return {
    left: { ...nothing, base, removed, moved: minus(minus(noLines, base), removed) },
    arrived: {
      ...nothing,
      head,
      added,
      indirect,
      elsewhere,
      unmapped,
      moved: [added, indirect, elsewhere, unmapped].reduce(minus, head),
    },
  };
}

function statuses(runs: readonly StatusRun[]): ReadonlyMap<number, LineStatus> {
  const lines = new Map<number, LineStatus>();
  for (const [start, length, status] of runs)
    for (let line = start; line < start + length; line += 1) lines.set(line, status);
  return lines;
}

/** Carries single lines, asked for in ascending order or not. */
function carrier(hunks: readonly Hunk[]): (line: number) => number | undefined {
  const ordered = hunks.toSorted((a, b) => firstOf(a) - firstOf(b));
  const shifts: number[] = [];
  let shift = 0;
  for (const { baseLines, headLines } of ordered) {
    shift += headLines - baseLines;
    shifts.push(shift);
  }
  return (line) => {
    let [low, high] = [0, ordered.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const hunk = ordered[middle];
      if (hunk !== undefined && firstOf(hunk) <= line) low = middle + 1;
      else high = middle;
    }
    const hunk = ordered[low - 1];
    if (hunk === undefined) return line;
    return line < firstOf(hunk) + hunk.baseLines ? undefined : line + (shifts[low - 1] ?? 0);
  };
}

/** git names the line before when nothing is removed. */
function firstOf({ baseStart, baseLines }: Hunk): number {
  return baseLines === 0 ? baseStart + 1 : baseStart;
}

function count(part: { ran: number; lines: number }, status: LineStatus, sign: 1 | -1): void {
  part.lines += sign;
  if (status !== 'miss') part.ran += sign;
}

function extend(ranges: { start: number; end: number }[], line: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last.end + 1 === line) last.end = line;
  else ranges.push({ start: line, end: line });
}
