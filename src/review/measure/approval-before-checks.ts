import type { Check, CommitChecks, ReviewFacts } from '../../core/review-facts.ts';
import { lastHumanApproval } from './last-human-approval.ts';

/** Our own check fails on findings, not on the code: it is no check of the commit in this sense. */
const ownCheck = /^Review Vitals(?: \(.*\))?$/;

export interface ApprovalBeforeChecks {
  readonly approvedAt: string;
  /** All checks that had begun on the approved commit when it was approved. */
  readonly begun: readonly Check[];
  /** Had failed already. */
  readonly failed: readonly Check[];
  /** Were running then and failed afterwards. */
  readonly failedAfterwards: readonly Check[];
  /** Were running then and did not fail. */
  readonly running: readonly Check[];
}

/**
 * How the checks of the approved commit stood when the last human approval was given. Undefined without such an approval,
 * or where its commit's checks were not read.
 * Domain: the latest run of each check. One that failed before the approval and was run again afterwards is seen as
 * running or not begun. A check that begins after the approval is left out: approvals start some.
 * Source: chosen by us.
 */
export function approvalBeforeChecks(
  review: ReviewFacts,
  checks: readonly CommitChecks[],
): ApprovalBeforeChecks | undefined {
  const approval = lastHumanApproval(review);
  const ofCommit = checks.find(({ commit }) => commit === approval?.commit);
  if (!approval || !ofCommit) return undefined;
  const moment = Date.parse(approval.submittedAt);
  const begun = ofCommit.checks.filter(({ name, startedAt, completedAt }) => {
    if (ownCheck.test(name)) return false;
    const start = startedAt ?? completedAt;
    return start !== undefined && Date.parse(start) <= moment;
  });
  const isOver = ({ completedAt }: Check) => completedAt !== undefined && Date.parse(completedAt) <= moment;
  const hasFailed = ({ result }: Check) => result === 'failure';
  return {
    approvedAt: approval.submittedAt,
    begun,
    failed: begun.filter((check) => isOver(check) && hasFailed(check)),
    failedAfterwards: begun.filter((check) => !isOver(check) && hasFailed(check)),
    running: begun.filter((check) => !isOver(check) && !hasFailed(check)),
  };
}
