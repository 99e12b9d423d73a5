import { type Job, type RunOptions, type RunResult, runAction } from '../github/run-action.ts';
import type { GitHub, Permissions } from '../github/start-github.ts';
import { startGitHub } from '../github/start-github.ts';
import { expectNoViolations, repository } from '../support/end-to-end.ts';

type Scenario = Parameters<typeof startGitHub>[0];

/** What the judging workflow asks for. */
export const judgePermissions: Permissions = {
  contents: 'write',
  pull_requests: 'write',
  checks: 'write',
  issues: 'write',
  actions: 'read',
};

/** Starts a GitHub for one test; each ends without a request that broke GitHub's contract. */
export async function on(scenario: Scenario, work: (github: GitHub) => Promise<void>): Promise<void> {
  const github = await startGitHub(scenario);
  try {
    await work(github);
    await expectNoViolations(github);
  } finally {
    await github.stop();
  }
}

/** The tests of pull request 7 start in the workflow CI. */
export async function startTests(
  github: GitHub,
  more: { readonly name?: string; readonly event?: string; readonly attempt?: number } = {},
): Promise<number> {
  const { headSha, headRef, headRepository } = await github.pull(repository, 7);
  const { id } = await github.addWorkflowRun({
    repository,
    headSha,
    headBranch: headRef,
    ...(headRepository !== null && { headRepository }),
    status: 'in_progress',
    ...more,
  });
  return id;
}

interface CollectOptions extends Partial<Omit<RunOptions, 'github' | 'event' | 'job'>> {
  readonly job?: Omit<Job, 'runtimeToken'>;
}

/** The last step of a test job, with `mode: collect` and a token that only reads the code. */
export async function collect(github: GitHub, run: number, options: CollectOptions = {}): Promise<RunResult> {
  const event = await github.event('pull_request', { repository, number: 7, action: 'synchronize' });
  const result = await runAction({
    ...options,
    github,
    event,
    token: options.token ?? (await github.token({ contents: 'read' })),
    inputs: { mode: 'collect', ...options.inputs },
    // The artifact client takes any other address for GitHub Enterprise Server.
    env: { GITHUB_SERVER_URL: 'https://github.com', ...options.env },
    job: { key: 'test', ...options.job, runtimeToken: await github.runtimeToken(repository, run) },
  });
  result.clean();
  return result;
}

/** The judging workflow, started by the end of that run. */
export async function judgeRun(
  github: GitHub,
  run: number,
  options: Partial<Omit<RunOptions, 'github' | 'event'>> = {},
): Promise<RunResult> {
  const event = await github.event('workflow_run', { repository, action: 'completed', id: run });
  const token = options.token ?? (await github.token(judgePermissions));
  const result = await runAction({ workspace: 'empty', ...options, github, event, token });
  result.clean();
  return result;
}

/** An event of the pull request in the judging workflow, which checks nothing out. */
export async function judgeEvent(
  github: GitHub,
  name: string,
  action: string,
  options: Partial<Omit<RunOptions, 'github' | 'event'>> = {},
): Promise<RunResult> {
  const event = await github.event(name, { repository, number: 7, action });
  const token = options.token ?? (await github.token(judgePermissions));
  const result = await runAction({ workspace: 'empty', ...options, github, event, token });
  result.clean();
  return result;
}
