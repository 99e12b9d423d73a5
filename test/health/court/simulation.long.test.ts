import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/statistics/seeded-random.ts';
import { holdCourt } from '../../../src/health/court/hold-court.ts';
import { simulatedCourt } from './simulated-court.ts';

const runs = 2_000;

describe('the court, simulated', () => {
  it('finds a planted odds ratio of 3, covers it, and raises no more false alarms than it says', () => {
    const random = seededRandom(4);
    const rules = { planted: 3, b: 1, c: 1, d: 1, e: 1 };
    let [found, covered, logs, idle, twins, twinSittings] = [0, 0, 0, 0, 0, 0];
    for (let run = 0; run < runs; run += 1) {
      const { trials } = holdCourt(simulatedCourt({ changes: 600, rules }, random, run));
      for (const { rule, verdict, interval, oddsRatio = 1, twin, p } of trials) {
        if (twin.p <= 0.05) twins += 1;
        if (rule !== 'planted') {
          if (p <= 0.05) idle += 1;
          continue;
        }
        if (verdict === 'supported') found += 1;
        if (interval && interval[0] <= 3 && interval[1] >= 3) covered += 1;
        logs += Math.log(oddsRatio);
      }
      if (trials.some(({ twin }) => twin.verdict === 'supported')) twinSittings += 1;
    }
    expect(found / runs).toBeGreaterThan(0.95);
    expect(Math.exp(logs / runs)).toBeGreaterThan(2.8);
    expect(Math.exp(logs / runs)).toBeLessThan(3.2);
    // 95 % is meant; 2,000 runs tell it to within a point and a half.
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(0.015);
    // At a nominal 5 %: permutation of counts never exceeds it, chance of the simulation aside.
    expect(twins / (runs * 5)).toBeLessThan(0.055);
    expect(idle / (runs * 4)).toBeLessThan(0.055);
    // Of sittings in which nothing means anything, at most the share of false discoveries has a supported rule.
    expect(twinSittings / runs).toBeLessThan(0.1);
  }, 180_000);

  it('knows how often it would find three times the odds', () => {
    const random = seededRandom(17);
    let [told, found, tried] = [0, 0, 0];
    for (let run = 0; run < runs; run += 1) {
      const { trials } = holdCourt(
        simulatedCourt({ changes: 250, rules: { planted: 3 }, bad: 0.04 }, random, run),
      );
      const [trial] = trials;
      if (!trial) continue;
      tried += 1;
      told += trial.power;
      if (trial.verdict === 'supported') found += 1;
    }
    expect(tried).toBeGreaterThan(runs * 0.95);
    expect(Math.abs(told - found) / tried).toBeLessThan(0.15);
  }, 60_000);

  it('tries 40 rules on 10,000 changes in less than ten seconds', () => {
    const rules = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`rule-${n}`, n === 3 ? 3 : 1]));
    const facts = simulatedCourt({ changes: 10_000, rules }, seededRandom(2));
    const began = performance.now();
    const { trials } = holdCourt(facts);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(trials.find(({ rule }) => rule === 'rule-3')?.verdict).toBe('supported');
  });
});
