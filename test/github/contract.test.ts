import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, clientOf } from './client.ts';
import { operationNames } from './http/contract.ts';
import { restRoutes } from './rest/routes.ts';
import { sampleScenario } from './sample-scenario.ts';
import { operations } from './schema/operations.ts';
import { type GitHub, startGitHub } from './start-github.ts';

let github: GitHub;
let client: Client;

beforeAll(async () => {
  github = await startGitHub(sampleScenario);
  client = clientOf(
    github,
    await github.token({
      contents: 'write',
      pull_requests: 'write',
      checks: 'write',
      issues: 'write',
      actions: 'read',
    }),
  );
});
afterAll(() => github.stop());

/** What was recorded since the last question. */
let seen = 0;
async function newViolations(): Promise<readonly string[]> {
  const all = await github.violations();
  const fresh = all.slice(seen);
  seen = all.length;
  return fresh;
}

describe('the official description', () => {
  test('is the extract of exactly the operations that are served', () => {
    expect(operationNames()).toEqual(operations);
    // `GET /repositories/{id}` exists at GitHub and is in no description.
    const served = restRoutes
      .map((route) => route.operation)
      .filter((name) => name !== 'GET /repositories/{id}');
    expect([...served].sort()).toEqual([...operations].sort());
  });

  test('an unknown route is a 404 and recorded', async () => {
    expect((await client.rest('GET /repos/acme/shop/branches')).status).toBe(404);
    expect(await newViolations()).toEqual(['GET /repos/acme/shop/branches: the fake has no such route']);
  });

  test('an unknown field of a body is a 422 and recorded, inside lists too', async () => {
    const answer = await client.rest('POST /repos/acme/shop/pulls/1/reviews', {
      event: 'COMMENT',
      comments: [{ path: 'a.txt', line: 10, body: 'Hm.', subject_type: 'line' }],
    });
    expect(answer.status).toBe(422);
    expect(await newViolations()).toEqual([
      'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews: body /comments/0 must NOT have additional properties (subject_type)',
    ]);
  });

  test('a missing field and a wrong type are recorded', async () => {
    await client.rest('POST /repos/acme/shop/check-runs', { name: 'Vitals' });
    await client.rest('POST /repos/acme/shop/issues/1/comments', { body: 7 });
    expect(await newViolations()).toEqual([
      "POST /repos/{owner}/{repo}/check-runs: body (root) must have required property 'head_sha'",
      'POST /repos/{owner}/{repo}/issues/{issue_number}/comments: body /body must be string',
    ]);
  });

  test('an unknown event of a review is refused without blaming the contract', async () => {
    const answer = await client.rest('POST /repos/acme/shop/pulls/1/reviews', {
      event: 'SHRUG',
      body: 'Hm.',
    });
    expect(answer.status).toBe(422);
    expect(await newViolations()).toEqual([]);
  });

  test('an unknown query parameter is recorded, a known one is not', async () => {
    await client.rest('GET /repos/acme/shop/pulls?state=all&per_page=5');
    expect(await newViolations()).toEqual([]);
    await client.rest('GET /repos/acme/shop/pulls?stat=all');
    expect(await newViolations()).toEqual([
      'GET /repos/{owner}/{repo}/pulls: query parameter stat does not exist',
    ]);
  });

  test('every read answers as described', async () => {
    const { headSha, baseSha } = await github.pull('acme/shop', 1);
    const run = await github.addWorkflowRun({
      repository: 'acme/shop',
      headSha,
      headBranch: 'feature',
      artifacts: { coverage: { 'lcov.info': 'TN:\n' } },
    });
    const { body: comment } = await client.rest('POST /repos/acme/shop/issues/1/comments', {
      body: 'Hello.',
    });
    const { body: check } = await client.rest('POST /repos/acme/shop/check-runs', {
      name: 'Vitals',
      head_sha: headSha,
      status: 'completed',
      conclusion: 'neutral',
      output: {
        title: 'T',
        summary: 'S',
        annotations: [
          { path: 'a.txt', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'M' },
        ],
      },
    });
    const { body: review } = await client.rest('POST /repos/acme/shop/pulls/1/reviews', {
      event: 'COMMENT',
      comments: [{ path: 'a.txt', line: 10, body: 'Hm.' }],
    });
    const { body: artifacts } = await client.rest('GET /repos/acme/shop/actions/artifacts');
    const paths = [
      '',
      '/pulls?state=all',
      '/pulls/1',
      '/pulls/1/commits',
      '/pulls/1/files',
      '/pulls/1/reviews',
      `/pulls/1/reviews/${review.id}`,
      `/pulls/1/reviews/${review.id}/comments`,
      '/pulls/1/comments',
      '/issues?state=all',
      '/issues/1',
      '/issues/1/comments',
      `/issues/comments/${comment.id}`,
      '/issues/1/labels',
      '/labels',
      `/check-runs/${check.id}`,
      `/check-runs/${check.id}/annotations`,
      `/commits/${headSha}/check-runs`,
      `/commits/${headSha}/check-suites`,
      `/check-suites/${check.check_suite.id}/check-runs`,
      '/commits',
      '/commits?path=a.txt',
      `/commits/${headSha}`,
      `/commits/${headSha}/pulls`,
      '/commits/feature/status',
      `/compare/${baseSha}...feature`,
      '/compare/main...acme:feature',
      '/contents/a.txt?ref=feature',
      '/contents/',
      '/git/ref/heads/main',
      '/git/matching-refs/heads',
      '/git/trees/main?recursive=1',
      `/git/commits/${headSha}`,
      '/collaborators/ann/permission',
      '/actions/runs',
      `/actions/runs/${run.id}`,
      `/actions/runs/${run.id}/jobs`,
      `/actions/runs/${run.id}/artifacts`,
      `/actions/artifacts/${artifacts.artifacts[0].id}`,
    ];
    const answers = await Promise.all(
      paths.map(async (path) => [path, (await client.rest(`GET /repos/acme/shop${path}`)).status]),
    );
    expect(answers).toEqual(paths.map((path) => [path, 200]));
    expect(await newViolations()).toEqual([]);
  });

  test('an artifact is downloaded through a redirect, as a zip archive', async () => {
    const { body } = await client.rest('GET /repos/acme/shop/actions/artifacts');
    const answer = await fetch(body.artifacts[0].archive_download_url, {
      headers: { authorization: `Bearer ${await github.token({ actions: 'read' })}` },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    expect(bytes.toString('latin1')).toContain('lcov.info');
  });

  test('media types give the diff and the raw file', async () => {
    const diff = await client.rest('GET /repos/acme/shop/pulls/1', undefined, {
      accept: 'application/vnd.github.v3.diff',
    });
    expect(diff.body).toMatch(/^diff --git a\/a\.txt b\/a\.txt\n/);
    const raw = await client.rest('GET /repos/acme/shop/contents/new.txt?ref=feature', undefined, {
      accept: 'application/vnd.github.raw',
    });
    expect(raw.body).toBe('one\ntwo\n');
  });
});

describe('GraphQL', () => {
  test('a field that the schema does not have is an error and recorded', async () => {
    const answer = await client.graphql('{ repository(owner: "acme", name: "shop") { stars } }');
    expect(answer.body.errors[0].message).toBe('Cannot query field "stars" on type "Repository".');
    expect(await newViolations()).toEqual(['graphql: Cannot query field "stars" on type "Repository".']);
  });

  test('a field of the schema that the fake does not know is an error, never a null', async () => {
    const answer = await client.graphql(
      '{ repository(owner: "acme", name: "shop") { codeOfConduct { name } } }',
    );
    expect(answer.body.errors[0].message).toBe('graphql: the fake does not know Repository.codeOfConduct');
    expect(await newViolations()).toEqual(['graphql: the fake does not know Repository.codeOfConduct']);
  });

  test('a pull request that is not there is null with GitHub’s words', async () => {
    const answer = await client.graphql(
      '{ repository(owner: "acme", name: "shop") { pullRequest(number: 99) { title } } }',
    );
    expect(answer.body).toMatchObject({
      data: { repository: { pullRequest: null } },
      errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to a PullRequest with the number of 99.' }],
    });
    expect(await newViolations()).toEqual([]);
  });

  test('both homes of the API answer', async () => {
    const authorization = `Bearer ${await github.token()}`;
    const body = JSON.stringify({ query: '{ viewer { login } }' });
    for (const path of ['/graphql', '/api/graphql']) {
      expect(
        (await fetch(github.url + path, { method: 'POST', headers: { authorization }, body })).status,
      ).toBe(200);
    }
    for (const path of ['/repos/acme/shop', '/api/v3/repos/acme/shop'])
      expect((await fetch(github.url + path)).status).toBe(200);
  });
});

test('the extract carries its licence', () => {
  expect(readFileSync(new URL('schema/LICENSE.txt', import.meta.url), 'utf8')).toContain('MIT License');
});
