import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../src/collect/github/create-client.ts';
import { readEarlierResults } from '../../src/collect/read-earlier-results.ts';
import { encodeRunState } from '../../src/core/run-state.ts';
import { answerMergeGroup } from '../../src/publish/answer-merge-group.ts';
import { writeCheckRun } from '../../src/publish/write-check-run.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import { jobPermissions, repository, scenarioOf } from '../support/end-to-end.ts';

let github: GitHub;
let head: string;

beforeAll(async () => {
  github = await startGitHub({
    apps: [{ id: 77, slug: 'vitals-app', publicKey: 'unused', permissions: jobPermissions }],
    ...scenarioOf({}, { 'a.txt': 'one\n' }),
  });
  head = (await github.pull(repository, 7)).headSha;
});

afterAll(async () => {
  expect(await github.violations()).toEqual([]);
  await github.stop();
});

async function targetAs(as: string) {
  const token = await github.token(jobPermissions, { as });
  const client = createClient({ token, apiUrl: github.apiUrl, graphqlUrl: github.graphqlUrl });
  return { client, owner: 'acme', name: 'shop', instance: 'default', number: 7, head };
}

const checkRun = (text: string) =>
  ({ conclusion: 'success', title: 'Nothing to look at', summary: 'No findings', text }) as const;

async function texts(): Promise<readonly (string | null)[]> {
  return (await github.state(repository)).checkRuns
    .filter(({ name }) => name === 'Review Vitals')
    .map(({ text }) => text);
}

describe('a head that two apps have judged', () => {
  it('has a check run of each, and each edits its own', async () => {
    const app = await targetAs('vitals-app[bot]');
    const action = await targetAs('github-actions[bot]');
    expect(await writeCheckRun(checkRun('app'), app)).toEqual({ done: 'wrote the check run (success)' });
    expect(await writeCheckRun(checkRun('action'), action)).toEqual({
      done: 'wrote the check run (success)',
    });
    expect(await writeCheckRun(checkRun('app again'), app)).toEqual({
      done: 'updated the check run (success)',
    });
    expect(await writeCheckRun(checkRun('action again'), action)).toEqual({
      done: 'updated the check run (success)',
    });
    expect(await texts()).toEqual(['app again', 'action again']);
  });
});

describe('an answer of GitHub’s that is lost', () => {
  it.each([
    ['before', 'the effect, which is asked for again'],
    ['after', 'the effect, which is found'],
  ] as const)('%s %s, leaves one check run', async (kind, _) => {
    const target = { ...(await targetAs('github-actions[bot]')), instance: `lost-${kind}` };
    const ours = async () =>
      (await github.state(repository)).checkRuns
        .filter(({ name }) => name === `Review Vitals (lost-${kind})`)
        .map(({ text }) => text);
    await github.fault({ method: 'POST', match: '/check-runs$', kind, status: 502 });
    expect(await writeCheckRun(checkRun('one'), target)).toEqual({ done: 'wrote the check run (success)' });
    expect(await ours()).toEqual(['one']);
    await github.fault({ method: 'PATCH', match: '/check-runs/', kind, status: 502 });
    expect(await writeCheckRun(checkRun('two'), target)).toEqual({ done: 'updated the check run (success)' });
    expect(await ours()).toEqual(['two']);
  });

  it('leaves the merge queue with its answer', async () => {
    const target = { ...(await targetAs('github-actions[bot]')), instance: 'queue' };
    await github.fault({ method: 'POST', match: '/check-runs$', kind: 'before', status: 502 });
    expect(await answerMergeGroup(head, target)).toEqual({ done: 'answered the merge queue' });
  });
});

describe('a run that could not read the change', () => {
  it('leaves what an earlier one has found as it is', async () => {
    const action = await targetAs('github-actions[bot]');
    const before = await texts();
    expect(await writeCheckRun({ ...checkRun('not checked'), isUnread: true }, action)).toEqual({
      problem:
        'The check run of this commit stands as an earlier run left it: this time the change could not be read',
    });
    expect(await texts()).toEqual(before);
  });

  it('says so where there is none yet', async () => {
    const other = { ...(await targetAs('github-actions[bot]')), instance: 'web' };
    expect(await writeCheckRun({ ...checkRun('not checked'), isUnread: true }, other)).toEqual({
      done: 'wrote the check run (success)',
    });
  });
});

describe('a head with more check runs than a page of GitHub’s holds', () => {
  it('still tells what an earlier run found', async () => {
    const target = await targetAs('github-actions[bot]');
    const results = [
      {
        rule: 'review/review-overdue',
        level: 'notice' as const,
        outcome: { kind: 'pass' as const, seen: 'a human has reviewed it' },
      },
    ];
    const mergeBase = 'a'.repeat(40);
    await writeCheckRun(checkRun(encodeRunState({ version: 1, mergeBase, results })), target);
    const token = await github.token(jobPermissions);
    for (let n = 0; n < 100; n += 1) {
      const made = await fetch(`${github.apiUrl}/repos/${repository}/check-runs`, {
        method: 'POST',
        headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          name: `test ${n}`,
          head_sha: head,
          status: 'completed',
          conclusion: 'success',
        }),
      });
      expect(made.status).toBe(201);
    }
    const question = { ...target, kind: 'pull-request', base: mergeBase, baseName: 'main' } as const;
    expect(await readEarlierResults(question, mergeBase)).toEqual(results);
  });
});
