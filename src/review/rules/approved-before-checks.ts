import { findings, notApplicable, notAvailable, pass, type Verdict } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import type { Check } from '../../core/review-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { approvalBeforeChecks } from '../measure/approval-before-checks.ts';
import { lastHumanApproval } from '../measure/last-human-approval.ts';
import { counted } from '../wording.ts';

/** Checks named in a finding. */
const checksNamed = 2;

export const approvedBeforeChecks = defineRule({
  id: 'review/approved-before-checks',
  since: '0.1.0',
  level: 'notice',
  question: 'Was the change approved before a check of it had ended, which then failed?',
  docs: {
    triggered:
      'When the last human approval was given, a check of the approved commit had failed already, or was running and failed afterwards.',
    why: 'What makes a failed check pass is a change that the approval has not seen, or a second run that hides a flaky test.',
    fix: 'A look at what the failing check asks for, and at what changes because of it.',
    quietWhen:
      'Nobody human has approved, no check failed (many approve while checks run), or the failing check began after the approval.',
  },
  sources: [],
  thresholds: {},
  needs: ['pullRequest', 'review'],
  identity: () => ['pull request'],
  evaluate({ pullRequest, review }): Verdict {
    if (pullRequest.author.kind === 'bot') return notApplicable('a bot opened the pull request');
    if (pullRequest.state === 'closed') return notApplicable('the pull request was closed without a merge');
    if (!lastHumanApproval(review)) return notApplicable('no human approval stands');
    if (review.checks === undefined) return notAvailable('checks were not read');
    if (isUnavailable(review.checks)) return notAvailable(review.checks.unavailable);
    const found = approvalBeforeChecks(review, review.checks);
    if (!found) return notAvailable('the checks of the approved commit were not read');
    if (found.begun.length === 0) return notApplicable('no check had begun when it was approved');
    const failed = [...found.failed, ...found.failedAfterwards];
    if (failed.length === 0) {
      return pass(
        `none of ${counted(found.begun.length, 'check')} failed that had begun when it was approved`,
      );
    }
    return findings([
      {
        about: {},
        confidence: 'high',
        observation: `${failed.length} of ${counted(found.begun.length, 'check')} that had begun when the change was approved ${failed.length === 1 ? 'has' : 'have'} failed: ${named(failed)}. ${when(found.failed.length, found.failedAfterwards.length)}`,
        impact: 'The approval was given for a commit that its checks turn down.',
        action: 'Does what makes them pass change what was approved?',
        measurements: [
          {
            name: 'checks failed',
            value: failed.length / found.begun.length,
            unit: 'ratio',
            base: found.begun.length,
          },
        ],
      },
    ]);
  },
});

function named(failed: readonly Check[]): string {
  const names = failed.slice(0, checksNamed).map(({ name }) => quoteName(name));
  return failed.length > checksNamed
    ? `${names.join(', ')} and ${failed.length - checksNamed} more`
    : names.join(', ');
}

function when(before: number, afterwards: number): string {
  if (afterwards === 0) return 'The failure was known then.';
  return before === 0 ? 'The failure came after the approval.' : `For ${before} the failure was known then.`;
}
