import { drawBelow, type Random } from '../../core/statistics/seeded-random.ts';
import { endOf } from './observations.ts';
import { type ScoredApproval, sizeBands } from './score-approvals.ts';

export interface WindowRatio {
  /** Typical window at the end over the typical one before, among changes of similar size; 0.5 is half the time. */
  readonly ratio: number;
  /** 95 of 100 such intervals hold the true ratio; from sprints drawn anew, since approvals of one sprint are alike. */
  readonly interval: readonly [low: number, high: number];
}

/** By size band: how many at the end, the sum of their logarithms, and the same of those before. */
type Sums = readonly { atEnd: number; logsAtEnd: number; before: number; logsBefore: number }[];

/**
 * How much shorter the windows are, as a ratio of geometric means, which one approval after three weeks does not bend.
 * Undefined where no size band has windows on both sides. Interval: percentile bootstrap over sprints (Efron 1979); a
 * little too narrow with fewer than about 15 sprints.
 */
export function windowRatio(
  sprints: readonly (readonly ScoredApproval[])[],
  random: Random,
  draws = 999,
): WindowRatio | undefined {
  const sums = sprints.map(sumsOf);
  const ratio = ratioOf(sums);
  if (ratio === undefined) return undefined;
  const drawn: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const one = ratioOf(sums.map((own) => sums[drawBelow(random, sums.length)] ?? own));
    if (one !== undefined) drawn.push(one);
  }
  drawn.sort((a, b) => a - b);
  const at = (share: number) => drawn[Math.floor(share * (drawn.length - 1))] ?? ratio;
  return { ratio, interval: [at(0.025), at(0.975)] };
}

function noSums(): Sums {
  return Array.from({ length: sizeBands }, () => ({ atEnd: 0, logsAtEnd: 0, before: 0, logsBefore: 0 }));
}

function sumsOf(approvals: readonly ScoredApproval[]): Sums {
  const sums = noSums();
  const firstAtEnd = approvals.length - endOf(approvals);
  for (const [i, { band, log }] of approvals.entries()) {
    const own = sums[band];
    if (!own) continue;
    if (i >= firstAtEnd) {
      own.atEnd += 1;
      own.logsAtEnd += log;
    } else {
      own.before += 1;
      own.logsBefore += log;
    }
  }
  return sums;
}

function ratioOf(sprints: readonly Sums[]): number | undefined {
  const all = noSums();
  for (const sums of sprints)
    for (const [band, own] of sums.entries()) {
      const sum = all[band];
      if (!sum) continue;
      sum.atEnd += own.atEnd;
      sum.logsAtEnd += own.logsAtEnd;
      sum.before += own.before;
      sum.logsBefore += own.logsBefore;
    }
  let [weights, sum] = [0, 0];
  for (const { atEnd, logsAtEnd, before, logsBefore } of all) {
    if (atEnd === 0 || before === 0) continue;
    const weight = (atEnd * before) / (atEnd + before);
    weights += weight;
    sum += weight * (logsAtEnd / atEnd - logsBefore / before);
  }
  return weights > 0 ? Math.exp(sum / weights) : undefined;
}
