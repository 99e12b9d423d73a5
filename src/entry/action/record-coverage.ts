import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { context } from '@actions/github';
import type { WorkflowRun } from '../../collect/artifact/workflow-run.ts';
import { findReports } from '../../collect/coverage/find-reports.ts';
import { measuredInWorkspace } from '../../collect/coverage/measured-in-workspace.ts';
import { openCoverageChain } from '../../collect/coverage-history/coverage-chain.ts';
import { openRepository } from '../../collect/git/open-repository.ts';
import { redact } from '../../collect/github/redact.ts';
import { createPeople } from '../../collect/people.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { type Recording, recordTests, storeMeasured } from '../../coverage-pipeline.ts';
import type { KeptHistory } from '../../publish/coverage-history/write-coverage-history.ts';
import type { ActionRun } from './action-run.ts';

/**
 * Stores what the tests of the default branch measured, for pull requests to be compared with: the report in the
 * workspace, or with `tests` what those jobs left. Nothing fails for a branch without a record: it is compared with an
 * older one.
 */
export async function recordCoverage(branch: string, run: ActionRun, tests?: WorkflowRun): Promise<void> {
  const { client, inputs, owner, name, scratchFolder, serverUrl, workspace } = run;
  const remote = { url: `${serverUrl}/${owner}/${name}.git`, ...(inputs.token && { token: inputs.token }) };
  const repository = await openRepository({
    ...(existsSync(join(workspace, '.git')) && { checkout: workspace }),
    remote,
    scratchFolder,
    people: createPeople('nobody is looked up'),
  });
  if (isUnavailable(repository)) return say(repository.unavailable);
  try {
    const chain = await openCoverageChain({ remote, scratchFolder });
    if (isUnavailable(chain)) return say(chain.unavailable);
    try {
      const recording = {
        client,
        owner,
        name,
        instance: inputs.id,
        repository,
        chain,
        defaultBranch: branch,
      };
      const kept = await (tests ? recordTests(tests, recording) : recordWorkspace(run, recording));
      if (isUnavailable(kept)) return say(kept.unavailable);
      if (kept.done) core.info(`Kept: ${kept.done}`);
      if (kept.problem) say(kept.problem);
    } finally {
      await chain.close();
    }
  } finally {
    await repository.close();
  }
}

/**
 * The same for a job that tests what a merge queue made for the default branch: when it is good, that very commit becomes
 * the branch's. A job without a report only answers the queue, and a queue of another branch leaves no record.
 */
export async function recordMergeGroup(run: ActionRun): Promise<void> {
  const branch: unknown = context.payload.repository?.default_branch;
  const base: unknown = context.payload.merge_group?.base_ref;
  if (typeof branch !== 'string' || base !== `refs/heads/${branch}`) return;
  if (!existsSync(run.workspace) || findReports(run.workspace, run.inputs.coverage).paths.length === 0)
    return;
  await recordCoverage(branch, run);
}

async function recordWorkspace(
  { inputs, workspace }: ActionRun,
  recording: Recording,
): Promise<Part<KeptHistory>> {
  const measured = await measuredInWorkspace(recording.repository, { workspace, reports: inputs.coverage });
  if (isUnavailable(measured)) return measured;
  const attempt = process.env.GITHUB_RUN_ATTEMPT ?? '1';
  return storeMeasured(measured, { ...recording, run: `${context.runId}/${attempt}` });
}

function say(reason: string): void {
  core.notice(redact(reason), { title: 'The coverage of this commit was not stored' });
}
