import { findings, notApplicable, pass, type Verdict } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { thousands } from '../../core/quantity-text.ts';
import type { Review, ReviewFacts } from '../../core/review-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { approvalKind } from '../measure/approval-kind.ts';
import { changeSize } from '../measure/change-size.ts';
import { inheritedLook } from '../measure/inherited-look.ts';
import { isIndependentHuman, standingApprovals } from '../measure/last-human-approval.ts';
import { requestGap } from '../measure/request-gap.ts';
import { enoughForOwnClaim } from '../measure/usual.ts';
import { counted, percent } from '../wording.ts';

export const approvedWithoutHuman = defineRule({
  id: 'review/approved-without-human',
  since: '0.1.0',
  level: 'warning',
  question: 'Has a human who wrote none of the change looked at it, or machines only?',
  docs: {
    triggered:
      'Approvals stand, all of them by bots, apps or AI reviewers; no human who wrote none of the change has reviewed it, and none is asked to.',
    why: 'A merge rule that counts approvals cannot tell a person from a machine. What a machine approves reaches the base branch without anybody having decided that it may.',
    fix: 'Ask a person or a team for a review, or let the merge rule demand a human one.',
    quietWhen:
      'A human has reviewed or a person or team is asked, the change is small, a bot opened it, it was read in the pull request it is stacked on, or at least one in five pull requests of this repository is merged that way (of 100 or more), which then is how the team works.',
  },
  sources: [
    {
      title: 'OpenSSF Scorecard: Code-Review',
      url: 'https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review',
      supports: 'Reviews by bots do not count as code review.',
    },
    {
      title: 'OpenSSF Security Baseline: require a human reviewer',
      url: 'https://github.com/ossf/security-baseline/issues/392',
      supports: 'Projects ask that the approval before a merge is given by a human.',
    },
  ],
  thresholds: {
    minimumLines: {
      fallback: 10,
      unit: 'lines',
      meaning: 'A change with fewer lines to read is not judged.',
    },
    usualShare: {
      fallback: 0.2,
      unit: 'ratio',
      meaning:
        'From this share of merged pull requests on, approval by machines alone is how the team works.',
    },
  },
  needs: ['pullRequest', 'review'],
  identity: () => ['pull request'],
  evaluate({ pullRequest, review, change }, { minimumLines, usualShare }): Verdict {
    if (pullRequest.author.kind === 'bot') return notApplicable('a bot opened the pull request');
    if (pullRequest.state === 'closed') return notApplicable('the pull request was closed without a merge');
    if (pullRequest.isDraft) return notApplicable('the pull request is a draft');
    const kind = approvalKind(review);
    if (kind === 'human') return pass('a human approval stands');
    if (kind !== 'bot-only')
      return notApplicable(
        review.reviews.some(({ state }) => state === 'approved')
          ? 'no approval by a bot or by a human who wrote none of the change stands'
          : 'nobody has approved',
      );
    if (review.reviews.some(({ by }) => isIndependentHuman(by, review)))
      return pass('a human has reviewed it');
    const inherited = inheritedLook(review);
    if (inherited) return pass(`a human has reviewed #${inherited.number}, on which it is stacked`);
    const { asked, teams } = requestGap(review);
    if (pullRequest.state === 'open' && asked + teams > 0) return pass('a human review is asked for');
    const size = changeSize(change, review);
    if (size && size.lines < minimumLines) {
      return pass(`${counted(size.lines, 'line')} to read, below ${minimumLines}`);
    }
    const usual = shareOfMachines(review);
    if (usual && usual.n >= enoughForOwnClaim && usual.share >= usualShare) {
      return pass(
        `${percent(usual.share)} of ${thousands(usual.n)} merged pull requests here are approved by machines alone`,
      );
    }
    const approvals = standingApprovals(review, ({ kind: by }) => by === 'bot');
    return findings([
      {
        about: {},
        confidence: 'high',
        observation: `${counted(approvals.length, 'approval')}, ${machines(approvals)}${size ? `, for ${counted(size.lines, 'line')}` : ''}; no human other than its authors has reviewed the change.`,
        impact: usual
          ? `Of ${thousands(usual.n)} pull requests merged here ${percent(usual.share)} had machine approvals alone.`
          : 'Merge rules that count approvals count these like those of people.',
        action:
          pullRequest.state === 'merged'
            ? 'Is that how changes like this one are meant to be merged here?'
            : 'Which team or person could take a look before the merge?',
        measurements: [
          ...(size ? [{ name: 'lines to read', value: size.lines, unit: 'lines' } as const] : []),
          ...(usual
            ? [
                {
                  name: 'merged with machine approvals alone',
                  value: usual.share,
                  unit: 'ratio',
                  base: usual.n,
                } as const,
              ]
            : []),
        ],
      },
    ]);
  },
});

function machines(approvals: readonly Review[]): string {
  const isAi = (review: Review) => review.machine === 'ai';
  if (approvals.every(isAi)) return approvals.length === 1 ? 'by an AI reviewer' : 'all by AI reviewers';
  if (approvals.some(isAi)) return 'all by bots and AI reviewers';
  return approvals.length === 1 ? 'by a bot' : 'all by bots';
}

function shareOfMachines({
  baseline,
}: ReviewFacts): { readonly share: number; readonly n: number } | undefined {
  if (baseline === undefined || isUnavailable(baseline) || baseline.n < 30) return undefined;
  return { share: baseline.approvals.botOnly / baseline.n, n: baseline.n };
}
