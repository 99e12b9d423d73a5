import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hunk } from '../../../src/core/change.ts';
import type { CoverageLedger, LineStatus } from '../../../src/core/coverage-facts.ts';
import { fileLedger, splitLedger, sumOfLedgers } from '../../../src/coverage/measure/coverage-ledger.ts';
import { minus, noLines, plus } from '../../../src/coverage/measure/line-count.ts';
import { runsOf } from '../runs-arbitrary.ts';

const parts = ['added', 'removed', 'moved', 'indirect', 'elsewhere', 'unmapped'] as const;

function difference(ledger: CoverageLedger) {
  return minus(ledger.head, ledger.base);
}

function sumOfParts(ledger: CoverageLedger) {
  return parts.reduce((sum, part) => plus(sum, ledger[part]), noLines);
}

const status = fc.option(fc.constantFrom<LineStatus>('hit', 'partial', 'miss'), { nil: undefined });
/** A file as an edit script: kept, removed and added lines, each with its status on the side or sides it stands on. */
const script = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('kept' as const), base: status, head: status }),
    fc.record({ kind: fc.constant('removed' as const), base: status, head: fc.constant(undefined) }),
    fc.record({ kind: fc.constant('added' as const), base: fc.constant(undefined), head: status }),
  ),
  { maxLength: 60 },
);

function hunksOf(steps: readonly { readonly kind: 'kept' | 'removed' | 'added' }[]): readonly Hunk[] {
  const hunks: { baseStart: number; baseLines: number; headStart: number; headLines: number }[] = [];
  let [base, head] = [0, 0];
  let open = false;
  for (const { kind } of steps) {
    if (kind === 'kept') {
      base += 1;
      head += 1;
      open = false;
      continue;
    }
    if (!open) hunks.push({ baseStart: base, baseLines: 0, headStart: head, headLines: 0 });
    open = true;
    const hunk = hunks.at(-1);
    if (!hunk) continue;
    if (kind === 'removed') {
      base += 1;
      if (hunk.baseLines === 0) hunk.baseStart = base;
      hunk.baseLines += 1;
    } else {
      head += 1;
      if (hunk.headLines === 0) hunk.headStart = head;
      hunk.headLines += 1;
    }
  }
  return hunks;
}

describe('the ledger of a file', () => {
  it('has parts that add up to the difference, for every pair of measurements and every edit', () => {
    const ranges = fc.option(
      fc
        .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 8 })
        .map((lines) => lines.toSorted((a, b) => a - b).map((line) => ({ start: line, end: line }))),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        script,
        fc.record({ base: fc.boolean(), head: fc.boolean(), hunks: fc.boolean() }),
        fc.tuple(ranges, ranges, ranges, ranges),
        (steps, known, [addedHere, removedHere, movedAway, movedHere]) => {
          const base = runsOf(steps.filter(({ kind }) => kind !== 'added').map((step) => step.base));
          const head = runsOf(steps.filter(({ kind }) => kind !== 'removed').map((step) => step.head));
          const ledger = fileLedger({
            base: known.base ? base : undefined,
            head: known.head ? head : undefined,
            hunks: known.hunks ? hunksOf(steps) : undefined,
            ...(addedHere && { addedHere }),
            ...(removedHere && { removedHere }),
            ...(movedAway && { movedAway }),
            ...(movedHere && { movedHere }),
          });
          expect(sumOfParts(ledger)).toEqual(difference(ledger));
          const { left, arrived } = splitLedger(ledger);
          expect(sumOfParts(left)).toEqual(difference(left));
          expect(difference(sumOfLedgers([left, arrived]))).toEqual(difference(ledger));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives each line to the part its edit says', () => {
    const steps = [
      { kind: 'kept', base: 'hit', head: 'hit' },
      { kind: 'kept', base: 'hit', head: 'miss' },
      { kind: 'kept', base: 'hit', head: undefined },
      { kind: 'removed', base: 'miss', head: undefined },
      { kind: 'added', base: undefined, head: 'partial' },
      { kind: 'added', base: undefined, head: 'miss' },
      { kind: 'kept', base: 'partial', head: 'miss' },
    ] as const;
    const ledger = fileLedger({
      base: runsOf(steps.filter(({ kind }) => kind !== 'added').map(({ base }) => base)),
      head: runsOf(steps.filter(({ kind }) => kind !== 'removed').map(({ head }) => head)),
      hunks: hunksOf(steps),
    });
    expect(ledger).toEqual({
      base: { ran: 4, lines: 5 },
      head: { ran: 2, lines: 5 },
      added: { ran: 1, lines: 2 },
      removed: { ran: 0, lines: -1 },
      moved: noLines,
      indirect: { ran: -3, lines: -1 },
      elsewhere: noLines,
      unmapped: noLines,
      unchanged: { lines: 4, knownToOne: 1 },
      gone: 0,
      lost: [
        { start: 2, end: 2 },
        { start: 6, end: 6 },
      ],
    });
  });

  it('calls a file that only one measurement knows unmapped, and not a change in testing', () => {
    const base = runsOf(['hit', 'hit', 'miss']);
    expect(fileLedger({ base, head: undefined, hunks: [] })).toMatchObject({
      unmapped: { ran: -2, lines: -3 },
      indirect: noLines,
      lost: [],
      unchanged: { lines: 0, knownToOne: 0 },
    });
  });

  it('keeps the lines of other changes apart', () => {
    const head = runsOf(['hit', 'miss', 'miss']);
    const ledger = fileLedger({
      base: [],
      head,
      hunks: [{ baseStart: 0, baseLines: 0, headStart: 1, headLines: 3 }],
      addedHere: [{ start: 2, end: 2 }],
    });
    expect(ledger).toMatchObject({ added: { ran: 0, lines: 1 }, elsewhere: { ran: 1, lines: 2 } });
  });
});
