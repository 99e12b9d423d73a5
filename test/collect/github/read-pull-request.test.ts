import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import {
  commitAuthorsQuery,
  furtherPagesQuery,
  pullRequestQuery,
} from '../../../src/collect/github/pull-request-query.ts';
import { readPullRequest } from '../../../src/collect/github/read-pull-request.ts';
import {
  furtherChecksQuery,
  furtherDetailsQuery,
  reviewDetailsQuery,
  wholeThreadsQuery,
} from '../../../src/collect/github/review-details-query.ts';
import { createPeople } from '../../../src/collect/people.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import type { TimelineOptions } from '../../../src/review/timeline.ts';
import {
  connection,
  errorsOf,
  execute,
  gitHubSchema,
  startServer,
  type TestServer,
} from './graphql-server.ts';

const schema = gitHubSchema();
const people = createPeople('salt');
const address = { owner: 'acme', name: 'shop', number: 7 };
const user = (login: string) => ({ __typename: 'User', login });
const bot = (login: string) => ({ __typename: 'Bot', login });

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function commit(n: number, ...authors: readonly (ReturnType<typeof user> | null)[]) {
  return {
    commit: {
      __typename: 'Commit',
      id: `C_${n}`,
      oid: String(n).padStart(40, 'c'),
      additions: 10,
      deletions: n,
      parents: { totalCount: 1 },
      authors: connection(authors.map((author, i) => ({ email: `${i}@example.org`, user: author }))),
    },
  };
}

function review(n: number, login: string, state = 'APPROVED') {
  return {
    id: `R_${n}`,
    state,
    body: 'Looks good to me',
    submittedAt: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
    author: user(login),
    commit: { oid: 'a'.repeat(40) },
    comments: { totalCount: 2 },
  };
}

const blob = (text: string) => ({ object: { __typename: 'Blob', text } });

function pullRequest(over: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 'PR_7',
    number: 7,
    title: 'Add orders',
    body: 'Why: because.',
    state: 'OPEN',
    isDraft: false,
    locked: false,
    createdAt: '2026-01-01T00:00:00Z',
    mergedAt: null,
    authorAssociation: 'MEMBER',
    isCrossRepository: false,
    headRepository: { id: 'REPO_1' },
    baseRefName: 'main',
    headRefName: 'orders',
    baseRefOid: 'b'.repeat(40),
    headRefOid: 'd'.repeat(40),
    additions: 30,
    deletions: 4,
    changedFiles: 2,
    reviewThreads: connection([]),
    comments: connection([]),
    author: user('ann'),
    mergedBy: null,
    baseRef: {
      target: { __typename: 'Commit', file: ({ path }: { path: string }) => templates[path] ?? null },
    },
    labels: connection([{ name: 'database' }]),
    commits: connection([commit(1, user('ann'))]),
    reviews: connection([review(1, 'bob')]),
    timelineItems: connection([
      { __typename: 'ReadyForReviewEvent', createdAt: '2026-01-01T00:00:30Z' },
      {
        __typename: 'ReviewRequestedEvent',
        createdAt: '2026-01-01T00:00:40Z',
        requestedReviewer: { __typename: 'Team', id: 'T_1' },
      },
    ]),
    ...over,
  };
}

const templates: Readonly<Record<string, unknown>> = {
  '.github/pull_request_template.md': blob('## Why\n'),
  'docs/PULL_REQUEST_TEMPLATE': {
    object: {
      __typename: 'Tree',
      entries: [
        { name: 'fix.md', object: { __typename: 'Blob', text: '## Cause\n' } },
        { name: 'logo.png', object: { __typename: 'Blob', text: null } },
      ],
    },
  },
};

const checked = (oid: string, contexts: readonly unknown[]) => ({
  __typename: 'Commit',
  oid,
  statusCheckRollup: { contexts: connection(contexts) },
});

/** The rest of a repository, where a test says nothing about it: no other pull request, no check. */
const surroundings = {
  defaultBranchRef: { name: 'main' },
  object: ({ oid }: { oid: string }) => checked(oid, []),
  pullRequests: connection([]),
};

async function read(
  repository: Readonly<Record<string, unknown>>,
  nodes: readonly unknown[] = [],
  options: TimelineOptions = {},
) {
  const server = await startServer(async (request) => {
    const root = {
      repository: { ...surroundings, ...repository },
      nodes: ({ ids }: { ids: readonly string[] }) =>
        ids.map((id) => nodes.find((node) => (node as { id: string }).id === id) ?? null),
    };
    return { status: 200, body: await execute(schema, root, request.body) };
  });
  servers.push(server);
  const client = createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1 });
  return { reading: await readPullRequest(client, address, people, options), requests: server.requests };
}

function refused(): never {
  throw new Error('Resource not accessible by integration');
}

test.each([
  ['pull request', pullRequestQuery],
  ['further pages', furtherPagesQuery],
  ['commit authors', commitAuthorsQuery],
  ['review details', reviewDetailsQuery],
  ['further details', furtherDetailsQuery],
  ['whole threads', wholeThreadsQuery],
  ['further checks', furtherChecksQuery],
])('the query for %s is valid on the published schema', (_, document) => {
  expect(errorsOf(schema, document)).toEqual([]);
});

test('a pull request is read in two requests: itself, and what surrounds it', async () => {
  const { reading, requests } = await read({
    id: 'REPO_1',
    pullRequestTemplates: [{ body: '## Why\n' }, { body: '## From the organisation\n' }, { body: ' ' }],
    pullRequest: pullRequest(),
  });
  expect(requests).toHaveLength(2);
  expect(reading).toEqual({
    pullRequest: {
      number: 7,
      title: 'Add orders',
      body: 'Why: because.',
      state: 'open',
      isDraft: false,
      isLocked: false,
      author: people(user('ann')),
      isFromFork: false,
      isFirstContribution: false,
      baseBranch: 'main',
      headBranch: 'orders',
      labels: ['database'],
      templates: ['## Why\n', '## From the organisation\n', '## Cause\n'],
    },
    review: {
      author: people(user('ann')),
      createdAt: '2026-01-01T00:00:00Z',
      reviews: [
        {
          id: 'R_1',
          by: people(user('bob')),
          state: 'approved',
          submittedAt: '2026-01-01T00:01:00Z',
          commit: 'a'.repeat(40),
          words: 4,
          inlineComments: 2,
        },
      ],
      forcePushes: [],
      requests: [{ at: '2026-01-01T00:00:40Z', kind: 'requested', of: { team: 'T_1' } }],
      readyForReviewAt: ['2026-01-01T00:00:30Z'],
      convertedToDraftAt: [],
      commitAuthors: [people(user('ann'))],
      size: { lines: 34, files: 2 },
      commitSizes: [{ commit: '1'.padStart(40, 'c'), lines: 11 }],
      threads: [],
      checks: [
        { commit: 'd'.repeat(40), checks: [] },
        { commit: 'a'.repeat(40), checks: [] },
      ],
      queue: { waiting: 0, open: 0, byTeam: [], isCut: false },
    },
    handles: {
      repositoryId: 'REPO_1',
      pullRequestId: 'PR_7',
      base: 'b'.repeat(40),
      head: 'd'.repeat(40),
    },
    remarks: [],
  });
});

test('nothing but the address of the pull request is sent, whatever comes with it', async () => {
  const server = await startServer(() => ({ status: 200, body: { data: { repository: null } } }));
  servers.push(server);
  const client = createClient({ token: 'ghp_test', apiUrl: server.url });
  const asked = { ...address, client, head: 'd'.repeat(40) };
  await readPullRequest(client, asked, people);
  expect(JSON.parse(server.requests[0]?.body ?? '').variables).toEqual({ ...address, page: 100 });
});

test('no login, address or review text of anybody is in what was read', async () => {
  const { reading } = await read({ id: 'REPO_1', pullRequest: pullRequest() });
  expect(JSON.stringify(reading)).not.toMatch(/\bann\b|\bbob\b|example\.org|Looks good/);
});

test('lists that go on are followed to their end, their next pages together', async () => {
  const { reading, requests } = await read({
    id: 'REPO_1',
    pullRequest: pullRequest({
      commits: connection(Array.from({ length: 250 }, (_, n) => commit(n, user(`author-${n}`)))),
      reviews: connection(Array.from({ length: 101 }, (_, n) => review(n, `reviewer-${n}`))),
      labels: connection(Array.from({ length: 100 }, (_, n) => ({ name: `label-${n}` }))),
    }),
  });
  expect(requests).toHaveLength(4);
  expect(reading.review).toMatchObject({ reviews: { length: 101 }, commitAuthors: { length: 250 } });
  expect(reading.pullRequest).toMatchObject({ labels: { length: 100 } });
  // The second request asks for two lists, the third for the one that still goes on.
  expect(requests.map(({ body }) => JSON.parse(body).variables).slice(1, 3)).toMatchObject([
    { wantLabels: false, wantCommits: true, wantReviews: true, wantTimelineItems: false, commits: '100' },
    { wantLabels: false, wantCommits: true, wantReviews: false, wantTimelineItems: false, commits: '200' },
  ]);
});

test('co-authors beyond the first ten of a commit are read too', async () => {
  const many = commit(1, ...Array.from({ length: 12 }, (_, n) => user(`author-${n}`)));
  const { reading, requests } = await read(
    { id: 'REPO_1', pullRequest: pullRequest({ commits: connection([many, commit(2, user('ann'))]) }) },
    [many.commit],
  );
  expect(requests).toHaveLength(3);
  expect(reading.review).toMatchObject({ commitAuthors: { length: 13 } });
});

test('a commit with more than a hundred authors leaves the review unread rather than half read', async () => {
  const many = commit(1, ...Array.from({ length: 101 }, (_, n) => user(`author-${n}`)));
  const { reading } = await read(
    { id: 'REPO_1', pullRequest: pullRequest({ commits: connection([many]) }) },
    [many.commit],
  );
  expect(reading.review).toEqual({ unavailable: 'the authors of its commit ccccccc could not all be read' });
  expect(isUnavailable(reading.pullRequest)).toBe(false);
});

test('reviews that are refused are missing, the pull request is not', async () => {
  const { reading } = await read({ id: 'REPO_1', pullRequest: pullRequest({ reviews: refused }) });
  // `reviews` may be null on the schema, so the rest of the answer stands.
  expect(reading.review).toEqual({
    unavailable: 'the token lacks pull-requests: read — add it under permissions:',
  });
  expect(reading.pullRequest).toMatchObject({ number: 7 });
});

test('a later page that is refused makes its list missing', async () => {
  const pages = connection(Array.from({ length: 150 }, (_, n) => review(n, 'bob')));
  const { reading } = await read({
    id: 'REPO_1',
    pullRequest: pullRequest({
      reviews: (args: { first: number; after?: string | null }) => (args.after ? refused() : pages(args)),
    }),
  });
  expect(reading.review).toEqual({
    unavailable: 'the token lacks pull-requests: read — add it under permissions:',
  });
});

test('a list with a hole is missing', async () => {
  const { reading } = await read({ id: 'REPO_1', pullRequest: pullRequest({ reviews: connection([null]) }) });
  expect(reading.review).toEqual({ unavailable: 'GitHub left holes in the reviews it returned' });
});

test('an author that was not told is not taken for a deleted account', async () => {
  const { reading } = await read({ id: 'REPO_1', pullRequest: pullRequest({ author: refused }) });
  const reason = { unavailable: 'the token lacks pull-requests: read — add it under permissions:' };
  expect(reading).toMatchObject({ pullRequest: reason, review: reason });
});

test('an author of a review that was not told makes the reviews missing', async () => {
  const { reading } = await read({
    id: 'REPO_1',
    pullRequest: pullRequest({ reviews: connection([{ ...review(1, 'bob'), author: refused }]) }),
  });
  expect(isUnavailable(reading.review)).toBe(true);
});

test('a deleted account is a ghost', async () => {
  const { reading } = await read({
    id: 'REPO_1',
    pullRequest: pullRequest({ author: null, reviews: connection([{ ...review(1, 'bob'), author: null }]) }),
  });
  expect(reading.review).toMatchObject({ author: { kind: 'ghost' }, reviews: [{ by: { kind: 'ghost' } }] });
});

test('an AI reviewer is a bot', async () => {
  const { reading } = await read({
    id: 'REPO_1',
    pullRequest: pullRequest({
      reviews: connection([{ ...review(1, 'x'), author: bot('copilot-pull-request-reviewer') }]),
    }),
  });
  expect(reading.review).toMatchObject({ reviews: [{ by: { kind: 'bot' } }] });
});

test.each([
  [true, { id: 'REPO_2' }, true],
  [true, null, true],
  [false, null, true],
  [false, { id: 'REPO_1' }, false],
])(
  'cross-repository %s with head repository %j is from a fork: %s',
  async (isCrossRepository, headRepository, isFromFork) => {
    const { reading } = await read({
      id: 'REPO_1',
      pullRequest: pullRequest({ isCrossRepository, headRepository }),
    });
    expect(reading.pullRequest).toMatchObject({ isFromFork });
  },
);

test.each([
  ['FIRST_TIMER', true],
  ['FIRST_TIME_CONTRIBUTOR', true],
  ['CONTRIBUTOR', false],
  ['NONE', false],
])('an author who is %s: first contribution %s', async (authorAssociation, isFirstContribution) => {
  const { reading } = await read({ id: 'REPO_1', pullRequest: pullRequest({ authorAssociation }) });
  expect(reading.pullRequest).toMatchObject({ isFirstContribution });
});

test('templates that could not be read are said, and nothing else is missing', async () => {
  const { reading } = await read({
    id: 'REPO_1',
    pullRequestTemplates: refused,
    pullRequest: pullRequest({ baseRef: null }),
  });
  expect(reading.pullRequest).toMatchObject({ number: 7, templates: [] });
  expect(isUnavailable(reading.review)).toBe(false);
  expect(reading.remarks).toEqual([
    'pull request templates were not all read (GitHub refused a part of the query (Resource not accessible by integration))',
  ]);
});

test('a pull request that does not exist is said', async () => {
  const { reading } = await read({ id: 'REPO_1', pullRequest: null });
  const reason = { unavailable: 'acme/shop has no pull request 7' };
  expect(reading).toEqual({ pullRequest: reason, review: reason, remarks: [] });
});

test('a token without the permission is said', async () => {
  const { reading } = await read({ id: 'REPO_1', pullRequest: refused });
  expect(reading.review).toEqual({
    unavailable: 'the token lacks pull-requests: read — add it under permissions:',
  });
});

test('a repository that cannot be seen is said', async () => {
  const server = await startServer(() => ({
    status: 200,
    body: {
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve to a Repository' }],
    },
  }));
  servers.push(server);
  const client = createClient({ token: 'ghp_test', apiUrl: server.url });
  expect(await readPullRequest(client, address, people)).toMatchObject({
    pullRequest: { unavailable: 'GitHub knows no repository acme/shop, or the token may not see it' },
  });
});

test('no network and no token are said', async () => {
  const nowhere = createClient({ token: 'ghp_test', apiUrl: 'http://127.0.0.1:1', retries: 0 });
  const { review } = await readPullRequest(nowhere, address, people);
  expect(isUnavailable(review) && review.unavailable).toMatch(/^no answer from 127\.0\.0\.1:1 \(/);
  const anonymous = createClient({ apiUrl: 'http://127.0.0.1:1' });
  expect(await readPullRequest(anonymous, address, people)).toMatchObject({
    review: { unavailable: 'no token was given — set GITHUB_TOKEN' },
  });
});

test.each([
  ['a 502', { status: 502, body: { message: 'Bad Gateway' } }],
  [
    'an exhausted query',
    {
      status: 200,
      body: { data: { repository: null }, errors: [{ message: 'Resource limits for this query exceeded.' }] },
    },
  ],
])('a page too wide (%s) is asked for again, narrower', async (_, reply) => {
  const server = await startServer(async (request) => {
    if (JSON.parse(request.body).variables.page > 25) return reply;
    const root = { repository: { id: 'REPO_1', pullRequest: pullRequest({ reviews: connection(reviews) }) } };
    return { status: 200, body: await execute(schema, root, request.body) };
  });
  servers.push(server);
  const reviews = Array.from({ length: 30 }, (_, n) => review(n, 'bob'));
  const client = createClient({ token: 'ghp_test', apiUrl: server.url, retries: 0 });
  expect(await readPullRequest(client, address, people)).toMatchObject({
    review: { reviews: { length: 30 } },
  });
});
