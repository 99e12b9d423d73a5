import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { redact } from '../../collect/github/redact.ts';
import { openHealthChain } from '../../collect/history/health-chain.ts';
import { isUnavailable } from '../../core/part.ts';
import { judgeAndPublishWeek } from '../../weekly-pipeline.ts';
import type { ActionRun } from './action-run.ts';

/** Writes this week's repo-health issue, and keeps what it learned. */
export async function writeWeeklyIssue(run: ActionRun): Promise<void> {
  const { client, inputs, owner, name, now, scratchFolder, serverUrl, workspace } = run;
  const url = `${serverUrl}/${owner}/${name}`;
  const remote = { url: `${url}.git`, ...(inputs.token && { token: inputs.token }) };
  const branch: unknown = context.payload.repository?.default_branch;
  const chain = await openHealthChain({ remote, scratchFolder });
  try {
    const { body, published } = await judgeAndPublishWeek(
      {
        now,
        repository: { name: `${owner}/${name}`, url },
        ...(existsSync(join(workspace, '.git')) && { checkout: workspace }),
        remote,
        scratchFolder,
        ...(typeof branch === 'string' && { branch }),
        github: { client, address: { owner, name } },
        chain,
      },
      { client, owner, name, instance: inputs.id },
      `${context.runId}/${process.env.GITHUB_RUN_ATTEMPT ?? '1'}`,
    );
    for (const line of published.written) core.info(`Posted: ${line}`);
    if (published.problems.length > 0)
      core.notice(redact(published.problems.join('\n')), { title: 'Not posted' });
    await core.summary.addRaw(body, true).write();
  } finally {
    if (!isUnavailable(chain)) await chain.close();
  }
}
