import fc from 'fast-check';
import {
  cumulativeStdNormalProbability,
  mean,
  probit,
  standardDeviation,
  wilcoxonRankSum,
} from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../src/core/statistics/benjamini-hochberg.ts';
import { meanRanks } from '../../../src/core/statistics/mean-ranks.ts';
import { normalBelow, normalQuantile } from '../../../src/core/statistics/normal-curve.ts';
import { drawBelow, seededRandom, shuffled } from '../../../src/core/statistics/seeded-random.ts';
import { wilsonInterval } from '../../../src/core/statistics/wilson-interval.ts';

const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe('the normal curve', () => {
  it('agrees with simple-statistics', () => {
    for (let z = -3; z <= 3; z += 0.25)
      expect(normalBelow(z)).toBeCloseTo(cumulativeStdNormalProbability(z), 4);
    for (const p of [0.01, 0.05, 0.2, 0.5, 0.8, 0.975])
      expect(Math.abs(normalQuantile(p) - probit(p))).toBeLessThan(0.005);
  });

  it('has the values of every table', () => {
    expect(normalBelow(1.959964)).toBeCloseTo(0.975, 6);
    expect(normalQuantile(0.95)).toBeCloseTo(1.644854, 4);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 6);
  });
});

describe('the Benjamini–Hochberg rate', () => {
  // The fifteen chances of the paper's example, of which it keeps four at q = 0.05.
  it('keeps what the paper keeps', () => {
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const rates = benjaminiHochberg(chances);
    expect(rates.filter((rate) => rate <= 0.05)).toHaveLength(4);
    expect(rates[3]).toBeCloseTo(0.035625, 6);
  });

  it('keeps the order given, is never below the chance, and rises with it', () => {
    fc.assert(
      fc.property(fc.array(chance, { maxLength: 30 }), (chances) => {
        const rates = benjaminiHochberg(chances);
        for (const [i, one] of chances.entries()) {
          expect(rates[i]).toBeGreaterThanOrEqual(one - 1e-12);
          expect(rates[i]).toBeLessThanOrEqual(1);
          for (const [j, other] of chances.entries())
            if (one < other) expect(rates[i]).toBeLessThanOrEqual(rates[j] ?? 0);
        }
      }),
    );
  });

  it('of one chance is the chance', () => {
    expect(benjaminiHochberg([0.03])).toEqual([0.03]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

describe('the Wilson interval', () => {
  // Newcombe (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is what Newcombe prints', (part, n, low, high) => {
    const interval = wilsonInterval(part, n);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it('holds the share and stays inside 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const [part, n] = [Math.min(a, b), Math.max(a, b)];
        const [low, high] = wilsonInterval(part, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        if (n > 0) expect(low - 1e-12 <= part / n && part / n <= high + 1e-12).toBe(true);
      }),
    );
  });
});

describe('mean ranks', () => {
  it('gives equal values the mean of their places', () => {
    expect(meanRanks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
    expect(meanRanks([])).toEqual([]);
  });

  it('adds up to the rank sum of simple-statistics', () => {
    const value = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 12 }),
        fc.array(value, { minLength: 1, maxLength: 12 }),
        (x, y) => {
          const sum = meanRanks([...x, ...y])
            .slice(0, x.length)
            .reduce((total, rank) => total + rank, 0);
          expect(sum).toBeCloseTo(wilcoxonRankSum(x, y), 9);
        },
      ),
    );
  });
});

describe('seeded random numbers', () => {
  it('are the same for the same seed, on every machine', () => {
    const random = seededRandom(1);
    expect([random(), random(), random()].map((number) => number.toFixed(6))).toEqual([
      '0.563672',
      '0.585111',
      '0.895907',
    ]);
  });

  it('are spread evenly between 0 and 1', () => {
    const random = seededRandom(42);
    const numbers = Array.from({ length: 20_000 }, () => random());
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(mean(numbers)).toBeCloseTo(0.5, 1.9);
    expect(standardDeviation(numbers)).toBeCloseTo(Math.sqrt(1 / 12), 1.9);
    const counts = Array.from({ length: 6 }, () => 0);
    for (let draw = 0; draw < 12_000; draw += 1) {
      const place = drawBelow(random, 6);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('shuffle without losing or doubling anything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
        expect(shuffled(values, seededRandom(seed)).toSorted((a, b) => a - b)).toEqual(
          values.toSorted((a, b) => a - b),
        );
      }),
    );
  });
});
