import { expect, it } from 'vitest';
import { erosion } from '../../../src/coverage/measure/erosion.ts';

const of = (...ran: readonly number[]) => erosion(ran.map((one) => ({ ran: one, lines: 1000 })));

it('a fall is counted by its steps, measured along the robust line and weighed against chance', () => {
  const seen = of(990, 988, 989, 985, 985, 980, 978, 970);
  expect(seen).toMatchObject({ measurements: 8, steps: 7, falls: 5 });
  expect(seen.largestStep).toBeCloseTo(0.008, 9);
  expect(seen.fall).toBeCloseTo(0.01517, 5);
  expect(seen.chance).toBeLessThan(0.01);
});

it('a single collapse among equal values is no steady fall', () => {
  const seen = of(990, 990, 990, 990, 990, 990, 990, 900);
  expect(seen.fall).toBeCloseTo(0, 9);
});

it('a rise has a negative fall and no small chance', () => {
  const seen = of(900, 910, 920, 930);
  expect(seen.fall).toBeCloseTo(-0.03, 9);
  expect(seen.chance).toBeGreaterThan(0.9);
});
