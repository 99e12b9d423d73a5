import type { HealthFacts } from '../../core/health-facts.ts';
import type { Measure } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { lastHumanApproval } from '../../review/measure/last-human-approval.ts';
import { thresholds } from '../thresholds.ts';
import { binomialTail } from './chance.ts';
import { measureOverWeeks } from './measure-over-weeks.ts';
import { mergedInAll } from './merged-in-all.ts';
import { isByBot, linesAfterApproval } from './review-of-pull.ts';
import { earlierShare, weeklyShares } from './weekly-values.ts';

/**
 * Share of the pull requests by people with a standing human approval that were merged with ten or more lines changed
 * after it. Base: those of which git could tell the lines. Ratio 0–1; a clean rebase or an update from the base changes nothing.
 */
export function changedAfterApproval(facts: HealthFacts, weeks: readonly IsoWeek[]): Part<Measure> {
  const { pulls } = facts;
  if (isUnavailable(pulls)) return pulls;
  const known = pulls.pulls.flatMap((pull) => {
    const lines = isByBot(pull) ? undefined : linesAfterApproval(pull);
    return lines === undefined ? [] : [{ at: pull.mergedAt, holds: lines >= thresholds.leastTail.value }];
  });
  if (known.length === 0) return unavailable(whyNone(facts));
  const shares = weeklyShares(weeks, pulls.completeSince, known);
  const { n = 0, part = 0 } = shares.at(-1) ?? {};
  return measureOverWeeks(shares, {
    unit: 'ratio',
    worse: 'higher',
    merged: mergedInAll(facts),
    chance: () => binomialTail(n, part, earlierShare(shares)),
  });
}

function whyNone({ pulls }: HealthFacts): string {
  if (isUnavailable(pulls)) return pulls.unavailable;
  for (const pull of pulls.pulls) {
    const { review } = pull;
    if (isUnavailable(review) || isByBot(pull) || !lastHumanApproval(review)) continue;
    return isUnavailable(review.tail)
      ? `the approved commits could not be compared with what was merged (${review.tail.unavailable.replace(/\.$/, '')})`
      : 'the approved commits were not compared with what was merged';
  }
  return 'no merged pull request had a human approval';
}
