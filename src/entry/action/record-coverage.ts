import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { measuredByTests } from '../../collect/artifact/measured-by-tests.ts';
import type { WorkflowRun } from '../../collect/artifact/workflow-run.ts';
import { measuredInWorkspace } from '../../collect/coverage/coverage-of-change.ts';
import { openCoverageChain } from '../../collect/coverage-history/coverage-chain.ts';
import { measuredRecord } from '../../collect/coverage-history/measured-record.ts';
import { openRepository } from '../../collect/git/open-repository.ts';
import { redact } from '../../collect/github/redact.ts';
import { createPeople } from '../../collect/people.ts';
import { isUnavailable } from '../../core/part.ts';
import { writeCoverageHistory } from '../../publish/coverage-history/write-coverage-history.ts';
import type { ActionRun } from './action-run.ts';

/**
 * Stores what the tests of the default branch measured, for pull requests to be compared with: the report in the
 * workspace, or with `tests` what those jobs left.
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
    const measured = tests
      ? await measuredByTests(
          { client, owner, name, instance: inputs.id, head: tests.head, baseBranch: branch, run: tests },
          repository,
        )
      : await measuredInWorkspace(repository, { workspace, reports: inputs.coverage });
    if (isUnavailable(measured)) return say(measured.unavailable);
    const record = await measuredRecord(repository, measured);
    if (isUnavailable(record)) return say(record.unavailable);
    const chain = await openCoverageChain({ remote, scratchFolder });
    if (isUnavailable(chain)) return say(chain.unavailable);
    try {
      const attempt = process.env.GITHUB_RUN_ATTEMPT ?? '1';
      const { done, problem } = await writeCoverageHistory({
        chain,
        ...record,
        run: tests ? `${tests.id}/${tests.attempt}` : `${context.runId}/${attempt}`,
      });
      if (done) core.info(`Kept: ${done}`);
      if (problem) say(problem);
    } finally {
      await chain.close();
    }
  } finally {
    await repository.close();
  }
}

/** A branch without a record is compared with an older one; nothing fails for it. */
function say(reason: string): void {
  core.notice(redact(reason), { title: 'The coverage of this commit was not stored' });
}
