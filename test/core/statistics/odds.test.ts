import fc from 'fast-check';
import { permutationTest } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { mantelHaenszel, type TwoByTwo } from '../../../src/core/statistics/mantel-haenszel.ts';
import { seededRandom } from '../../../src/core/statistics/seeded-random.ts';
import {
  shuffledWithin,
  stratifiedPermutation,
} from '../../../src/core/statistics/stratified-permutation.ts';

function table(markedWith: number, markedWithout: number, otherWith: number, otherWithout: number): TwoByTwo {
  return { markedWith, markedWithout, otherWith, otherWithout };
}

/** Admissions to Berkeley in 1973, six departments: men admitted and rejected, women admitted and rejected. */
const berkeley = [
  table(512, 313, 89, 19),
  table(353, 207, 17, 8),
  table(120, 205, 202, 391),
  table(138, 279, 131, 244),
  table(53, 138, 94, 299),
  table(22, 351, 24, 317),
];

const counts = fc.integer({ min: 0, max: 40 });
const anyTable = fc.tuple(counts, counts, counts, counts).map(([a, b, c, d]) => table(a, b, c, d));

describe('the Mantel–Haenszel odds ratio', () => {
  // R's mantelhaen.test(UCBAdmissions): X-squared 1.4269, p 0.2323 (1.5246 there is without the correction).
  it('gives what R gives for the admissions to Berkeley', () => {
    const { oddsRatio, interval, chiSquared, p } = mantelHaenszel(berkeley);
    expect(oddsRatio).toBeCloseTo(0.9046968, 6);
    expect(interval?.[0]).toBeCloseTo(0.7719074, 4);
    expect(interval?.[1]).toBeCloseTo(1.0603298, 4);
    expect(chiSquared).toBeCloseTo(1.4269, 3);
    expect(p).toBeCloseTo(0.2323, 3);
  });

  it('of one table is its plain odds ratio', () => {
    const { oddsRatio, seen, expected } = mantelHaenszel([table(12, 5, 3, 9)]);
    expect(oddsRatio).toBeCloseTo((12 * 9) / (5 * 3), 12);
    expect(seen).toBe(12);
    expect(expected).toBeCloseTo((17 * 15) / 29, 12);
  });

  it('is not led astray by an era in which everything went badly', () => {
    // Inside either era the mark means nothing; put together it looks like four times the odds.
    const [early, late] = [table(40, 40, 5, 5), table(1, 9, 10, 90)];
    expect(mantelHaenszel([table(41, 49, 15, 95)]).oddsRatio).toBeGreaterThan(4);
    expect(mantelHaenszel([early, late]).oddsRatio).toBeCloseTo(1, 12);
  });

  it('turns over when marked and unmarked change places', () => {
    fc.assert(
      fc.property(fc.array(anyTable, { maxLength: 6 }), (strata) => {
        const there = mantelHaenszel(strata);
        const back = mantelHaenszel(
          strata.map(({ markedWith, markedWithout, otherWith, otherWithout }) =>
            table(otherWith, otherWithout, markedWith, markedWithout),
          ),
        );
        expect(back.p).toBeCloseTo(there.p, 9);
        if (there.oddsRatio && back.oddsRatio) expect(there.oddsRatio * back.oddsRatio).toBeCloseTo(1, 9);
        for (const value of Object.values(there).flat()) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });

  it('says nothing about nothing', () => {
    expect(mantelHaenszel([])).toEqual({ chiSquared: 0, p: 1, seen: 0, expected: 0, variance: 0 });
    expect(mantelHaenszel([table(5, 5, 0, 0)]).oddsRatio).toBeUndefined();
    expect(mantelHaenszel([table(0, 5, 5, 5)])).toMatchObject({ oddsRatio: 0 });
    expect(mantelHaenszel([table(0, 5, 5, 5)]).interval).toBeUndefined();
  });
});

describe('the stratified permutation test', () => {
  // Fisher's tea: all four cups right has the chance 1 in 70, three or more right 17 in 70.
  it('is Fisher’s exact test in one stratum', () => {
    expect(stratifiedPermutation([table(4, 0, 0, 4)])).toBeCloseTo(1 / 70, 12);
    expect(stratifiedPermutation([table(3, 1, 1, 3)])).toBeCloseTo(17 / 70, 12);
    expect(stratifiedPermutation([table(0, 4, 4, 0)])).toBeCloseTo(1, 12);
  });

  it('of two strata counts the deals of both', () => {
    // 4 of 4 in both, by chance once in 70 times 70 deals.
    expect(stratifiedPermutation([table(4, 0, 0, 4), table(4, 0, 0, 4)])).toBeCloseTo(1 / 4900, 12);
  });

  it('of thousands of changes is as good as the normal curve, in no time', () => {
    const many = Array.from({ length: 60 }, () => table(18, 42, 30, 110));
    expect(stratifiedPermutation(many)).toBeLessThan(1e-6);
    const even = Array.from({ length: 60 }, () => table(16, 44, 32, 88));
    expect(stratifiedPermutation(even)).toBeGreaterThan(0.45);
    expect(stratifiedPermutation([table(4000, 0, 0, 4000)])).toBe(1e-16);
  });

  it('agrees with drawn permutations of simple-statistics', () => {
    const [a, b, c, d] = [7, 9, 4, 20];
    const ones = (n: number, value: number) => Array.from({ length: n }, () => value);
    const random = seededRandom(11);
    const drawn = permutationTest(
      [...ones(a, 1), ...ones(b, 0)],
      [...ones(c, 1), ...ones(d, 0)],
      'greater',
      2000,
      random,
    );
    expect(Math.abs(drawn - stratifiedPermutation([table(a, b, c, d)]))).toBeLessThan(0.03);
  });

  it('agrees with our own draws over several strata', () => {
    const strata = [table(6, 10, 8, 40), table(3, 3, 2, 9), table(2, 20, 5, 30)];
    const rows = strata.flatMap(({ markedWith, markedWithout, otherWith, otherWithout }, stratum) =>
      (
        [
          [markedWith, true, true],
          [markedWithout, true, false],
          [otherWith, false, true],
          [otherWithout, false, false],
        ] as const
      ).flatMap(([n, isMarked, isBad]) =>
        Array.from({ length: n }, () => ({ stratum: `${stratum}`, isMarked, isBad })),
      ),
    );
    const random = seededRandom(5);
    const keys = rows.map(({ stratum }) => stratum);
    const outcomes = rows.map(({ isBad }) => isBad);
    const draws = 2000;
    let asMany = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const dealt = shuffledWithin(outcomes, keys, random);
      if (rows.filter(({ isMarked }, i) => isMarked && dealt[i]).length >= 11) asMany += 1;
    }
    const exact = stratifiedPermutation(strata);
    expect(Math.abs(asMany / draws - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / draws));
  });

  it('is a chance, whatever the counts', () => {
    fc.assert(
      fc.property(fc.array(anyTable, { maxLength: 8 }), (strata) => {
        const chance = stratifiedPermutation(strata);
        expect(chance).toBeGreaterThan(0);
        expect(chance).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('deals inside the strata only, and the same for the same seed', () => {
    const keys = ['a', 'b', 'a', 'b', 'a'];
    const dealt = shuffledWithin([1, 10, 2, 20, 3], keys, seededRandom(3));
    expect(dealt.filter((_, i) => keys[i] === 'a').toSorted()).toEqual([1, 2, 3]);
    expect(dealt.filter((_, i) => keys[i] === 'b').toSorted()).toEqual([10, 20]);
    expect(shuffledWithin([1, 10, 2, 20, 3], keys, seededRandom(3))).toEqual(dealt);
  });
});
