import type { ChangeOutcome, CourtFacts, TriedChange } from '../../../src/core/court-facts.ts';
import type { Random } from '../../../src/core/statistics/seeded-random.ts';

export interface CourtSimulation {
  readonly changes: number;
  /** By rule: the odds of a bad outcome where it speaks, over those where it passes. */
  readonly rules: Readonly<Record<string, number>>;
  /** Share of changes each rule speaks on. */
  readonly speaks?: number;
  /** Share of bad outcomes in the newest era where no rule speaks; the oldest has three times the odds. */
  readonly bad?: number;
}

const year = 365 * 86_400_000;
const now = Date.parse('2026-11-22T00:00:00Z');

/**
 * Three years of changes. Large and early ones go wrong more often, and every rule speaks more on large and early ones
 * too, so that looking at all of them together would condemn every rule.
 */
export function simulatedCourt(
  { changes, rules, speaks = 0.15, bad = 0.08 }: CourtSimulation,
  random: Random,
  seed = 1,
): CourtFacts {
  const names = Object.keys(rules);
  const made = Array.from({ length: changes }, (_, n): TriedChange => {
    const age = random();
    const size = random();
    const lift = 1 + 2 * age * size;
    const spoken = names.filter(() => random() < Math.min(0.9, speaks * lift));
    const odds = spoken.reduce(
      (product, name) => product * (rules[name] ?? 1),
      (bad / (1 - bad)) * (1 + 2 * Math.floor(age * 3)) ** 0.5 * (1 + 2 * Math.floor(size * 4)) ** 0.5,
    );
    const isBad = random() < odds / (1 + odds);
    const outcome: ChangeOutcome = isBad ? (random() < 0.2 ? 'reverted' : 'fixed') : 'fine';
    return {
      name: `#${n}`,
      mergedAt: new Date(now - year / 2 - age * 3 * year).toISOString(),
      lines: Math.ceil(size * 400),
      kind: 'ordinary',
      outcome,
      verdicts: Object.fromEntries(names.map((name) => [name, spoken.includes(name) ? 'spoke' : 'passed'])),
    };
  });
  return {
    schemaVersion: 1,
    now: new Date(now).toISOString(),
    seed,
    repository: { name: 'acme/shop' },
    watchedDays: 180,
    since: '2023-01-01T00:00:00Z',
    until: new Date(now).toISOString(),
    rules: names,
    changes: made,
    counts: {
      merged: changes,
      tooYoung: 0,
      wentBadly: made.filter(({ outcome }) => outcome !== 'fine').length,
      notDrawn: 0,
      notRead: 0,
    },
    limits: [],
  };
}
