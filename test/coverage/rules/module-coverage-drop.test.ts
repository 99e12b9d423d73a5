import { describe, expect, it } from 'vitest';
import type { CoverageFacts, CoverageLedger, TrendPoint } from '../../../src/core/coverage-facts.ts';
import { evaluate } from '../../../src/core/evaluate.ts';
import { unavailable } from '../../../src/core/part.ts';
import { moduleCoverageDrop } from '../../../src/coverage/rules/module-coverage-drop.ts';
import { baseCoverage, comparedFacts, ledger, measuredModule } from '../comparison-facts.ts';

function outcome(own: CoverageLedger, more: Partial<CoverageFacts> = {}) {
  const facts = comparedFacts({
    base: baseCoverage(),
    modules: [measuredModule('src/orders', own)],
    ...more,
  });
  return evaluate(facts, [moduleCoverageDrop])[0]?.outcome;
}

function finding(own: CoverageLedger, more: Partial<CoverageFacts> = {}) {
  const found = outcome(own, more);
  if (found?.kind !== 'findings') throw new Error(JSON.stringify(found));
  return found.findings[0];
}

const base = { ran: 900, lines: 1000 };

describe('a module that tests run less of', () => {
  it('is named with its shares, its reasons and the whole ledger', () => {
    const own = ledger({
      base,
      added: { ran: 40, lines: 60 },
      removed: { ran: -30, lines: -30 },
      indirect: { ran: -15, lines: 0 },
    });
    expect(finding(own)).toMatchObject({
      level: 'notice',
      about: { module: 'src/orders' },
      confidence: 'high',
      observation:
        'The tests run 86.8 % of `src/orders`, 2.7 points less than before (89.6 % at 1111111): 20 of 60 added lines do not run, 15 unchanged lines run no more.',
      impact: 'Of its 1,030 lines 135 run in no test now; code that was removed or moved is left out.',
      action: 'Do these lines of `src/orders` need fewer tests than the rest of it?',
      measurements: [
        { name: 'share run', value: 895 / 1030, unit: 'ratio' },
        { name: 'drop', unit: 'ratio' },
        { name: 'lines run at the base', value: 900, base: 1000 },
        { name: 'added', value: 40, base: 60 },
        { name: 'removed', value: -30, base: -30 },
        { name: 'unchanged (indirect)', value: -15, base: 0 },
        { name: 'lines run now', value: 895, base: 1030 },
      ],
    });
  });

  it('says what is usual there, from twenty stored measurements on', () => {
    const own = ledger({ base, added: { ran: 0, lines: 40 } });
    const trend = (length: number): readonly TrendPoint[] =>
      Array.from({ length }, (_, index) => ({
        commit: String(index),
        committedAt: '2026-01-01T00:00:00Z',
        count: base,
        modules: [{ name: 'src/orders', count: { ran: 880 + index, lines: 1000 } }],
      }));
    expect(finding(own, { trend: trend(20) })?.impact).toBe(
      'Usually tests run 88 to 89 % of it (20 measurements).',
    );
    expect(finding(own, { trend: trend(19) })?.impact).toContain(
      'code that was removed or moved is left out',
    );
  });

  it('is less sure of it when the base lies some commits back', () => {
    const own = ledger({ base, added: { ran: 0, lines: 40 } });
    expect(finding(own, { base: baseCoverage({ distance: 3 }) })).toMatchObject({
      confidence: 'medium',
      observation: expect.stringContaining('(90.0 % at 1111111, 3 commits before the merge base)'),
    });
  });
});

describe('every verdict on a comparison', () => {
  it.each([
    ['a finding', ledger({ base, added: { ran: 0, lines: 40 } })],
    ['a pass', ledger({ base, added: { ran: 4, lines: 4 } })],
  ])('carries the whole ledger: %s', (_, own) => {
    expect(outcome(own, { base: baseCoverage({ ledger: own }) })).toMatchObject({
      coverage: { base: '1'.repeat(40), all: own, modules: [{ name: 'src/orders', ledger: own }] },
    });
  });
});

describe('nothing is said', () => {
  it('of a drop below one point, and one of exactly one point is named', () => {
    expect(
      outcome(ledger({ base, indirect: { ran: -9, lines: 0 }, added: { ran: 0, lines: 0 } }))?.kind,
    ).toBe('pass');
    expect(outcome(ledger({ base, indirect: { ran: -10, lines: 0 } }))?.kind).toBe('findings');
  });

  it('of fewer than ten lines', () => {
    const small = { ran: 90, lines: 100 };
    expect(outcome(ledger({ base: small, indirect: { ran: -9, lines: 0 } }))?.kind).toBe('pass');
    expect(outcome(ledger({ base: small, indirect: { ran: -10, lines: 0 } }))?.kind).toBe('findings');
  });

  it('of a module of 49 lines, and something of one of 50', () => {
    const own = (lines: number) => ledger({ base: { ran: lines, lines }, added: { ran: 0, lines: 20 } });
    expect(outcome(own(49))).toEqual({
      kind: 'not-applicable',
      reason: 'no module has 50 measured lines here and at the base',
    });
    expect(outcome(own(50))?.kind).toBe('findings');
  });

  it('when the share falls only because tested code was removed or went elsewhere', () => {
    expect(
      outcome(ledger({ base, removed: { ran: -400, lines: -400 }, moved: { ran: -300, lines: -300 } })),
    ).toMatchObject({
      kind: 'pass',
      seen: '1 module, none falls by 1.0 points through lines added or run no more; together 90.0 % at 1111111, 90.0 % now',
    });
  });

  it('when there is nothing to compare with', () => {
    expect(outcome(ledger({ base }), { base: unavailable('nothing is stored') })).toEqual({
      kind: 'not-available',
      reason: 'nothing is stored',
    });
  });
});
