import { drawBelow, type Random } from '../../core/statistics/seeded-random.ts';
import { endOf } from './observations.ts';
import type { ScoredApproval } from './score-approvals.ts';

export interface RotationTest {
  /**
   * Mean rank at the end minus mean rank before, as a share of all ranks, inside size bands: below 0 where windows are
   * shorter towards the deadline.
   */
  readonly difference: number;
  /** Chance of a difference as low, or lower, if the end were any other stretch of the sprint. One-sided. */
  readonly p: number;
  /** Standard deviation of the difference over the rotations. */
  readonly spread: number;
}

/**
 * Is what is approved near the deadline looked at for a shorter time than the rest? The labels "end" and "before" are
 * turned round inside each sprint, each sprint by an amount of its own. What approvals have in common with those next to
 * them stays together, so slow and fast days that follow one another raise no alarm, as they do with the test of Mann and
 * Whitney.
 */
export function rotationTest(
  sprints: readonly (readonly ScoredApproval[])[],
  random: Random,
  draws = 999,
): RotationTest {
  const tables = sprints.map(scoresAtEnd);
  const all = sprints.reduce((sum, { length }) => sum + length, 0);
  const atEnd = sprints.reduce((sum, approvals) => sum + endOf(approvals), 0);
  if (atEnd === 0 || atEnd === all) return { difference: 0, p: 1, spread: 0 };
  const total = sprints.flat().reduce((sum, { score }) => sum + score, 0);
  const differenceOf = (score: number) => score / atEnd - (total - score) / (all - atEnd);

  const difference = differenceOf(tables.reduce((sum, [first = 0]) => sum + first, 0));
  let [asLow, sum, squares] = [0, 0, 0];
  for (let draw = 0; draw < draws; draw += 1) {
    let score = 0;
    for (const turns of tables) score += turns[drawBelow(random, turns.length)] ?? 0;
    const drawn = differenceOf(score);
    // A tie that rounding has torn apart is a tie.
    if (drawn <= difference + 1e-12) asLow += 1;
    sum += drawn;
    squares += drawn * drawn;
  }
  const mean = sum / draws;
  return {
    difference,
    p: (asLow + 1) / (draws + 1),
    spread: Math.sqrt(Math.max(0, squares / draws - mean * mean)),
  };
}

/** The score that the end would have after each turn of the labels; the first is the sprint as it was. */
function scoresAtEnd(approvals: readonly ScoredApproval[]): readonly number[] {
  const ends = endOf(approvals);
  return approvals.map((_, turn) => {
    let score = 0;
    for (let i = 1; i <= ends; i += 1)
      score += approvals[(approvals.length - i + turn) % approvals.length]?.score ?? 0;
    return score;
  });
}
