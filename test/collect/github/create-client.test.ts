import { afterEach, expect, test } from 'vitest';
import { apiError } from '../../../src/collect/github/api-error.ts';
import { type ClientOptions, createClient } from '../../../src/collect/github/create-client.ts';
import { type Reply, type Responder, startServer, type TestServer } from './graphql-server.ts';

const token = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a';
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function client(respond: Responder, options: Partial<ClientOptions> = {}) {
  const server = await startServer(respond);
  servers.push(server);
  return {
    server,
    api: createClient({ token, apiUrl: `${server.url}/api/v3`, secondLasts: 5, ...options }),
  };
}

const ok: Reply = { status: 200, body: { fine: true } };
function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}

test('a request carries the token, the version of the API and the path of GitHub Enterprise Server', async () => {
  const { api, server } = await client(() => ok);
  expect(await api.rest('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' })).toMatchObject({
    ok: true,
    status: 200,
    data: { fine: true },
  });
  expect(server.requests[0]).toMatchObject({ method: 'GET', path: '/api/v3/repos/acme/shop' });
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: `token ${token}`,
    'x-github-api-version': '2022-11-28',
  });
});

test('GraphQL goes to /api/graphql on GitHub Enterprise Server and beside the address elsewhere', async () => {
  const enterprise = await client(() => ({ status: 200, body: { data: { viewer: null } } }));
  await enterprise.api.graphql('query { viewer { login } }');
  expect(enterprise.server.requests[0]?.path).toBe('/api/graphql');

  const server = await startServer(() => ({ status: 200, body: { data: { viewer: null } } }));
  servers.push(server);
  await createClient({ token, apiUrl: server.url }).graphql('query { viewer { login } }');
  await createClient({
    token,
    apiUrl: 'http://127.0.0.1:1',
    graphqlUrl: `${server.url}/other/graphql`,
  }).graphql('query { viewer { login } }');
  expect(server.requests.map(({ path }) => path)).toEqual(['/graphql', '/other/graphql']);
});

test('a read is tried again after a server error', async () => {
  const { api, server } = await client((_, n) => (n < 2 ? refusal(502, 'Bad Gateway') : ok));
  expect(await api.rest('GET /repos/acme/shop')).toMatchObject({ ok: true });
  expect(server.requests).toHaveLength(3);
});

test('a GraphQL query is tried again after a server error', async () => {
  const { api, server } = await client((_, n) =>
    n < 1 ? refusal(502, 'Bad Gateway') : { status: 200, body: { data: { viewer: null } } },
  );
  expect(await api.graphql('query { viewer { login } }')).toMatchObject({ ok: true });
  expect(server.requests).toHaveLength(2);
});

test.each([
  [
    'a REST write',
    (api: Awaited<ReturnType<typeof client>>['api']) => api.rest('POST /repos/acme/shop/check-runs'),
  ],
  [
    'a GraphQL mutation',
    (api: Awaited<ReturnType<typeof client>>['api']) =>
      api.graphql('mutation Resolve { resolveReviewThread(input: { threadId: "x" }) { thread { id } } }'),
  ],
])('%s is sent once although the server broke, and may have happened', async (_, write) => {
  const { api, server } = await client(() => refusal(502, 'Bad Gateway'));
  expect(await write(api)).toEqual({
    ok: false,
    error: { status: 502, message: 'GitHub is having trouble (502: Bad Gateway)', mayHaveHappened: true },
  });
  expect(server.requests).toHaveLength(1);
});

test('a write whose connection breaks is sent once and may have happened', async () => {
  const { api, server } = await client(() => 'reset');
  const result = await api.rest('POST /repos/acme/shop/check-runs');
  expect(result).toMatchObject({ ok: false, error: { status: 0, mayHaveHappened: true } });
  expect(server.requests).toHaveLength(1);
});

test('a write that was refused did not happen', async () => {
  const { api } = await client(() => refusal(422, 'Line must be part of the diff'));
  expect(await api.rest('POST /repos/acme/shop/pulls/1/reviews')).toEqual({
    ok: false,
    error: {
      status: 422,
      message: 'GitHub refused the request (422: Line must be part of the diff)',
      mayHaveHappened: false,
    },
  });
});

test('a server that never answers ends in a sentence', async () => {
  const { api } = await client(() => new Promise(() => {}), { attemptTimeout: 50, retries: 1 });
  const result = await api.rest('GET /repos/acme/shop');
  expect(result).toMatchObject({ ok: false, error: { status: 0, mayHaveHappened: false } });
  if (!result.ok) expect(result.error.message).toMatch(/^no answer from 127\.0\.0\.1:\d+ \(.*timeout.*\)$/);
});

test('nobody at the address ends in a sentence', async () => {
  const api = createClient({ token, apiUrl: 'http://127.0.0.1:1', secondLasts: 1 });
  for (const result of [await api.rest('GET /user'), await api.graphql('query { viewer { login } }')]) {
    expect(result).toMatchObject({ ok: false, error: { status: 0 } });
    if (!result.ok) expect(result.error.message).toMatch(/^no answer from 127\.0\.0\.1:1 \(/);
  }
});

test('a missing permission is named by what GitHub says would do', async () => {
  const { api } = await client(() =>
    refusal(403, 'Resource not accessible by integration', {
      'x-accepted-github-permissions': 'pull_requests=write,metadata=read; issues=write',
    }),
  );
  expect(await api.rest('POST /repos/acme/shop/issues/7/comments')).toEqual({
    ok: false,
    error: {
      status: 403,
      message: 'the token lacks pull-requests: write — add it under permissions:',
      permission: 'pull-requests: write',
      mayHaveHappened: false,
    },
  });
});

test.each([
  ['GET /repos/acme/shop/pulls/7/files', 'pull-requests: read'],
  ['POST /repos/acme/shop/pulls/7/reviews', 'pull-requests: write'],
  ['POST /repos/acme/shop/issues/7/comments', 'pull-requests: write'],
  ['PATCH /repos/acme/shop/issues/comments/12', 'pull-requests: write'],
  ['POST /repos/acme/shop/issues', 'issues: write'],
  ['POST /repos/acme/shop/check-runs', 'checks: write'],
  ['GET /repos/acme/shop/commits/abc/check-runs', 'checks: read'],
  ['GET /repos/acme/shop/contents/.github/review-vitals.yml', 'contents: read'],
  ['GET /repos/acme/shop/actions/runs/1/artifacts', 'actions: read'],
])('where GitHub does not say it, %s needs %s', async (route, permission) => {
  const { api } = await client(() => refusal(403, 'Resource not accessible by integration'));
  expect(await api.rest(route)).toMatchObject({ ok: false, error: { status: 403, permission } });
});

test('a 403 that is not about permissions keeps the words of GitHub', async () => {
  const { api } = await client(() => refusal(403, 'Resource protected by organization SAML enforcement.'));
  expect(await api.rest('GET /repos/acme/shop')).toMatchObject({
    error: {
      message: 'GitHub refused the request (403: Resource protected by organization SAML enforcement.)',
    },
  });
});

test.each([
  [401, 'Bad credentials', 'the token was refused (401: Bad credentials)'],
  [404, 'Not Found', 'GitHub knows nothing at /repos/acme/shop, or the token may not see it (404)'],
  [
    410,
    'Issues are disabled for this repo',
    'GitHub refused the request (410: Issues are disabled for this repo)',
  ],
])('a %d is put into words', async (status, message, sentence) => {
  const { api, server } = await client(() => refusal(status, message));
  expect(await api.rest('GET /repos/acme/shop')).toMatchObject({
    ok: false,
    error: { status, message: sentence },
  });
  expect(server.requests).toHaveLength(1);
});

test('a gateway that answers with a page is quoted without its markup', async () => {
  const { api } = await client(() => ({ status: 504, body: '<html><h1>Gateway\n Time-out</h1></html>' }), {
    retries: 0,
  });
  expect(await api.rest('GET /user')).toMatchObject({
    error: { status: 504, message: 'GitHub is having trouble (504: Gateway Time-out)' },
  });
});

test('an answer that breaks off is no answer', async () => {
  const { api } = await client(() => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"fine": tr',
  }));
  for (const [route, mayHaveHappened] of [
    ['GET /user', false],
    ['POST /repos/acme/shop/issues', true],
  ] as const) {
    const result = await api.rest(route);
    expect(result).toMatchObject({ ok: false, error: { status: 200, mayHaveHappened } });
    if (!result.ok) expect(result.error.message).toMatch(/^the answer from 127\.0\.0\.1:\d+ broke off$/);
  }
});

test('an address that ends in an account is told without it', async () => {
  const { api } = await client(() => refusal(404, 'Not Found'));
  expect(await api.rest('GET /repos/acme/shop/collaborators/octocat/permission')).toMatchObject({
    error: {
      message:
        'GitHub knows nothing at /repos/acme/shop/collaborators/…/permission, or the token may not see it (404)',
    },
  });
});

test('GraphQL without a token is not even asked for', async () => {
  const { api, server } = await client(() => ok, { token: undefined });
  expect(await api.graphql('query { viewer { login } }')).toMatchObject({
    ok: false,
    error: { status: 401, message: 'no token was given — set GITHUB_TOKEN' },
  });
  expect(server.requests).toHaveLength(0);
});

test('an answer that quotes the token is redacted', async () => {
  const { api } = await client((request) =>
    refusal(422, `bad header ${request.headers.authorization} for ${token}`),
  );
  const result = await api.rest('POST /repos/acme/shop/issues');
  expect(JSON.stringify(result)).not.toContain(token);
  expect(result).toMatchObject({
    error: { message: 'GitHub refused the request (422: bad header token *** for ***)' },
  });
});

const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

test('a rate limit that passes within the budget is waited for, writes included, since they were refused', async () => {
  const { api, server } = await client((_, n) =>
    n === 0 ? refusal(403, secondary, { 'retry-after': '3' }) : ok,
  );
  expect(await api.rest('POST /repos/acme/shop/check-runs')).toMatchObject({ ok: true });
  expect(server.requests).toHaveLength(2);
});

test('a rate limit longer than the budget ends in a sentence at once', async () => {
  const { api, server } = await client(() =>
    refusal(403, secondary, { 'retry-after': '91', date: 'Mon, 16 Nov 2026 09:00:00 GMT' }),
  );
  expect(await api.rest('GET /repos/acme/shop')).toMatchObject({
    ok: false,
    error: {
      status: 403,
      message:
        "GitHub's secondary rate limit (too much within a short time) is used up until 09:02 UTC, longer than this run waits; run it again after that",
    },
  });
  expect(server.requests).toHaveLength(1);
});

test.each([
  [
    secondary,
    {},
    '(too much within a short time) is used up, longer than this run waits; run it again in some minutes',
  ],
  [
    secondary,
    { 'retry-after': '3600' },
    'until 2026-11-17 00:30 UTC, longer than this run waits; run it again after that',
  ],
  ['API rate limit exceeded', { 'x-ratelimit-reset': '1794873541' }, 'until 2026-11-17 00:00 UTC'],
  ['API rate limit exceeded', {}, 'is used up, longer than this run waits; run it again within the hour'],
  ['API rate limit exceeded', { 'x-ratelimit-reset': '9e99' }, 'until 9999-12-31 00:00 UTC'],
])('a limit says until when, as far as GitHub does: %s %j', (message, headers, expected) => {
  const date = 'Mon, 16 Nov 2026 23:30:00 GMT';
  const request = { method: 'GET', path: '/repos/acme/shop', host: 'api.github.com', hasToken: true };
  expect(apiError(request, { status: 403, headers: { date, ...headers }, message }).message).toContain(
    expected,
  );
});

test('the budget is one for all requests of a client', async () => {
  const { api, server } = await client(() => refusal(429, secondary, { 'retry-after': '30' }), {
    waitBudget: 60,
  });
  for (let n = 0; n < 3; n += 1) expect(await api.rest('GET /repos/acme/shop')).toMatchObject({ ok: false });
  // Two waits of 30 s are paid for; every request after them is answered by its first refusal.
  expect(server.requests).toHaveLength(5);
});

test('a primary rate limit is waited for until its reset', async () => {
  const { api, server } = await client((_, n) =>
    n === 0
      ? refusal(403, 'API rate limit exceeded', {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 4),
        })
      : ok,
  );
  expect(await api.rest('GET /repos/acme/shop')).toMatchObject({ ok: true });
  expect(server.requests).toHaveLength(2);
});

test('a rate limit inside a GraphQL answer counts as one', async () => {
  const { api, server } = await client((_, n) => ({
    status: 200,
    headers: { 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + (n === 0 ? 2 : 5000)) },
    body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
  }));
  expect(await api.graphql('query { viewer { login } }')).toMatchObject({
    ok: false,
    error: {
      message: expect.stringMatching(
        /^GitHub's rate limit is used up until [\d :-]+ UTC, longer than this run waits; run it again after that$/,
      ),
    },
  });
  expect(server.requests).toHaveLength(2);
});

test('an error in a GraphQL answer fails the strict call and is handed over by the partial one', async () => {
  const body = {
    data: { repository: { pullRequest: null } },
    errors: [
      {
        type: 'FORBIDDEN',
        path: ['repository', 'pullRequest'],
        message: 'Resource not accessible by integration',
      },
    ],
  };
  const { api } = await client(() => ({ status: 200, body }));
  expect(await api.graphql('query { repository { id } }')).toEqual({
    ok: false,
    error: {
      status: 200,
      message: 'the token lacks pull-requests: read — add it under permissions:',
      permission: 'pull-requests: read',
      mayHaveHappened: false,
    },
  });
  expect(await api.graphqlPartial('query { repository { id } }')).toMatchObject({ ok: true, data: body });
});

test('resolving a thread names the permission GitHub asks for', async () => {
  const { api } = await client(() => ({
    status: 200,
    body: {
      data: { resolveReviewThread: null },
      errors: [
        {
          type: 'FORBIDDEN',
          path: ['resolveReviewThread'],
          message: 'Resource not accessible by integration',
        },
      ],
    },
  }));
  expect(await api.graphql('mutation { resolveReviewThread(input: {}) { thread { id } } }')).toMatchObject({
    ok: false,
    error: { permission: 'contents: write' },
  });
});
