import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { binomialTail } from './chance.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { mergedInAll } from './merged-in-all.ts';
import { isByBot, reviewKind } from './review-of-pull.ts';
import { earlierShare, weeklyShares } from './weekly-values.ts';

/**
 * Share of the pull requests by people that were merged without a review by another human; a bot's or an AI's review is
 * none. Base: those whose reviews could be read. Ratio 0–1.
 */
export function withoutHumanReview(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { pulls } = facts;
  if (isUnavailable(pulls)) return pulls;
  const shares = weeklyShares(
    weeks,
    pulls.completeSince,
    pulls.pulls
      .filter((pull) => !isByBot(pull) && reviewKind(pull) !== 'not read')
      .map((pull) => ({ at: pull.mergedAt, holds: reviewKind(pull) !== 'human' })),
  );
  const { n = 0, part = 0 } = shares.at(-1) ?? {};
  return measureOverWeeks(shares, {
    unit: 'ratio',
    worse: 'higher',
    merged: mergedInAll(facts),
    chance: () => binomialTail(n, part, earlierShare(shares)),
  });
}
