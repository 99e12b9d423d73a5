import type { Random } from '../../../src/core/statistics/seeded-random.ts';
import { endOf, type SprintApprovals } from '../../../src/health/deadline/observations.ts';

/** Minutes a change lies open before its first human approval, at 0, 5, … 100 %: as wide as in a real repository. */
const windowQuantiles = [
  1, 42, 123, 301, 504, 919, 1298, 1839, 2671, 3986, 5356, 7214, 9529, 12249, 17344, 25179, 34004, 52984,
  67802, 132443, 1147381,
];

export interface Simulation {
  readonly sprints: number;
  readonly pullsEach: number;
  /** What windows of the last quarter of the approvals are multiplied by. */
  readonly drop?: number;
  /** How much of a day's mood the next day has, and how wide moods are (standard deviation of the logarithm). */
  readonly mood?: { readonly carried: number; readonly spread: number };
}

const workingDays = 10;

/** Sprints of two working weeks; every approval falls on any of the ten days. */
export function simulatedSprints(
  { sprints, pullsEach, drop = 1, mood = { carried: 0, spread: 0 } }: Simulation,
  random: Random,
): readonly SprintApprovals[] {
  let today = mood.spread * normal(random);
  const fresh = Math.sqrt(1 - mood.carried ** 2);
  return Array.from({ length: sprints }, () => {
    const moods = Array.from({ length: workingDays }, () => {
      today = mood.carried * today + fresh * mood.spread * normal(random);
      return today;
    });
    const days = Array.from({ length: pullsEach }, () => Math.floor(random() * workingDays)).sort();
    const firstAtEnd = pullsEach - endOf(days);
    return days.map((day, place) => ({
      lines: Math.ceil(Math.exp(3.5 + 1.6 * normal(random))),
      window: aWindow(random) * Math.exp(moods[day] ?? 0) * (place >= firstAtEnd ? drop : 1),
    }));
  });
}

function aWindow(random: Random): number {
  const place = random() * (windowQuantiles.length - 1);
  const [low = 1, high = 1] = windowQuantiles.slice(Math.floor(place), Math.floor(place) + 2);
  return low * (high / low) ** (place % 1);
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
