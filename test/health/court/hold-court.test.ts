import { describe, expect, it } from 'vitest';
import type { ChangeOutcome, CourtFacts, TriedChange } from '../../../src/core/court-facts.ts';
import type { RuleTrial } from '../../../src/core/court-report.ts';
import { seededRandom } from '../../../src/core/statistics/seeded-random.ts';
import { holdCourt } from '../../../src/health/court/hold-court.ts';
import { powerOf } from '../../../src/health/court/reach-verdict.ts';
import { strataOf } from '../../../src/health/court/strata.ts';
import { simulatedCourt } from './simulated-court.ts';

interface Group {
  readonly n: number;
  readonly spoke: boolean;
  readonly outcome?: ChangeOutcome;
  readonly over?: Partial<TriedChange>;
}

/** Changes of one size and day unless said otherwise, judged by one rule. */
function facts(...groups: readonly Group[]): CourtFacts {
  const changes = groups.flatMap(({ n, spoke, outcome = 'fine', over }) =>
    Array.from(
      { length: n },
      (): TriedChange => ({
        name: '#1',
        mergedAt: '2026-03-02T12:00:00Z',
        lines: 40,
        kind: 'ordinary',
        outcome,
        verdicts: { 'a/rule': spoke ? 'spoke' : 'passed' },
        ...over,
      }),
    ),
  );
  return {
    schemaVersion: 1,
    now: '2026-11-22T08:00:00Z',
    seed: 1,
    repository: { name: 'acme/shop' },
    watchedDays: 180,
    since: '2024-01-01T00:00:00Z',
    until: '2026-11-20T00:00:00Z',
    rules: ['a/rule'],
    changes,
    counts: { merged: changes.length, tooYoung: 0, wentBadly: 0, notDrawn: 0, notRead: 0 },
    limits: [],
  };
}

function trialOf(given: CourtFacts): RuleTrial {
  const [trial] = holdCourt(given).trials;
  if (!trial) throw new Error('the rule was not compared');
  return trial;
}

describe('a verdict', () => {
  it('is "supported" where the rule spoke on what went badly', () => {
    const trial = trialOf(
      facts(
        { n: 20, spoke: true, outcome: 'fixed' },
        { n: 40, spoke: true },
        { n: 30, spoke: false, outcome: 'reverted' },
        { n: 300, spoke: false },
      ),
    );
    expect(trial).toMatchObject({
      rule: 'a/rule',
      looked: 390,
      spoke: 60,
      spokeWithOutcome: 20,
      passed: 330,
      passedWithOutcome: 30,
      verdict: 'supported',
    });
    expect(trial.oddsRatio).toBeCloseTo(5, 12);
    expect(trial.interval?.[0]).toBeGreaterThan(2);
    expect(trial.p).toBeLessThan(0.0001);
    expect(trial.twin.verdict).not.toBe('supported');
    expect(trial.moreChanges).toBeUndefined();
  });

  it('is "not supported" where three times the odds would have shown and did not', () => {
    const trial = trialOf(
      facts(
        { n: 10, spoke: true, outcome: 'fixed' },
        { n: 90, spoke: true },
        { n: 30, spoke: false, outcome: 'fixed' },
        { n: 270, spoke: false },
      ),
    );
    expect(trial).toMatchObject({ verdict: 'not supported' });
    expect(trial.power).toBeGreaterThan(0.8);
  });

  it('is "too little data" where they would not have shown, with what is missing', () => {
    const trial = trialOf(
      facts(
        { n: 1, spoke: true, outcome: 'fixed' },
        { n: 11, spoke: true },
        { n: 3, spoke: false, outcome: 'fixed' },
        { n: 40, spoke: false },
      ),
    );
    expect(trial.verdict).toBe('too little data');
    expect(trial.power).toBeLessThan(0.8);
    expect(trial.moreChanges).toBeGreaterThan(55);
  });

  it('is not "supported" for a small difference, however sure it is', () => {
    const trial = trialOf(
      facts(
        { n: 1300, spoke: true, outcome: 'fixed' },
        { n: 10_000, spoke: true },
        { n: 1000, spoke: false, outcome: 'fixed' },
        { n: 10_000, spoke: false },
      ),
    );
    expect(trial.p).toBeLessThan(0.001);
    expect(trial.oddsRatio).toBeCloseTo(1.3, 12);
    expect(trial.verdict).toBe('not supported');
  });

  it('compares nine against many not at all, ten it does', () => {
    const others: readonly Group[] = [
      { n: 20, spoke: false, outcome: 'fixed' },
      { n: 20, spoke: false },
    ];
    const nine = holdCourt(facts({ n: 9, spoke: true }, ...others));
    expect(nine.trials).toEqual([]);
    expect(nine.notTried).toEqual([{ rule: 'a/rule', spoke: 9, passed: 40 }]);
    expect(holdCourt(facts({ n: 10, spoke: true }, ...others)).trials).toHaveLength(1);
  });

  it('does not come from an era or a kind in which everything goes badly', () => {
    const early = { mergedAt: '2024-02-01T00:00:00Z' };
    for (const over of [early, { kind: 'a revert' }, { lines: 4000 }]) {
      const trial = trialOf(
        facts(
          { n: 60, spoke: true, outcome: 'fixed', over },
          { n: 20, spoke: false, outcome: 'fixed', over },
          { n: 6, spoke: true, over },
          { n: 2, spoke: false, over },
          { n: 20, spoke: true },
          { n: 200, spoke: false },
        ),
      );
      expect(trial.oddsRatio).toBeCloseTo(1, 12);
      expect(trial.verdict).not.toBe('supported');
    }
  });

  it('holds for 90 days', () => {
    const { day, expires } = holdCourt(facts());
    expect([day, expires]).toEqual(['2026-11-22', '2027-02-20']);
  });

  it('stands beside the share of all changes that went badly', () => {
    const given = facts({ n: 10, spoke: true });
    const { wentBadly } = holdCourt({
      ...given,
      counts: { merged: 320, tooYoung: 57, wentBadly: 81, notDrawn: 253, notRead: 0 },
    });
    expect(wentBadly.share).toBeCloseTo(81 / 263, 12);
    // Newcombe (1998), table I.
    expect(wentBadly.interval[0]).toBeCloseTo(0.2553, 4);
    expect(wentBadly.interval[1]).toBeCloseTo(0.3662, 4);
  });

  it('of no changes at all is none', () => {
    expect(holdCourt(facts())).toMatchObject({
      counts: { tried: 0, strata: 0 },
      trials: [],
      notTried: [{ rule: 'a/rule', spoke: 0, passed: 0 }],
    });
  });

  it('takes a rule named like a part of the language for a rule', () => {
    const given = facts({ n: 20, spoke: true }, { n: 20, spoke: false });
    expect(holdCourt({ ...given, rules: ['constructor', '__proto__'] }).trials).toEqual([]);
  });
});

describe('strata', () => {
  it('are size, era and kind', () => {
    const { changes } = facts(
      { n: 1, spoke: true, over: { lines: 1 } },
      { n: 1, spoke: true, over: { lines: 2, kind: 'a release' } },
      { n: 1, spoke: true, over: { lines: 30, mergedAt: '2025-09-02T12:00:00Z' } },
      { n: 1, spoke: true, over: { lines: 400, mergedAt: '2025-09-04T12:00:00Z' } },
    );
    expect(strataOf(changes)).toEqual(['0 0 ordinary', '1 0 a release', '2 1 ordinary', '3 0 ordinary']);
  });
});

describe('the size bands', () => {
  it.each([
    [10, 4],
    [499, 4],
    [500, 5],
    [5000, 10],
  ])('of %i changes are %i', (n, bands) => {
    const all = Array.from(
      { length: n },
      (_, i) => facts({ n: 1, spoke: true, over: { lines: i } }).changes,
    ).flat();
    expect(new Set(strataOf(all)).size).toBe(bands);
  });
});

describe('the power', () => {
  it('asks for more of a rule that stands among many', () => {
    const alone = powerOf({ variance: 6 }, 1).power;
    const amongMany = powerOf({ variance: 6 }, 20).power;
    expect(alone).toBeGreaterThan(0.9);
    expect(amongMany).toBeLessThan(0.6);
    expect(powerOf({ variance: 0 }, 5)).toEqual({ power: 0 });
  });
});

describe('a sitting', () => {
  const sitting = (seed: number) =>
    holdCourt(simulatedCourt({ changes: 1200, rules: { a: 3, b: 1, c: 1 } }, seededRandom(21), seed));

  it('finds three times the odds where they were planted, and only there', () => {
    const { trials } = sitting(1);
    expect(trials.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
      'a supported',
      'b not supported',
      'c not supported',
    ]);
    const [planted] = trials;
    expect(planted?.interval?.[0]).toBeLessThan(3);
    expect(planted?.interval?.[1]).toBeGreaterThan(3);
  });

  it('is the same for the same seed; another one deals the twin anew', () => {
    expect(sitting(1)).toEqual(sitting(1));
    expect(sitting(1).trials[0]?.twin).not.toEqual(sitting(2).trials[0]?.twin);
    expect(sitting(1).trials[0]?.oddsRatio).toBe(sitting(2).trials[0]?.oddsRatio);
  });
});
