import { describe, expect, it } from 'vitest';
import type { CoverageFacts } from '../../../src/core/coverage-facts.ts';
import { isUnavailable, unavailable } from '../../../src/core/part.ts';
import { comparableBase, comparisonThresholds } from '../../../src/coverage/measure/comparison-doubt.ts';
import { baseCoverage, comparedFacts, ledger } from '../comparison-facts.ts';

const limits = {
  largestUnmapped: comparisonThresholds.largestUnmapped.fallback,
  largestRecount: comparisonThresholds.largestRecount.fallback,
  largestMissing: comparisonThresholds.largestMissing.fallback,
  largestMoved: comparisonThresholds.largestMoved.fallback,
};

function doubt(coverage: Partial<CoverageFacts>): string | undefined {
  const facts = comparedFacts(coverage).coverage;
  if (isUnavailable(facts)) throw new Error(facts.unavailable);
  const outcome = comparableBase(facts, limits);
  return 'doubt' in outcome ? outcome.doubt : undefined;
}

describe('two measurements are not compared', () => {
  it('without a base, and say why there is none', () => {
    expect(doubt({})).toBe('no coverage of the base was looked for');
    expect(doubt({ base: unavailable('no coverage has been stored yet') })).toBe(
      'no coverage has been stored yet',
    );
  });

  it('when a report of the base is missing here', () => {
    expect(
      doubt({
        base: baseCoverage({
          missingShards: [
            { name: 'api/lcov.info', files: 212, lines: 3041 },
            { name: 'b', files: 1, lines: 1 },
          ],
        }),
      }),
    ).toBe(
      'the report `api/lcov.info` that the base 1111111 has is missing here (it covers 212 files and 3,041 lines), and 1 more; run all tests, or let the job that makes it finish first',
    );
  });

  it.each([
    [100, undefined],
    [
      101,
      '101 of 1000 unchanged lines count as code in only one of the two reports (here and at 1111111): they were made by different tools or settings, which is no change in testing',
    ],
  ])('when %i of 1000 unchanged lines are code to only one of them: %s', (knownToOne, said) => {
    expect(doubt({ base: baseCoverage({ unchanged: { lines: 1000, knownToOne } }) })).toBe(said);
  });

  it.each([
    [-100, undefined],
    [
      -101,
      'files with 101 lines are missing here although nothing changed them (the base has 1000 lines): a part of the report is missing',
    ],
    [
      101,
      'files with 101 lines were missing at 1111111 although nothing changed them (the base has 1000 lines): a part of the report is missing',
    ],
  ])('when files with %i of 1000 lines are known to one of them: %s', (lines, said) => {
    const own = ledger({ base: { ran: 900, lines: 1000 }, unmapped: { ran: 0, lines } });
    expect(doubt({ base: baseCoverage({ ledger: own }) })).toBe(said);
  });

  it.each([
    [300, undefined],
    [
      301,
      'other changes removed 301 of the 1000 lines measured at 1111111: that is too far away to compare with',
    ],
  ])('when others removed %i of 1000 lines: %s', (lost, said) => {
    expect(doubt({ base: baseCoverage({ carried: { lines: 1000, lost } }) })).toBe(said);
  });
});
