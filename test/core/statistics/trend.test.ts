import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannKendall } from '../../../src/core/statistics/mann-kendall.ts';
import { theilSenSlope } from '../../../src/core/statistics/theil-sen-slope.ts';

describe('the Theil–Sen slope', () => {
  it('is the step of a straight line', () => {
    expect(theilSenSlope([5, 3, 1, -1])).toBe(-2);
  });

  it('does not follow one value that is far out', () => {
    expect(theilSenSlope([10, 9, 8, 70, 6, 5, 4])).toBe(-1);
  });

  it('of fewer than two values is 0', () => {
    expect([theilSenSlope([]), theilSenSlope([7])]).toEqual([0, 0]);
  });

  it('turns its sign with the values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 20 }), (values) => {
        expect(theilSenSlope(values.map((value) => -value)) + theilSenSlope(values)).toBeCloseTo(0, 9);
      }),
    );
  });
});

describe('the Mann–Kendall test', () => {
  it('counts rising pairs minus falling pairs', () => {
    expect(mannKendall([1, 2, 3, 4]).s).toBe(6);
    expect(mannKendall([4, 3, 2, 1]).s).toBe(-6);
    expect(mannKendall([1, 1, 1, 1])).toEqual({ s: 0, fallingBy: 1 });
  });

  // Kendall's own table has 0.016 for n = 8 and S = 18; the approximation gives z = -17 / sqrt(65.33) = -2.103.
  it('gives the chance of a fall this steady by accident', () => {
    const { s, fallingBy } = mannKendall([10, 8, 9, 7, 6, 7.5, 5, 6.5]);
    expect(s).toBe(-18);
    expect(fallingBy).toBeCloseTo(0.0177, 4);
    expect(mannKendall([8, 7, 6, 5, 4, 3, 2, 1]).fallingBy).toBeLessThan(0.001);
    expect(mannKendall([1, 2, 3, 4, 5, 6, 7, 8]).fallingBy).toBeGreaterThan(0.99);
  });

  it('says nothing about three values', () => {
    expect(mannKendall([3, 2, 1]).fallingBy).toBe(1);
  });
});
