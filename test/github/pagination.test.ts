import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Client, clientOf } from './client.ts';
import { sampleScenario } from './sample-scenario.ts';
import { type GitHub, startGitHub } from './start-github.ts';

let github: GitHub;
let client: Client;

beforeAll(async () => {
  const comments = Array.from({ length: 105 }, (_, index) => ({ by: 'bob', body: `Comment ${index + 1}` }));
  github = await startGitHub(sampleScenario);
  await github.apply({ repositories: [{ name: 'acme/shop', pullRequests: [{ number: 1, comments }] }] });
  client = clientOf(github, await github.token());
});
afterAll(() => github.stop());
afterEach(async () => expect(await github.violations()).toEqual([]));

const comments = '/repos/acme/shop/issues/1/comments';

describe('REST', () => {
  test('30 on a page unless asked, 100 at most', async () => {
    const count = async (query: string) => (await client.rest(`GET ${comments}${query}`)).body.length;
    expect([await count(''), await count('?per_page=100'), await count('?per_page=1000')]).toEqual([
      30, 100, 100,
    ]);
  });

  test('Link leads from page to page, and the last page has no next', async () => {
    const first = await client.rest(`GET ${comments}?per_page=100`);
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
    const second = await client.rest(`GET ${next}`);
    expect(second.body).toHaveLength(5);
    expect(second.headers.get('link')).not.toContain('rel="next"');
    expect(second.headers.get('link')).toContain('rel="prev"');
  });

  test('an unchanged answer is a 304 to whoever has its ETag', async () => {
    const first = await client.rest('GET /repos/acme/shop/pulls/1');
    const etag = first.headers.get('etag') ?? '';
    const again = () => client.rest('GET /repos/acme/shop/pulls/1', undefined, { 'if-none-match': etag });
    expect((await again()).status).toBe(304);
    await github.apply({
      repositories: [{ name: 'acme/shop', pullRequests: [{ number: 1, title: 'Another title' }] }],
    });
    expect((await again()).status).toBe(200);
  });
});

describe('GraphQL', () => {
  const page = async (args: string) => {
    const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
      comments${args} { totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } nodes { body } } } } }`;
    const { body } = await client.graphql(query);
    return { ...body.data?.repository?.pullRequest?.comments, errors: body.errors };
  };
  const bodies = (nodes: readonly { body: string }[]) =>
    nodes.map(({ body }) => body.replace('Comment ', ''));

  test('first cuts the list and the cursor goes on', async () => {
    const first = await page('(first: 100)');
    expect(first.totalCount).toBe(105);
    expect(first.nodes).toHaveLength(100);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await page(`(first: 100, after: "${first.pageInfo.endCursor}")`);
    expect(bodies(second.nodes)).toEqual(['101', '102', '103', '104', '105']);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test('last gives the end, and before goes back', async () => {
    const end = await page('(last: 2)');
    expect(bodies(end.nodes)).toEqual(['104', '105']);
    expect(bodies((await page(`(last: 2, before: "${end.pageInfo.startCursor}")`)).nodes)).toEqual([
      '102',
      '103',
    ]);
  });

  test('100 is the most', async () => {
    expect((await page('(first: 101)')).errors[0]).toMatchObject({
      type: 'EXCESSIVE_PAGINATION',
      message:
        'Requesting 101 records on the `comments` connection exceeds the `first` limit of 100 records.',
    });
  });

  test('without first or last only the count is given', async () => {
    expect((await page('')).errors[0]).toMatchObject({ type: 'MISSING_PAGINATION_BOUNDARIES' });
    const query =
      '{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { comments { totalCount } } } }';
    expect((await client.graphql(query)).body.data.repository.pullRequest.comments.totalCount).toBe(105);
  });
});
