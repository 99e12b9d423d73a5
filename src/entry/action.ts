import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { createClient } from '../collect/github/create-client.ts';
import { lookUpPullRequest } from '../collect/github/look-up-pull-request.ts';
import { redact } from '../collect/github/redact.ts';
import { answerMergeGroup } from '../publish/answer-merge-group.ts';
import type { ActionRun } from './action/action-run.ts';
import { readInputs } from './action/inputs.ts';
import { type JudgedPullRequest, type Occasion, occasionOf } from './action/occasion.ts';
import { readOnlyReason } from './action/read-only-reason.ts';

/** A fault of ours is a warning on the run, never a failed job and never silence. */
main().catch((error: unknown) => {
  core.warning(
    `Review Vitals could not run: ${redact(error instanceof Error ? error.message : String(error))}`,
  );
  core.debug(redact(error instanceof Error ? (error.stack ?? '') : ''));
});

async function main(): Promise<void> {
  const inputs = readInputs(core.getInput);
  if (inputs.token) {
    core.setSecret(inputs.token);
    core.setSecret(Buffer.from(`x-access-token:${inputs.token}`).toString('base64'));
  }
  const occasion = occasionOf(context.eventName, context.payload, context.sha);
  const temporaryFolder = process.env.RUNNER_TEMP ?? tmpdir();
  const scratchFolder = mkdtempSync(join(temporaryFolder, 'review-vitals-'));
  try {
    const { owner, repo: name } = context.repo;
    const whyReadOnly = readOnlyReason(context.eventName, context.payload, `${owner}/${name}`, context.actor);
    const run: ActionRun = {
      inputs,
      client: createClient({ token: inputs.token, apiUrl: context.apiUrl, graphqlUrl: context.graphqlUrl }),
      owner,
      name,
      serverUrl: context.serverUrl,
      now: new Date().toISOString(),
      workspace: process.env.GITHUB_WORKSPACE ?? process.cwd(),
      temporaryFolder,
      scratchFolder,
      ...(whyReadOnly !== undefined && { whyReadOnly }),
    };
    await (inputs.mode === 'collect' ? collect(run) : perform(occasion, run));
  } finally {
    rmSync(scratchFolder, { recursive: true, force: true });
  }
}

async function collect(run: ActionRun): Promise<void> {
  const { collectMode } = await import('./action/collect-mode.ts');
  return collectMode(run);
}

async function judge(pullRequest: JudgedPullRequest, run: ActionRun): Promise<void> {
  const { judgePullRequest } = await import('./action/judge-pull-request.ts');
  return judgePullRequest(pullRequest, run);
}

/** The event picks the duty. Each is loaded when it is picked, so that none waits for what the others need. */
async function perform(occasion: Occasion, run: ActionRun): Promise<void> {
  switch (occasion.kind) {
    case 'nothing-to-do':
      return core.notice(occasion.reason);
    case 'pull-request':
      return judge(occasion.pullRequest, run);
    case 'tested-default-branch': {
      const { recordCoverage } = await import('./action/record-coverage.ts');
      return recordCoverage(occasion.branch, run);
    }
    case 'tests-done': {
      const { judgeTests } = await import('./action/judge-tests.ts');
      return judgeTests(occasion.tests, run);
    }
    case 'comment': {
      const found = await lookUpPullRequest(run.client, {
        owner: run.owner,
        name: run.name,
        number: occasion.number,
      });
      if (!found.ok)
        return core.warning(
          redact(`Pull request ${occasion.number} could not be read: ${found.error.message}`),
        );
      return judge(found.data, run);
    }
    case 'merge-group': {
      const { done, problem } = await answerMergeGroup(occasion.head, { ...run, instance: run.inputs.id });
      if (problem) core.warning(redact(problem));
      else core.info(`Posted: ${done}`);
      const { recordMergeGroup } = await import('./action/record-coverage.ts');
      return recordMergeGroup(run);
    }
    case 'weekly': {
      const { writeWeeklyIssue } = await import('./action/write-weekly-issue.ts');
      return writeWeeklyIssue(run);
    }
  }
}
