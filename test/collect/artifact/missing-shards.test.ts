import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDataArtifacts } from '../../../src/collect/artifact/data-artifacts.ts';
import { missingShards } from '../../../src/collect/artifact/missing-shards.ts';
import { type WorkflowRun, workflowRunOf } from '../../../src/collect/artifact/workflow-run.ts';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { type GitHub, readOnlyPermissions, startGitHub } from '../../github/start-github.ts';
import { repository, scenarioOf } from '../../support/end-to-end.ts';

let github: GitHub;
let workflows = 0;

beforeAll(async () => {
  github = await startGitHub(scenarioOf({}, { 'a.ts': 'a\n' }));
});

afterAll(async () => {
  expect(await github.violations()).toEqual([]);
  await github.stop();
});

interface Story {
  /** Shards with data on the base; without it the workflow has not run there. */
  readonly base?: readonly string[];
  /** Where they were left: by a push to the base, or in a merge queue of this branch. */
  readonly queueOf?: string;
  readonly head: readonly string[];
  readonly conclusion?: string;
  readonly jobs?: Readonly<Record<string, string>>;
  /** What else happens after the run on the base. */
  readonly others?: () => Promise<void>;
}

/** What is said of a run of a workflow that nobody has run before. */
async function said(story: Story) {
  const { base, queueOf, head, conclusion = 'success', jobs = { test: 'success' }, others } = story;
  workflows += 1;
  const workflow = `CI ${workflows}`;
  const artifacts = (shards: readonly string[]) =>
    Object.fromEntries(
      shards.map((shard) => [`review-vitals-coverage-${shard}-1`, { 'coverage.json': '{}' }]),
    );
  const { headSha, baseSha } = await github.pull(repository, 7);
  if (base)
    await github.addWorkflowRun({
      repository,
      name: workflow,
      headSha: baseSha,
      headBranch: queueOf === undefined ? 'main' : `gh-readonly-queue/${queueOf}/pr-3-${baseSha}`,
      event: queueOf === undefined ? 'push' : 'merge_group',
      artifacts: artifacts(base),
    });
  await others?.();
  const { id } = await github.addWorkflowRun({
    repository,
    name: workflow,
    headSha,
    headBranch: 'change',
    conclusion,
    jobs,
    artifacts: artifacts(head),
  });
  const client = createClient({ token: await github.token(readOnlyPermissions), apiUrl: github.apiUrl });
  const address = { owner: 'acme', name: 'shop' };
  const answer = await client.rest('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
    owner: 'acme',
    repo: 'shop',
    run_id: id,
  });
  const run = workflowRunOf(answer.ok ? answer.data : undefined) as WorkflowRun;
  const found = await listDataArtifacts(client, address, id, 'default');
  if (isUnavailable(found)) throw new Error(found.unavailable);
  return missingShards({
    ...address,
    client,
    run,
    instance: 'default',
    artifacts: found,
    baseBranch: 'main',
  });
}

describe('a run that went well', () => {
  it('with all places of its matrix misses none', async () => {
    expect(await said({ head: ['test-1of2', 'test-2of2'] })).toBeUndefined();
  });

  it('that measures in one place of its matrix, as on the base, misses none', async () => {
    expect(await said({ head: ['test-1of3'] })).toBeUndefined();
    expect(await said({ base: ['test-1of3'], head: ['test-1of3'] })).toBeUndefined();
  });

  it('lacks a place that the base has', async () => {
    expect(await said({ base: ['test-1of2', 'test-2of2'], head: ['test-1of2'] })).toBe(
      'the shard `test-2of2` left no data',
    );
  });

  it('lacks a place that a merge queue of the base has, where the tests do not run on the base', async () => {
    const story = { base: ['test-1of2', 'test-2of2'], head: ['test-1of2'] };
    expect(await said({ ...story, queueOf: 'main' })).toBe('the shard `test-2of2` left no data');
    expect(await said({ ...story, queueOf: 'release' })).toBeUndefined();
  });

  it('lacks a place that the base has, however often other workflows have run since', async () => {
    const { baseSha } = await github.pull(repository, 7);
    const others = async () => {
      for (let n = 0; n < 100; n += 1)
        await github.addWorkflowRun({
          repository,
          name: 'Lint',
          headSha: baseSha,
          headBranch: 'main',
          event: 'push',
        });
    };
    expect(await said({ base: ['test-1of2', 'test-2of2'], head: ['test-1of2'], others })).toBe(
      'the shard `test-2of2` left no data',
    );
  });

  it('without a job that the base has was made so by the change', async () => {
    expect(await said({ base: ['test', 'browser'], head: ['test'] })).toBeUndefined();
  });
});

describe('a run that ended badly', () => {
  const failed = { conclusion: 'failure', jobs: { 'test (1)': 'success', 'test (2)': 'failure' } };

  it('misses the empty place of a matrix, with the base or without it', async () => {
    const sentence = 'the shard `test-2of2` left no data';
    expect(await said({ ...failed, head: ['test-1of2'] })).toBe(sentence);
    expect(await said({ ...failed, base: ['test-1of2', 'test-2of2'], head: ['test-1of2'] })).toBe(sentence);
  });

  it('whose matrix measures in one place on the base as well misses none', async () => {
    expect(await said({ ...failed, base: ['test-1of2'], head: ['test-1of2'] })).toBeUndefined();
  });

  it('whose failed jobs have left their data misses none', async () => {
    expect(await said({ ...failed, head: ['test-1of2', 'test-2of2'] })).toBeUndefined();
  });

  it('misses the jobs that left nothing, unless they leave nothing on the base', async () => {
    const story = {
      conclusion: 'failure',
      jobs: { test: 'success', lint: 'failure', 'call / browser (1)': 'timed_out' },
    };
    expect(await said({ ...story, head: ['test'] })).toBe(
      'the jobs `lint`, `call / browser (1)` did not end well and left no data',
    );
    expect(await said({ ...story, base: ['test'], head: ['test'] })).toBeUndefined();
    expect(await said({ ...story, base: ['test', 'browser'], head: ['test'] })).toBe(
      'the shard `browser` left no data',
    );
  });

  it('with a matrix of another size than on the base is held against its own size', async () => {
    expect(
      await said({
        ...failed,
        base: ['test-1of3', 'test-2of3', 'test-3of3'],
        head: ['test-1of2', 'test-2of2'],
      }),
    ).toBeUndefined();
  });

  it('misses a job among more of them than a page holds', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`part ${n}`, 'success']));
    const jobs = { ...many, lint: 'failure' };
    expect(await said({ conclusion: 'failure', jobs, head: ['test'] })).toBe(
      'the job `lint` did not end well and left no data',
    );
  });

  it('with jobs that were passed over misses none', async () => {
    const jobs = { test: 'success', deploy: 'skipped' };
    expect(await said({ conclusion: 'failure', jobs, head: ['test'] })).toBeUndefined();
  });
});
