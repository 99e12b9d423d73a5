import { describe, expect, it } from 'vitest';
import type { CoverageFacts } from '../../../src/core/coverage-facts.ts';
import { isUnavailable, unavailable } from '../../../src/core/part.ts';
import { moduleTrend, usualShare } from '../../../src/coverage/measure/module-trend.ts';
import { comparedFacts } from '../comparison-facts.ts';

function withTrend(...points: readonly (readonly [ran: number, lines: number])[]): CoverageFacts {
  const { coverage } = comparedFacts({
    trend: points.map(([ran, lines], index) => ({
      commit: `${index}`,
      committedAt: `2026-01-0${index + 1}T00:00:00Z`,
      count: { ran, lines },
      modules: [
        { name: 'src/orders', count: { ran, lines } },
        { name: 'src/mail', count: { ran: 1, lines: 1 } },
      ],
    })),
  });
  if (isUnavailable(coverage)) throw new Error(coverage.unavailable);
  return coverage;
}

function lines(coverage: CoverageFacts) {
  return moduleTrend(coverage, 'src/orders').map(({ count }) => count.lines);
}

describe('the trend of a module', () => {
  it('has all its stored measurements, oldest first', () => {
    expect(lines(withTrend([50, 100], [60, 110], [70, 120]))).toEqual([100, 110, 120]);
    expect(moduleTrend(withTrend([50, 100]), 'src/none')).toEqual([]);
  });

  it('begins anew where another tool counts the lines', () => {
    // Istanbul, then c8, which counts every line; and back.
    expect(lines(withTrend([90, 100], [91, 101], [170, 200], [172, 202]))).toEqual([200, 202]);
    expect(lines(withTrend([170, 200], [90, 100], [91, 101]))).toEqual([100, 101]);
  });

  it('goes on over a growth of 30 %, and not over more', () => {
    expect(lines(withTrend([90, 100], [91, 130]))).toEqual([100, 130]);
    expect(lines(withTrend([90, 100], [91, 131]))).toEqual([131]);
    expect(lines(withTrend([90, 130], [91, 100]))).toEqual([130, 100]);
    expect(lines(withTrend([90, 131], [91, 100]))).toEqual([100]);
  });

  it('is empty without a history', () => {
    expect(moduleTrend({ ...withTrend(), trend: unavailable('nothing is stored') }, 'src/orders')).toEqual(
      [],
    );
    expect(lines(withTrend())).toEqual([]);
  });
});

describe('the usual share', () => {
  it('leaves a tenth out on either side, and is stated from the fewest measurements on', () => {
    const points = moduleTrend(
      withTrend(...Array.from({ length: 9 }, (_, index) => [90 + index, 100] as const)),
      'src/orders',
    );
    expect(usualShare(points, 9)).toEqual({ low: 0.91, high: 0.97, measurements: 9 });
    expect(usualShare(points, 10)).toBeUndefined();
  });
});
