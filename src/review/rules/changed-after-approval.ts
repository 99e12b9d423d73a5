import type { Change } from '../../core/change.ts';
import type { FindingDraft } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass, type Verdict } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { thousands } from '../../core/quantity-text.ts';
import type { ReviewFacts, UnreviewedTail } from '../../core/review-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { sizedFiles } from '../measure/change-size.ts';
import { type EffectiveLines, effectiveLines, leftOutWith } from '../measure/effective-lines.ts';
import { approvedCommitOf } from '../measure/last-human-approval.ts';
import { tailPlaces } from '../measure/tail-places.ts';
import { counted } from '../wording.ts';

const placesNamed = 10;

export const changedAfterApproval = defineRule({
  id: 'review/changed-after-approval',
  since: '0.1.0',
  level: 'warning',
  question: 'How many lines are newer than the last human approval?',
  docs: {
    triggered:
      'Lines were added or deleted after the last approval that still stands and was given by a human who wrote none of the change. What is compared is the approved change, carried onto the present merge base, with the head: a clean rebase or an update from the base branch counts 0 lines.',
    why: 'An approval speaks for the commit it was given for. Where approvals survive later pushes, what comes after the last one reaches the base branch without having been looked at.',
    fix: 'Ask for a second look at the lines since the approval, or let the repository dismiss approvals on push where this happens often.',
    quietWhen:
      'A bot opened the pull request, nobody has approved, the pull request was closed without a merge, fewer lines than the threshold changed, or only lock files, generated or vendored files, snapshots and documentation did.',
  },
  sources: [
    {
      title:
        'GitHub Docs: Available rules for rulesets, "Dismiss stale pull request approvals when new commits are pushed"',
      url: 'https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets',
      supports: 'An approval is for a state of the change, and later pushes can make it stale.',
    },
    {
      title:
        'McIntosh, Kamei, Adams, Hassan: An empirical study of the impact of modern code review practices on software quality (EMSE 2016)',
      url: 'https://doi.org/10.1007/s10664-015-9381-9',
      supports:
        'Components with a low share of reviewed changes had up to two more defects after release in three projects.',
    },
    {
      title:
        'Krutauz, Dey, Rigby, Mockus: Do code review measures explain the incidence of post-release defects? (2020)',
      url: 'https://arxiv.org/abs/2005.09217',
      supports: 'That relation did not hold up in a replication, so the rule asks and does not predict.',
    },
  ],
  thresholds: {
    minimumLines: {
      fallback: 10,
      unit: 'lines',
      meaning:
        'From so many added plus deleted lines since the last human approval on, a second look is asked for.',
    },
  },
  needs: ['pullRequest', 'review', 'change'],
  identity: () => ['pull request'],
  evaluate({ pullRequest, review, change }, { minimumLines }): Verdict {
    if (pullRequest.author.kind === 'bot') return notApplicable('a bot opened the pull request');
    const approved = approvedCommitOf(review);
    if (isUnavailable(approved)) return notAvailable(approved.unavailable);
    if (!approved) return notApplicable(whyNoApproval(review));
    if (pullRequest.state === 'closed') return notApplicable('the pull request was closed without a merge');
    if (!review.tail) return notAvailable('the lines since the approval were not compared');
    if (isUnavailable(review.tail)) return notAvailable(review.tail.unavailable);
    const { tail } = review;
    const newer = effectiveLines(
      tail.files.map(({ path, added, deletedLines }) => ({ path, lines: linesIn(added) + deletedLines })),
      { attributes: review.attributes ?? [] },
    );
    if (newer.lines + newer.leftOut === 0) return pass(carriedOver(tail, change));
    if (newer.lines < minimumLines) {
      return pass(
        `${counted(newer.lines, 'line')} since the last human approval, below ${minimumLines}${notCounted(newer)}`,
      );
    }
    return findings([draft(tail, newer, change, review, pullRequest.state === 'merged')]);
  },
});

function draft(
  tail: UnreviewedTail,
  newer: EffectiveLines,
  change: Change,
  { attributes = [] }: ReviewFacts,
  isMerged: boolean,
): FindingDraft {
  const total = effectiveLines(sizedFiles(change), { attributes });
  const whyLeftOut = leftOutWith(attributes);
  const toRead = tail.files.filter(({ path }) => whyLeftOut(path) === undefined);
  const [place, ...otherPlaces] = tailPlaces(toRead, change, placesNamed);
  return {
    about: {},
    // A patch-by-patch comparison can take a line that a conflict moved for a new one.
    confidence: tail.method === 'replayed' ? 'high' : 'medium',
    ...(place ? { place } : {}),
    ...(otherPlaces.length > 0 ? { otherPlaces } : {}),
    observation: `${counted(newer.lines, 'line')} changed after the last human approval; the whole change has ${thousands(total.lines)}${notCounted(newer)}.`,
    impact: `The approval was given for \`${tail.approvedCommit.slice(0, 7)}\` and does not speak for ${isMerged ? 'these lines, which were merged with it' : 'these lines, which would be merged with it'}.`,
    action: isMerged
      ? 'Is a look at them after the merge worth its time here?'
      : 'Would a second look at them before the merge do?',
    measurements: [
      { name: 'lines since the last human approval', value: newer.lines, unit: 'lines' },
      { name: 'lines of the whole change', value: total.lines, unit: 'lines' },
    ],
  };
}

function carriedOver(tail: UnreviewedTail, change: Change): string {
  // A binary file or a file mode differs without a line that could be counted.
  if (tail.files.length > 0)
    return `0 lines since approval (files changed without lines to count: ${tail.files.length})`;
  return tail.approvedCommit === change.head
    ? '0 lines since approval (the head itself was approved)'
    : '0 lines since approval (rebase or update-merge carried over)';
}

function whyNoApproval({ reviews }: ReviewFacts): string {
  const approvals = reviews.filter(({ state }) => state === 'approved');
  if (approvals.length === 0) {
    const wasDismissed = reviews.some(({ dismissed }) => dismissed?.from === 'approved');
    return wasDismissed ? 'every approval was dismissed' : 'nobody has approved yet';
  }
  return approvals.every(({ by }) => by.kind === 'bot')
    ? 'only bots have approved yet'
    : 'no approval by a human who wrote none of the change stands';
}

function notCounted(lines: EffectiveLines): string {
  return lines.leftOut > 0
    ? ` (not counted: ${thousands(lines.leftOut)} in ${lines.reasons.join(', ')})`
    : '';
}

function linesIn(ranges: readonly { readonly start: number; readonly end: number }[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
}
