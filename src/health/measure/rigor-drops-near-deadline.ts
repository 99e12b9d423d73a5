import type { DeadlineReport } from '../../core/deadline-report.ts';
import type { HealthFacts } from '../../core/health-facts.ts';
import { isoWeekOf } from '../../core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { Sprints } from '../../core/sprints.ts';
import { seededRandom } from '../../core/statistics/seeded-random.ts';
import { approvalsOf, endOf, type SprintApprovals } from '../deadline/observations.ts';
import { rotationTest } from '../deadline/rotation-test.ts';
import { scoreApprovals } from '../deadline/score-approvals.ts';
import { powerOf } from '../deadline/sprints-needed.ts';
import { deadlineThresholds } from '../deadline/thresholds.ts';
import { windowRatio } from '../deadline/window-ratio.ts';

/**
 * Does review get shorter towards the end of sprints? Compares the review window (the time a change lay open before its
 * first human approval, an upper bound on reading) of the last quarter of each sprint's approvals with the others, inside
 * size bands; the null is the rotation inside sprints. One test, decided on beforehand: neither other measures nor other
 * days are tried until something shows. A drop is spoken of when it is unlikely, large, and there in both halves of the
 * sprints.
 *
 * No general evidence says that it is so, which is why each repository is asked: no published study was found.
 */
export function rigorDropsNearDeadline(
  { now, pulls }: Pick<HealthFacts, 'now' | 'pulls'>,
  sprints: Part<Sprints>,
): Part<DeadlineReport> {
  if (isUnavailable(sprints)) return sprints;
  if (isUnavailable(pulls)) return pulls;
  const samples = approvalsOf(pulls.pulls, sprints.sprints).filter(({ length }) => length > 1);
  const approvals = samples.flat().length;
  const { leastSprints, leastApprovals, mostChance, mostRatio, leastPower } = deadlineThresholds;
  if (samples.length < leastSprints.value || approvals < leastApprovals.value) {
    return unavailable(
      `it needs ${leastSprints.value} sprints with ${leastApprovals.value} approved pull requests, there are ${samples.length} with ${approvals}`,
    );
  }
  const scored = scoreApprovals(samples);
  // Each week draws its own numbers, and the same week the same ones.
  const random = seededRandom(Date.parse(isoWeekOf(now).start) / 1000);
  const { p, spread } = rotationTest(scored, random);
  const size = windowRatio(scored, random);
  if (!size) return unavailable('no size band has approvals both at the ends of sprints and before them');
  const { power, sprintsNeeded } = powerOf(samples, spread);
  const isDrop = p <= mostChance.value && size.ratio <= mostRatio.value && isInBothHalves(samples);
  const moreSprints = sprintsNeeded === undefined ? undefined : Math.max(0, sprintsNeeded - samples.length);
  return {
    from: sprints.from,
    sprints: samples.length,
    approvals,
    atEnd: samples.reduce((sum, own) => sum + endOf(own), 0),
    ...size,
    p,
    power,
    ...(moreSprints !== undefined && { moreSprints }),
    verdict: isDrop ? 'drops' : power >= leastPower.value ? 'unseen' : 'open',
  };
}

/** What shows in one half alone was a bad month, and says nothing about deadlines. */
function isInBothHalves(samples: readonly SprintApprovals[]): boolean {
  const middle = samples.length >> 1;
  return [samples.slice(0, middle), samples.slice(middle)].every((half) => {
    const size = windowRatio(scoreApprovals(half), () => 0, 0);
    return size !== undefined && size.ratio < 1;
  });
}
