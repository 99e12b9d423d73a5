import { describe, expect, it } from 'vitest';
import type { BaseCoverage } from '../../../src/core/coverage-facts.ts';
import { evaluate } from '../../../src/core/evaluate.ts';
import { unchangedLinesLostCoverage } from '../../../src/coverage/rules/unchanged-lines-lost-coverage.ts';
import { baseCoverage, comparedFacts } from '../comparison-facts.ts';

function outcome(base: Partial<BaseCoverage>) {
  return evaluate(comparedFacts({ base: baseCoverage(base) }), [unchangedLinesLostCoverage])[0]?.outcome;
}

function lost(path: string, start: number, end: number, flaky = 0) {
  return { path, ranges: [{ start, end }], flaky };
}

describe('unchanged lines that run no more', () => {
  it('are one finding, which names the files with most of them', () => {
    const found = outcome({ lostLines: [lost('a.ts', 1, 2), lost('b.ts', 10, 19), lost('c.ts', 7, 9, 2)] });
    expect(found?.kind === 'findings' && found.findings).toMatchObject([
      {
        level: 'warning',
        confidence: 'high',
        otherPlaces: [
          { path: 'b.ts', line: 10, endLine: 19, side: 'head' },
          { path: 'c.ts', line: 7, endLine: 9, side: 'head' },
          { path: 'a.ts', line: 1, endLine: 2, side: 'head' },
        ],
        observation:
          '15 unchanged lines in 3 files ran at 1111111 and run no more: `b.ts` lines 10–19; `c.ts` lines 7–9; and 1 more file.',
        impact: 'The diff shows none of them, so a fault there would now pass the tests.',
        action: 'Was a test that ran them removed, skipped or left out of this run?',
        measurements: [
          { name: 'unchanged lines that run no more', value: 15, unit: 'lines', base: 1000 },
          { name: 'flaky lines left out', value: 2, unit: 'lines' },
        ],
      },
    ]);
  });

  it('may be the effect of others when commits lie between', () => {
    const found = outcome({ distance: 2, lostLines: [lost('a.ts', 1, 9)] });
    expect(found?.kind === 'findings' && found.findings[0]).toMatchObject({
      confidence: 'medium',
      impact:
        'The diff shows none of them, so a fault there would now pass the tests. 2 commits of others lie between.',
    });
  });

  it('are named from five on, flaky ones not counted', () => {
    expect(outcome({ lostLines: [lost('a.ts', 1, 4, 30)] })).toEqual({
      kind: 'pass',
      seen: '4 of 1000 unchanged lines run no more (30 lines that came and went before left out)',
    });
    expect(outcome({ lostLines: [lost('a.ts', 1, 5)] })?.kind).toBe('findings');
  });

  it('are not looked for while a report is missing', () => {
    expect(
      outcome({ missingShards: [{ name: 'x', files: 1, lines: 5 }], lostLines: [lost('a.ts', 1, 9)] })?.kind,
    ).toBe('not-available');
  });
});
