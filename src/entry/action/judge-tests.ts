import * as core from '@actions/core';
import { context } from '@actions/github';
import { findPullRequests } from '../../collect/artifact/find-pull-request.ts';
import type { WorkflowRun } from '../../collect/artifact/workflow-run.ts';
import { isOfDefaultBranch } from '../../collect/coverage-history/of-default-branch.ts';
import { redact } from '../../collect/github/redact.ts';
import { prose } from '../../render/markdown.ts';
import type { ActionRun } from './action-run.ts';
import { judgePullRequest } from './judge-pull-request.ts';
import { recordCoverage } from './record-coverage.ts';

/**
 * The tests of a commit are done in another workflow: stores what they measured of the default branch, or judges the pull requests whose head it is, with what they left.
 */
export async function judgeTests(tests: WorkflowRun, run: ActionRun): Promise<void> {
  const branch: unknown = context.payload.repository?.default_branch;
  if (typeof branch === 'string' && isOfDefaultBranch(tests, { ...run, defaultBranch: branch }))
    return recordCoverage(branch, run, tests);
  const { tested, why } = await findPullRequests(run.client, run, tests);
  if (tested.length === 0) {
    const sentence = redact(why);
    core.notice(sentence);
    await core.summary.addRaw(`### Review Vitals\n\n${prose(sentence)}`, true).write();
    return;
  }
  for (const pullRequest of tested) await judgePullRequest(pullRequest, { ...run, tests });
}
