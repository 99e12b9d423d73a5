import { normalBelow, normalQuantile } from '../../core/statistics/normal-curve.ts';
import { endOf, type SprintApprovals } from './observations.ts';
import { type ScoredApproval, scoreApprovals } from './score-approvals.ts';

/** The drop that the sample is asked for: windows of half the usual length. Chosen by us. */
const dropAskedFor = 0.5;
const alpha = 0.05;
/** A drop of that size is to be noticed four times in five, as is usual. */
const wantedPower = 0.8;

export interface Power {
  /** Chance, 0–1, that these sprints would have shown windows of half the length near the deadline. */
  readonly power: number;
  /** Sprints like these that would show it four times in five; absent where the sample does not tell. */
  readonly sprintsNeeded?: number;
}

/**
 * What the sample could have shown: windows at the end are made half and double as long by hand, and how far that moves
 * the difference is compared with how far rotations move it (`spread`). One-sided at 5 %, normal approximation.
 */
export function powerOf(sprints: readonly SprintApprovals[], spread: number): Power {
  const shorter = differenceWith(sprints, dropAskedFor);
  const longer = differenceWith(sprints, 1 / dropAskedFor);
  // Half of the way between the two: what was seen, by chance or not, moves both and falls out.
  const moved = (longer - shorter) / 2;
  if (!(spread > 0) || !(moved > 0)) return { power: 0 };
  const [reach, bar] = [moved / spread, normalQuantile(1 - alpha)];
  return {
    power: normalBelow(reach - bar),
    sprintsNeeded: Math.ceil(sprints.length * ((bar + normalQuantile(wantedPower)) / reach) ** 2),
  };
}

function differenceWith(sprints: readonly SprintApprovals[], factor: number): number {
  const changed = sprints.map((approvals) => {
    const firstAtEnd = approvals.length - endOf(approvals);
    return approvals.map((one, i) => (i >= firstAtEnd ? { ...one, window: one.window * factor } : one));
  });
  return differenceOf(scoreApprovals(changed));
}

function differenceOf(sprints: readonly (readonly ScoredApproval[])[]): number {
  let [score, atEnd, otherScore, others] = [0, 0, 0, 0];
  for (const approvals of sprints)
    for (const [i, one] of approvals.entries())
      if (i >= approvals.length - endOf(approvals)) {
        score += one.score;
        atEnd += 1;
      } else {
        otherScore += one.score;
        others += 1;
      }
  return atEnd === 0 || others === 0 ? 0 : score / atEnd - otherScore / others;
}
