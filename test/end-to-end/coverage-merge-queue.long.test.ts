import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCoverageChain } from '../../src/collect/coverage-history/coverage-chain.ts';
import { isUnavailable } from '../../src/core/part.ts';
import { runAction } from '../github/run-action.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import {
  expectNoViolations,
  jobPermissions,
  lines,
  report,
  repository,
  scenarioOf,
} from '../support/end-to-end.ts';
import { judgeRun } from './two-step-scene.ts';

let github: GitHub;
const text = lines(30, (line) => `export const value${line} = ${line};`);
const settings = 'modules:\n  money: ["src/billing/**"]\n  letters: ["src/mail/**"]\n';
const both = report('src/billing/tax.ts', 30, 21) + report('src/mail/send.ts', 30, 31);

beforeAll(async () => {
  github = await startGitHub(
    scenarioOf(
      { 'src/billing/tax.ts': text, 'src/mail/send.ts': text, '.github/review-vitals.yml': settings },
      { 'README.md': '# Shop, changed\n' },
    ),
  );
});

afterAll(async () => {
  await expectNoViolations(github);
  await github.stop();
});

async function candidate(files: Readonly<Record<string, string>>, mayWrite: boolean) {
  const event = await github.event('merge_group', { repository, number: 7, action: 'checks_requested' });
  const token = await github.token({ ...jobPermissions, ...(mayWrite && { contents: 'write' }) });
  const run = await runAction({ github, event, token, files });
  run.clean();
  return { run, sha: (event.payload.merge_group as { readonly head_sha: string }).head_sha };
}

async function stored() {
  const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-queue-'));
  const token = await github.token(jobPermissions);
  const chain = await openCoverageChain({
    remote: { url: `${github.url}/${repository}.git`, token },
    scratchFolder,
  });
  if (isUnavailable(chain)) throw new Error(chain.unavailable);
  const index = await chain.index();
  await chain.close();
  rmSync(scratchFolder, { recursive: true });
  if (isUnavailable(index)) throw new Error(index.unavailable);
  return index.entries.map(({ commit, modules, shards, run }) => ({
    commit,
    modules,
    shards: shards.map(({ name }) => name),
    run,
  }));
}

describe('the tests of a merge queue’s candidate', () => {
  it('leave a record under the commit that the branch gets, with the modules that the settings name', async () => {
    const { run, sha } = await candidate({ 'lcov.info': both }, true);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('answered the merge queue');
    expect(run.stdout).toContain(`Kept: stored the coverage of ${sha.slice(0, 7)}`);
    expect(await stored()).toMatchObject([
      {
        commit: sha,
        modules: [
          { name: 'letters', totals: { hit: 30, partial: 0, miss: 0 } },
          { name: 'money', totals: { hit: 20, partial: 0, miss: 10 } },
        ],
      },
    ]);
  });

  it('leave none, and no word about it, where the job measured nothing', async () => {
    const { run } = await candidate({}, true);
    expect(run.exitCode).toBe(0);
    expect(run.annotations).toEqual([]);
    expect(await stored()).toHaveLength(1);
  });

  it('are said not to be stored without the permission, and the queue has its answer', async () => {
    const { run } = await candidate({ 'lcov.info': both }, false);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('answered the merge queue');
    expect(run.stdout).toContain('The coverage of this commit was not stored');
  });
});

describe('the tests of a candidate in another workflow', () => {
  it('leave a record when they are done, under the names of their jobs', async () => {
    const event = await github.event('merge_group', { repository, number: 7, action: 'checks_requested' });
    const group = event.payload.merge_group as { readonly head_sha: string; readonly head_ref: string };
    const { id } = await github.addWorkflowRun({
      repository,
      headSha: group.head_sha,
      headBranch: group.head_ref.replace('refs/heads/', ''),
      event: 'merge_group',
      status: 'in_progress',
    });
    const collected = await runAction({
      github,
      event,
      token: await github.token({ contents: 'read' }),
      files: { 'lcov.info': both },
      inputs: { mode: 'collect' },
      // The artifact client takes any other address for GitHub Enterprise Server.
      env: { GITHUB_SERVER_URL: 'https://github.com' },
      job: { key: 'test', runtimeToken: await github.runtimeToken(repository, id) },
    });
    collected.clean();
    await github.endWorkflowRun({ repository, id });
    const judged = await judgeRun(github, id);
    expect(judged.stdout).toContain(`Kept: stored the coverage of ${group.head_sha.slice(0, 7)}`);
    expect((await stored())[0]).toMatchObject({
      commit: group.head_sha,
      shards: expect.arrayContaining(['test']),
      run: `${id}/1`,
    });
  });

  it('leave none when the queue is that of another branch', async () => {
    const { headSha } = await github.pull(repository, 7);
    const { id } = await github.addWorkflowRun({
      repository,
      headSha,
      headBranch: `gh-readonly-queue/release/pr-7-${headSha}`,
      event: 'merge_group',
      artifacts: { 'review-vitals-coverage-test-1': { 'coverage.json': '{}' } },
    });
    const before = await stored();
    expect((await judgeRun(github, id)).exitCode).toBe(0);
    expect(await stored()).toEqual(before);
  });
});
