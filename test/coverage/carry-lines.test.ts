import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hunk } from '../../src/core/change.ts';
import type { LineStatus, StatusRun } from '../../src/core/coverage-facts.ts';
import { carryLines } from '../../src/coverage/carry-lines.ts';

function hunk(baseStart: number, baseLines: number, headStart: number, headLines: number): Hunk {
  return { baseStart, baseLines, headStart, headLines };
}

function asLines(runs: readonly StatusRun[]): Map<number, LineStatus> {
  const lines = new Map<number, LineStatus>();
  for (const [start, count, status] of runs) for (let n = 0; n < count; n += 1) lines.set(start + n, status);
  return lines;
}

const status = fc.constantFrom<LineStatus>('hit', 'partial', 'miss');

const someRuns = fc
  .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 5 }), status), { maxLength: 12 })
  .map((parts) => {
    let line = 1;
    return parts.map(([gap, lines, kind]): StatusRun => {
      const start = line + gap;
      line = start + lines;
      return [start, lines, kind];
    });
  });

/** An edit of a file of 80 lines: for every base line its head line, or nothing. */
const someEdit = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(4), fc.nat(4)), { maxLength: 8 })
  .map((parts) => {
    const hunks: Hunk[] = [];
    let base = 1;
    let head = 1;
    for (const [keep, removed, added] of parts) {
      base += keep;
      head += keep;
      if (removed + added === 0) continue;
      hunks.push(hunk(removed === 0 ? base - 1 : base, removed, added === 0 ? head - 1 : head, added));
      base += removed;
      head += added;
    }
    return hunks;
  });

function invert(hunks: readonly Hunk[]): Hunk[] {
  return hunks.map((h) => hunk(h.headStart, h.headLines, h.baseStart, h.baseLines));
}

describe('carried lines', () => {
  it('stay where they are without hunks', () => {
    fc.assert(
      fc.property(someRuns, (runs) => {
        expect(asLines(carryLines(runs, []).runs)).toEqual(asLines(runs));
      }),
    );
  });

  it('move down by ten when the head lacks ten lines above, and up when it has ten more', () => {
    expect(carryLines([[20, 2, 'miss']], [hunk(1, 10, 0, 0)]).runs).toEqual([[10, 2, 'miss']]);
    expect(carryLines([[20, 2, 'miss']], [hunk(0, 0, 1, 10)]).runs).toEqual([[30, 2, 'miss']]);
  });

  it('are split by an insertion inside them', () => {
    expect(carryLines([[5, 4, 'hit']], [hunk(6, 0, 7, 3)])).toEqual({
      runs: [
        [5, 2, 'hit'],
        [10, 2, 'hit'],
      ],
      notCarried: [],
    });
  });

  it('are listed when a hunk rewrites them', () => {
    expect(carryLines([[5, 6, 'hit']], [hunk(6, 3, 6, 1)])).toEqual({
      runs: [
        [5, 1, 'hit'],
        [7, 2, 'hit'],
      ],
      notCarried: [{ start: 6, end: 8 }],
    });
  });

  it('come back unchanged through an edit and its inverse, but for the lines that were rewritten', () => {
    fc.assert(
      fc.property(someRuns, someEdit, (runs, edit) => {
        const there = carryLines(runs, edit);
        const back = carryLines(there.runs, invert(edit));
        expect(back.notCarried).toEqual([]);
        const kept = asLines(runs);
        for (const { start, end } of there.notCarried) for (let n = start; n <= end; n += 1) kept.delete(n);
        expect(asLines(back.runs)).toEqual(kept);
      }),
    );
  });

  it('are all accounted for: carried or listed, and none on a line that the head wrote', () => {
    fc.assert(
      fc.property(someRuns, someEdit, (runs, edit) => {
        const { runs: carried, notCarried } = carryLines(runs, edit);
        const lost = notCarried.reduce((sum, { start, end }) => sum + end - start + 1, 0);
        expect(asLines(carried).size + lost).toBe(asLines(runs).size);
        const written = new Set<number>();
        for (const h of edit) for (let n = 0; n < h.headLines; n += 1) written.add(h.headStart + n);
        for (const line of asLines(carried).keys()) expect(written.has(line)).toBe(false);
      }),
    );
  });

  it('land where two edits one after the other put them, in whatever order the hunks come', () => {
    fc.assert(
      fc.property(someRuns, someEdit, someEdit, (runs, first, second) => {
        const moved = (line: number, hunks: readonly Hunk[]): number | undefined => {
          let shift = 0;
          for (const h of hunks) {
            const from = h.baseLines === 0 ? h.baseStart + 1 : h.baseStart;
            if (line < from) break;
            if (line < from + h.baseLines) return undefined;
            shift += h.headLines - h.baseLines;
          }
          return line + shift;
        };
        const expected = new Map<number, LineStatus>();
        for (const [line, kind] of asLines(runs)) {
          const half = moved(line, first);
          const end = half === undefined ? undefined : moved(half, second);
          if (end !== undefined) expected.set(end, kind);
        }
        const half = carryLines(runs, first.toReversed()).runs;
        expect(asLines(carryLines(half, second.toReversed()).runs)).toEqual(expected);
      }),
    );
  });
});
