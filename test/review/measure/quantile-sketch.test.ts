import fc from 'fast-check';
import { expect, test } from 'vitest';
import { probabilities } from '../../../src/core/review-baseline.ts';
import { quantileOf, quantileSketch, shareAtMost } from '../../../src/review/measure/quantile-sketch.ts';

const numbers = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

test('the sketch of 1 to 101 holds its percentiles', () => {
  const sketch = quantileSketch(Array.from({ length: 101 }, (_, i) => 101 - i));
  expect(sketch).toEqual({ n: 101, at: [2, 3, 6, 11, 26, 51, 76, 91, 96, 99, 100] });
});

test('a sketch of nothing says nothing', () => {
  const sketch = quantileSketch([]);
  expect(sketch).toEqual({ n: 0, at: [] });
  expect(shareAtMost(sketch, 3)).toBeUndefined();
  expect(quantileOf(sketch, 0.5)).toBeUndefined();
});

test('a sketch of one number is that number everywhere', () => {
  expect(quantileSketch([7]).at).toEqual(probabilities.map(() => 7));
});

test('below everything kept the share is the lowest kept one, above it is all', () => {
  const sketch = quantileSketch(Array.from({ length: 100 }, (_, i) => i + 1));
  expect(shareAtMost(sketch, 0)).toBe(0.01);
  expect(shareAtMost(sketch, 1e9)).toBe(1);
});

test('equal values count as at most', () => {
  // Nine in ten are 5: being 5 is nothing rare, whichever of them is meant.
  const sketch = quantileSketch([
    ...Array.from({ length: 90 }, () => 5),
    ...Array.from({ length: 10 }, () => 9),
  ]);
  expect(shareAtMost(sketch, 5)).toBeGreaterThanOrEqual(0.75);
});

test('the share never falls when the value grows, and lies between 0 and 1', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      (values, a, b) => {
        const sketch = quantileSketch(values);
        const [low, high] = a <= b ? [a, b] : [b, a];
        const lower = shareAtMost(sketch, low) ?? -1;
        const higher = shareAtMost(sketch, high) ?? -1;
        expect(lower).toBeGreaterThan(0);
        expect(lower).toBeLessThanOrEqual(higher);
        expect(higher).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('what is kept ascends and stays within the numbers', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const { at } = quantileSketch(values);
      expect(at).toEqual(at.toSorted((a, b) => a - b));
      expect(at[0]).toBeGreaterThanOrEqual(Math.min(...values));
      expect(at.at(-1)).toBeLessThanOrEqual(Math.max(...values));
    }),
  );
});

test('the share of a kept value is its probability, where no two kept values are equal', () => {
  const sketch = quantileSketch(Array.from({ length: 1000 }, (_, i) => i * i));
  for (const p of probabilities.slice(0, -1))
    expect(shareAtMost(sketch, quantileOf(sketch, p) ?? -1)).toBeCloseTo(p, 10);
});
