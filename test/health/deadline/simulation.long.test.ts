import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/statistics/seeded-random.ts';
import { rotationTest } from '../../../src/health/deadline/rotation-test.ts';
import { scoreApprovals } from '../../../src/health/deadline/score-approvals.ts';
import { powerOf } from '../../../src/health/deadline/sprints-needed.ts';
import { type Simulation, simulatedSprints } from './simulated-sprints.ts';

const runs = 2_000;

/** How often, in percent, the test speaks at 5 %. */
function spoken(simulation: Simulation, seed = 7): number {
  const random = seededRandom(seed);
  let times = 0;
  for (let run = 0; run < runs; run += 1) {
    const scored = scoreApprovals(simulatedSprints(simulation, random));
    if (rotationTest(scored, random, 499).p <= 0.05) times += 1;
  }
  return (100 * times) / runs;
}

describe('the deadline test, simulated', () => {
  const mood = { carried: 0.7, spread: 1 };
  it.each([
    [13, 20],
    [26, 20],
    [8, 40],
    [26, 5],
  ])(
    'rarely alarms falsely in %i sprints of %i approvals under days that resemble each other',
    (sprints, pullsEach) => {
      const rate = spoken({ sprints, pullsEach, mood });
      expect(rate).toBeLessThanOrEqual(7);
      expect(rate).toBeGreaterThan(2);
    },
  );

  // Percent, from simulations on recorded review windows.
  it.each([
    [13, 20, 0.5, 59],
    [26, 20, 0.5, 85],
    [8, 40, 0.5, 72],
    [26, 5, 0.5, 44],
    [8, 10, 0.25, 61],
  ])(
    'in %i sprints of %i approvals finds windows times %f as often as the reference, within 5 points',
    (sprints, pullsEach, drop, reference) => {
      expect(Math.abs(spoken({ sprints, pullsEach, drop }) - reference)).toBeLessThanOrEqual(5);
    },
  );

  it('knows its own power within 5 points', () => {
    for (const [sprints, pullsEach] of [
      [13, 20],
      [26, 5],
    ] as const) {
      const random = seededRandom(11);
      const told = Array.from({ length: 100 }, () => {
        const sample = simulatedSprints({ sprints, pullsEach }, random);
        return powerOf(sample, rotationTest(scoreApprovals(sample), random, 499).spread).power;
      });
      const mean = (100 * told.reduce((sum, one) => sum + one, 0)) / told.length;
      expect(Math.abs(mean - spoken({ sprints, pullsEach, drop: 0.5 }))).toBeLessThanOrEqual(5);
    }
  });
});
