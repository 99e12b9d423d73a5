import { expect, test } from 'vitest';
import { binomialTail, poissonTail, rankSumTail } from '../../src/health/measure/chance.ts';

// Reference values: exact sums of the distributions.
test.each([
  [10, 0, 0.3, 1],
  [10, 5, 0.5, 0.623046875],
  [5, 5, 0.5, 0.03125],
  [3, 4, 0.5, 0],
  [20, 3, 0, 0],
  [4, 4, 1, 1],
])('of %i, %i or more at %f: %f', (n, least, p, expected) => {
  expect(binomialTail(n, least, p)).toBeCloseTo(expected, 10);
});

test.each([
  [0, 2, 1],
  [1, 2, 0.8646647168],
  [4, 1, 0.0189881569],
  [1000, 900, 0.0005499023],
])('%i or more where %f are expected: %f', (least, mean, expected) => {
  expect(poissonTail(least, mean)).toBeCloseTo(expected, 9);
});

test('values above all earlier ones are seldom chance, and those among them are not', () => {
  const earlier = Array.from({ length: 100 }, (_, n) => n);
  expect(rankSumTail([200, 201, 202, 203, 204], earlier)).toBeLessThan(0.001);
  expect(rankSumTail([10, 30, 50, 70, 90], earlier)).toBeGreaterThan(0.4);
  expect(rankSumTail([-1, -2, -3, -4, -5], earlier)).toBeGreaterThan(0.999);
});

test('two equal sides are chance, with ties and without', () => {
  expect(rankSumTail([1, 2, 3, 4], [1, 2, 3, 4])).toBeGreaterThan(0.5);
  expect(rankSumTail([7, 7, 7], [7, 7, 7])).toBe(1);
  expect(rankSumTail([], [1])).toBe(1);
});
