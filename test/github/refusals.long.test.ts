import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Client, clientOf } from './client.ts';
import { sampleScenario } from './sample-scenario.ts';
import { type GitHub, readOnlyPermissions, startGitHub } from './start-github.ts';

let github: GitHub;
let client: Client;

beforeAll(async () => {
  github = await startGitHub({ ...sampleScenario, limits: { contentPerMinute: 1000 } });
  client = clientOf(
    github,
    await github.token({ contents: 'read', pull_requests: 'write', checks: 'write', issues: 'write' }),
  );
});
afterAll(() => github.stop());
afterEach(async () => expect(await github.violations()).toEqual([]));

const shop = '/repos/acme/shop';

describe('lengths', () => {
  test.each([
    ['a comment', `POST ${shop}/issues/1/comments`, {}],
    ['an issue', `POST ${shop}/issues`, { title: 'Long' }],
    ['a review', `POST ${shop}/pulls/1/reviews`, { event: 'COMMENT' }],
  ])('%s of 65,536 characters is accepted, one more is refused', async (_, request, rest) => {
    // Characters are counted, not bytes.
    const longest = 'é'.repeat(65_536);
    expect((await client.rest(request, { ...rest, body: longest })).status).toBeLessThan(300);
    const refused = await client.rest(request, { ...rest, body: `${longest}x` });
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].message).toBe('body is too long (maximum is 65536 characters)');
  });

  test('a check run takes 65,535 characters of summary and 50 annotations, and no more', async () => {
    const { headSha } = await github.pull('acme/shop', 1);
    const run = (summary: string, count: number) =>
      client.rest(`POST ${shop}/check-runs`, {
        name: 'Vitals',
        head_sha: headSha,
        output: {
          title: 'Title',
          summary,
          annotations: Array.from({ length: count }, (_, index) => ({
            path: 'a.txt',
            start_line: index + 1,
            end_line: index + 1,
            annotation_level: 'notice',
            message: 'Hm.',
          })),
        },
      });
    expect((await run('x'.repeat(65_535), 50)).status).toBe(201);
    const long = await run('x'.repeat(65_536), 1);
    expect(long.status).toBe(422);
    expect(long.body.errors[0]).toContain('Only 65535 characters are allowed; 65536 were supplied.');
    const many = await run('x', 51);
    expect(many.status).toBe(422);
    expect(many.body.errors[0]).toContain('No more than 50 items are allowed; 51 were supplied.');
  });
});

describe('permissions', () => {
  const writes: readonly (readonly [string, string, object])[] = [
    ['pull_requests', `POST ${shop}/pulls/1/reviews`, { event: 'COMMENT', body: 'Hello.' }],
    ['pull_requests', `POST ${shop}/issues/1/comments`, { body: 'Hello.' }],
    ['issues', `POST ${shop}/issues`, { title: 'Hello' }],
    ['statuses', `POST ${shop}/statuses/main`, { state: 'success' }],
    ['contents', `POST ${shop}/git/blobs`, { content: 'x' }],
  ];

  test.each(writes)('%s: read is not enough for %s', async (permission, request, body) => {
    const reader = clientOf(github, await github.token(readOnlyPermissions));
    const refused = await reader.rest(request, body);
    expect(refused.status).toBe(403);
    expect(refused.body.message).toBe('Resource not accessible by integration');
    const writer = clientOf(github, await github.token({ ...readOnlyPermissions, [permission]: 'write' }));
    expect((await writer.rest(request, body)).status).toBeLessThan(300);
  });

  test('a comment on a pull request takes either permission, one on an issue only its own', async () => {
    const { body: issue } = await client.rest(`POST ${shop}/issues`, { title: 'Talk' });
    const pulls = clientOf(github, await github.token({ pull_requests: 'write' }));
    const issues = clientOf(github, await github.token({ issues: 'write' }));
    const say = (who: Client, number: number) =>
      who.rest(`POST ${shop}/issues/${number}/comments`, { body: 'Hello.' });
    expect((await say(pulls, 1)).status).toBe(201);
    expect((await say(issues, 1)).status).toBe(201);
    expect((await say(issues, issue.number)).status).toBe(201);
    expect((await say(pulls, issue.number)).status).toBe(403);
  });

  test('an Actions token does not learn who it is over REST, but does over GraphQL', async () => {
    expect((await client.rest('GET /user')).status).toBe(403);
    const { body } = await client.graphql('{ viewer { login } }');
    expect(body.data.viewer.login).toBe('github-actions[bot]');
  });

  test('nobody reads a public repository and writes nothing', async () => {
    const nobody = clientOf(github);
    expect((await nobody.rest(`GET ${shop}/pulls/1`)).status).toBe(200);
    expect((await nobody.rest(`POST ${shop}/issues/1/comments`, { body: 'Hello.' })).status).toBe(401);
    expect((await nobody.graphql('{ viewer { login } }')).status).toBe(401);
  });

  test('a wrong token is told so', async () => {
    const answer = await clientOf(github, 'ghs_wrong').rest(`GET ${shop}`);
    expect(answer.status).toBe(401);
    expect(answer.body.message).toBe('Bad credentials');
  });

  test('resolving a thread needs contents: write', async () => {
    await client.rest(`POST ${shop}/pulls/1/reviews`, {
      event: 'COMMENT',
      comments: [{ path: 'a.txt', line: 10, body: 'Hm.' }],
    });
    const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
      reviewThreads(last: 1) { nodes { id isResolved viewerCanResolve } } } } }`;
    const resolve =
      'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved resolvedBy { login } } } }';
    const before = (await client.graphql(query)).body.data.repository.pullRequest.reviewThreads.nodes[0];
    expect(before).toMatchObject({ isResolved: false, viewerCanResolve: false });
    const refused = await client.graphql(resolve, { id: before.id });
    expect(refused.status).toBe(200);
    expect(refused.body.data).toEqual({ resolveReviewThread: null });
    expect(refused.body.errors).toMatchObject([
      { type: 'FORBIDDEN', path: ['resolveReviewThread'], message: 'Resource not accessible by integration' },
    ]);
    const writer = clientOf(github, await github.token({ contents: 'write', pull_requests: 'write' }));
    const resolved = await writer.graphql(resolve, { id: before.id });
    expect(resolved.body.data.resolveReviewThread.thread).toEqual({
      isResolved: true,
      resolvedBy: { login: 'github-actions[bot]'.replace('[bot]', '') },
    });
  });
});

describe('a private repository', () => {
  test('does not exist for those who may not see it, and its pull requests are closed to a token without the permission', async () => {
    const secret = await startGitHub({
      repositories: [
        {
          name: 'acme/secret',
          private: true,
          git: [{ commit: 'Start', files: { a: 'a\n' } }],
          pullRequests: [{ title: 'B', head: 'b', commits: [{ commit: 'B', files: { b: 'b\n' } }] }],
        },
      ],
    });
    const query = '{ repository(owner: "acme", name: "secret") { pullRequest(number: 1) { title } } }';
    expect((await clientOf(secret).rest('GET /repos/acme/secret')).status).toBe(404);
    const stranger = clientOf(
      secret,
      await secret.token({ contents: 'read' }, { repositories: ['acme/other'] }),
    );
    expect((await stranger.rest('GET /repos/acme/secret')).status).toBe(404);
    expect((await stranger.graphql(query)).body).toMatchObject({
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND' }],
    });
    const reader = clientOf(secret, await secret.token({ contents: 'read' }));
    expect((await reader.rest('GET /repos/acme/secret/contents/a')).status).toBe(200);
    expect((await reader.rest('GET /repos/acme/secret/pulls/1')).status).toBe(403);
    expect((await reader.graphql(query)).body).toMatchObject({
      data: { repository: { pullRequest: null } },
      errors: [{ type: 'FORBIDDEN', path: ['repository', 'pullRequest'] }],
    });
    expect(await secret.violations()).toEqual([]);
    await secret.stop();
  });
});

describe('reviews', () => {
  test('nobody approves their own pull request', async () => {
    const approve = async (login: string) =>
      clientOf(github, await github.userToken(login)).rest(`POST ${shop}/pulls/1/reviews`, {
        event: 'APPROVE',
      });
    const own = await approve('ann');
    expect(own.status).toBe(422);
    expect(own.body.errors).toEqual(['Review Can not approve your own pull request']);
    expect((await approve('bob')).status).toBe(200);
  });

  test('a second pending review is refused until the first is submitted or deleted', async () => {
    const bob = clientOf(github, await github.userToken('bob'));
    const first = await bob.rest(`POST ${shop}/pulls/1/reviews`, { body: 'Later.' });
    expect(first.body.state).toBe('PENDING');
    const second = await bob.rest(`POST ${shop}/pulls/1/reviews`, { body: 'Again.' });
    expect(second.status).toBe(422);
    expect(second.body.errors).toEqual(['User can only have one pending review per pull request']);
    expect((await client.rest(`GET ${shop}/pulls/1/reviews/${first.body.id}`)).status).toBe(404);
    expect((await bob.rest(`DELETE ${shop}/pulls/1/reviews/${first.body.id}`)).status).toBe(200);
  });

  test('a COMMENT review needs a body or a comment', async () => {
    expect((await client.rest(`POST ${shop}/pulls/1/reviews`, { event: 'COMMENT' })).status).toBe(422);
  });
});

describe('conversations', () => {
  test('a locked one takes no comment of an app, a closed pull request does', async () => {
    const say = () => client.rest(`POST ${shop}/issues/1/comments`, { body: 'Hello.' });
    await client.rest(`PUT ${shop}/issues/1/lock`);
    const refused = await say();
    expect(refused.status).toBe(403);
    expect(refused.body.message).toBe('Unable to create comment because issue is locked.');
    await client.rest(`DELETE ${shop}/issues/1/lock`);
    await client.rest(`PATCH ${shop}/pulls/1`, { state: 'closed' });
    expect((await say()).status).toBe(201);
    await client.rest(`PATCH ${shop}/pulls/1`, { state: 'open' });
  });
});

describe('rates and sizes', () => {
  test('above the secondary limit the answer is 403 with Retry-After', async () => {
    const strict = await startGitHub({ ...sampleScenario, limits: { contentPerMinute: 2, retryAfter: 7 } });
    const mine = clientOf(strict, await strict.token());
    const say = () => mine.rest(`POST ${shop}/issues/1/comments`, { body: 'Hello.' });
    expect([(await say()).status, (await say()).status]).toEqual([201, 201]);
    const refused = await say();
    expect(refused.status).toBe(403);
    expect(refused.headers.get('retry-after')).toBe('7');
    expect(refused.body.message).toContain('secondary rate limit');
    expect((await mine.rest(`GET ${shop}`)).status).toBe(200);
    await strict.stop();
  });

  test('a pull request lists its files up to the limit and still counts them all', async () => {
    const short = await startGitHub({ ...sampleScenario, limits: { pullRequestFiles: 2 } });
    const mine = clientOf(short, await short.token());
    expect((await mine.rest(`GET ${shop}/pulls/1/files`)).body).toHaveLength(2);
    expect((await mine.rest(`GET ${shop}/pulls/1`)).body.changed_files).toBe(3);
    await short.stop();
  });

  test('a page that is too wide is a 502', async () => {
    const narrow = await startGitHub({ ...sampleScenario, limits: { graphqlNodes: 25 } });
    const mine = clientOf(narrow, await narrow.token());
    const page = (first: number) =>
      mine.graphql(
        `{ repository(owner: "acme", name: "shop") { pullRequests(first: ${first}) { totalCount } } }`,
      );
    expect((await page(25)).status).toBe(200);
    expect((await page(26)).status).toBe(502);
    await narrow.stop();
  });
});
