import { describe, expect, it } from 'vitest';
import type { CoverageFacts, TrendPoint } from '../../../src/core/coverage-facts.ts';
import { evaluate } from '../../../src/core/evaluate.ts';
import { unavailable } from '../../../src/core/part.ts';
import { moduleCoverageEroding } from '../../../src/coverage/rules/module-coverage-eroding.ts';
import { baseCoverage, comparedFacts, ledger, measuredModule } from '../comparison-facts.ts';

function trend(...ran: readonly number[]): readonly TrendPoint[] {
  return ran.map((one, index) => ({
    commit: String(index),
    committedAt: `2026-06-${String(index + 1).padStart(2, '0')}T09:00:00Z`,
    count: { ran: one, lines: 1000 },
    modules: [{ name: 'src/orders', count: { ran: one, lines: 1000 } }],
  }));
}

const falling = [992, 990, 991, 987, 986, 984, 981];
const own = ledger({ base: { ran: 981, lines: 1000 }, added: { ran: 6, lines: 10 } });

function outcome(coverage: Partial<CoverageFacts>) {
  const facts = comparedFacts({
    base: baseCoverage(),
    modules: [measuredModule('src/orders', own)],
    trend: trend(...falling),
    ...coverage,
  });
  return evaluate(facts, [moduleCoverageEroding])[0]?.outcome;
}

describe('a module whose share falls slowly', () => {
  it('is named with its steps, its fall, and that none of them stood out', () => {
    const found = outcome({});
    expect(found?.kind === 'findings' && found.findings[0]).toMatchObject({
      level: 'warning',
      about: { module: 'src/orders' },
      confidence: 'high',
      observation:
        'The share of `src/orders` that tests run fell in 6 of 7 measurements since 2026-06-01, by 1.4 points in all; this change lowers it too (now 97.7 %).',
      impact:
        'No single step reached one point, so none of them stood out. Together they are 1.4 points that no single change has decided.',
      action: 'Which of the newer parts of `src/orders` deserve tests?',
    });
  });

  it('is not named for a single drop, however large', () => {
    expect(outcome({ trend: trend(990, 990, 990, 990, 990, 982, 982, 981, 981) })?.kind).toBe('findings');
    expect(outcome({ trend: trend(998, 998, 998, 998, 998, 982, 982, 981, 981) })?.kind).toBe('pass');
  });

  it('needs eight measurements, this one included', () => {
    expect(outcome({ trend: trend(...falling.slice(1)) })).toEqual({
      kind: 'not-applicable',
      reason: 'no touched module has 8 measurements that can be compared (6 of the same reports are stored)',
    });
  });
});

describe('nothing is said', () => {
  const quiet = {
    kind: 'pass',
    seen: '1 touched module with a history, none falls steadily and in this change too',
  };

  it('of a module that goes up and down', () => {
    expect(outcome({ trend: trend(980, 992, 979, 991, 980, 992, 981) })).toEqual(quiet);
  });

  it('of a steady fall of less than one point', () => {
    expect(outcome({ trend: trend(983, 982.5, 982, 981.5, 981, 980.5, 980) })).toEqual(quiet);
  });

  it('of a module that this change does not lower', () => {
    const better = ledger({ base: { ran: 970, lines: 1000 }, added: { ran: 10, lines: 10 } });
    expect(outcome({ modules: [measuredModule('src/orders', better)] })).toEqual(quiet);
  });

  it('of a module that the change does not touch', () => {
    expect(outcome({ modules: [measuredModule('src/orders', own, { isTouched: false })] })).toEqual({
      kind: 'not-applicable',
      reason: 'the change touches no measured module',
    });
  });

  it('without a history, and the reason is given', () => {
    expect(outcome({ trend: unavailable('nothing is stored') })).toEqual({
      kind: 'not-available',
      reason: 'nothing is stored',
    });
  });
});
