import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { type DetailsQuestion, readReviewDetails } from '../../../src/collect/github/read-review-details.ts';
import { createPeople } from '../../../src/collect/people.ts';
import { timeline } from '../../../src/review/timeline.ts';
import { connection, execute, gitHubSchema, startServer, type TestServer } from './graphql-server.ts';

const schema = gitHubSchema();
const people = createPeople('salt');
const address = { owner: 'acme', name: 'shop', number: 7 };
const head = 'd'.repeat(40);
const approved = 'a'.repeat(40);
const question: DetailsQuestion = { baseName: 'main', head, wantComments: false };
const user = (login: string) => ({ __typename: 'User', login });

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const comment = (login: string, body: string) => ({
  createdAt: '2026-01-01T00:05:00Z',
  body,
  author: user(login),
  originalCommit: { oid: approved },
});

const thread = (
  n: number,
  comments: readonly unknown[] = [comment('bob', 'Why twice?')],
  over: object = {},
) => ({
  __typename: 'PullRequestReviewThread',
  id: `T_${n}`,
  path: 'src/a.ts',
  line: n + 1,
  startLine: null,
  diffSide: 'RIGHT',
  isResolved: false,
  isOutdated: false,
  comments: connection(comments),
  ...over,
});

const checkRun = (n: number) => ({
  __typename: 'CheckRun',
  name: `test ${n}`,
  status: 'COMPLETED',
  conclusion: 'SUCCESS',
  startedAt: '2026-01-01T00:00:00Z',
  completedAt: '2026-01-01T00:01:00Z',
});

const pull = (over: object = {}) => ({
  additions: 3,
  deletions: 1,
  changedFiles: 1,
  commits: connection([]),
  reviewThreads: connection([]),
  comments: connection([]),
  ...over,
});

async function read(
  repository: object,
  asked: Partial<DetailsQuestion> = {},
  nodes: readonly unknown[] = [],
) {
  const server = await startServer(async (request) => {
    const root = {
      repository: {
        defaultBranchRef: { name: 'main' },
        object: ({ oid }: { oid: string }) => ({ __typename: 'Commit', oid, statusCheckRollup: null }),
        pullRequests: connection([]),
        pullRequest: pull(),
        ...repository,
      },
      nodes: ({ ids }: { ids: readonly string[] }) =>
        ids.map((id) => nodes.find((node) => (node as { id: string }).id === id) ?? null),
    };
    return { status: 200, body: await execute(schema, root, request.body) };
  });
  servers.push(server);
  const client = createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1 });
  const details = await readReviewDetails(client, address, { ...question, ...asked });
  return { details, requests: server.requests };
}

function refused(): never {
  throw new Error('Resource not accessible by integration');
}

/** The whole repository is null when a field that may not be null is refused; such an error says its path. */
const lacks = (permission: string) => `the token lacks ${permission} — add it under permissions:`;

describe('threads', () => {
  test('every page is followed, and the comments of a long thread are read whole', async () => {
    const long = thread(
      0,
      Array.from({ length: 40 }, (_, n) => comment('bob', `remark ${n}`)),
    );
    const threads = [long, ...Array.from({ length: 119 }, (_, n) => thread(n + 1))];
    const { details, requests } = await read(
      { pullRequest: pull({ reviewThreads: connection(threads) }) },
      {},
      [long],
    );
    expect(details.threads).toHaveLength(120);
    expect(details.threads).toMatchObject({
      0: { comments: { length: 40 } },
      119: { comments: { length: 1 } },
    });
    // 50 threads a page, and one request for the long one.
    expect(requests).toHaveLength(4);
  });

  test('a thread with more than a hundred comments leaves them unread rather than half read', async () => {
    const long = thread(
      0,
      Array.from({ length: 101 }, () => comment('bob', 'x')),
    );
    const { details } = await read({ pullRequest: pull({ reviewThreads: connection([long]) }) }, {}, [long]);
    expect(details.threads).toEqual({
      unavailable: 'the comments of one of its review threads could not all be read',
    });
  });

  test('as facts they keep their anchor, and whether they ask, and nobody’s name or words', async () => {
    const { details } = await read({
      pullRequest: pull({
        reviewThreads: connection([
          thread(4, [comment('bob', '> Quoted?\n\nWhy is this summed twice?'), comment('ann', 'Fixed.')], {
            startLine: 3,
            isOutdated: true,
          }),
        ]),
      }),
    });
    const raw = { createdAt: '2026-01-01T00:00:00Z', mergedAt: null, author: user('ann'), mergedBy: null };
    const facts = timeline({ ...raw, reviews: [], commits: [], events: [], ...details }, people);
    expect(facts.threads).toEqual([
      {
        id: 'T_4',
        path: 'src/a.ts',
        line: 5,
        startLine: 3,
        side: 'head',
        commit: approved,
        isResolved: false,
        isOutdated: true,
        comments: [
          { by: people(user('bob')), at: '2026-01-01T00:05:00Z', words: 5, isQuestion: true },
          { by: people(user('ann')), at: '2026-01-01T00:05:00Z', words: 1, isQuestion: false },
        ],
      },
    ]);
    expect(JSON.stringify(facts)).not.toMatch(/bob|ann\b|Fixed|summed/);
  });
});

describe('checks', () => {
  test('those of the head and of the approved commit are read, all pages of them', async () => {
    const { details, requests } = await read(
      {
        object: ({ oid }: { oid: string }) => ({
          __typename: 'Commit',
          oid,
          statusCheckRollup: {
            contexts: connection(
              oid === head ? Array.from({ length: 130 }, (_, n) => checkRun(n)) : [checkRun(0)],
            ),
          },
        }),
      },
      { approved },
    );
    expect(details.checks).toMatchObject([
      { commit: head, checks: { length: 130 } },
      { commit: approved, checks: { length: 1 } },
    ]);
    expect(requests).toHaveLength(2);
  });

  test('a token without the permission leaves the checks unread and nothing else', async () => {
    const { details } = await read({
      object: ({ oid }: { oid: string }) => ({ __typename: 'Commit', oid, statusCheckRollup: refused }),
    });
    expect(details.checks).toEqual({ unavailable: lacks('checks: read') });
    expect(details.threads).toEqual([]);
    expect(details.openPulls).toEqual({ pulls: [], isCut: false });
  });

  test('a commit that GitHub forgot is said', async () => {
    const { details } = await read(
      {
        object: ({ oid }: { oid: string }) =>
          oid === head ? { __typename: 'Commit', oid, statusCheckRollup: null } : null,
      },
      { approved },
    );
    expect(details.checks).toEqual({ unavailable: 'GitHub no longer knows the commit aaaaaaa' });
  });
});

describe('the pull request it is stacked on', () => {
  const parent = (over: object = {}) => ({
    number: 6,
    state: 'OPEN',
    isCrossRepository: false,
    isDraft: false,
    author: user('ann'),
    reviews: connection([]),
    reviewRequests: connection([]),
    ...over,
  });
  const among = (pulls: readonly unknown[]) => ({
    pullRequests: (args: { first: number; headRefName?: string | null }) =>
      connection(args.headRefName ? pulls : [])(args),
  });

  test('is the one whose branch is the base', async () => {
    const { details } = await read(among([parent()]), { baseName: 'orders' });
    expect(details.stackedOn).toEqual({ number: 6, state: 'OPEN', author: user('ann'), reviews: [] });
  });

  test.each([
    ['the default branch, whatever is merged from it', among([parent()]), 'main'],
    ['a branch of the same name in a fork', among([parent({ isCrossRepository: true })]), 'orders'],
    ['nobody’s branch', among([]), 'orders'],
    ['its own branch', among([parent({ number: 7 })]), 'orders'],
  ])('is none for %s', async (_, repository, baseName) => {
    expect((await read(repository, { baseName })).details.stackedOn).toBeUndefined();
  });
});

test('what else waits is counted by team, never by person', async () => {
  const team = (combinedSlug: string) => ({
    requestedReviewer: { __typename: 'Team', id: `T_${combinedSlug}`, combinedSlug },
  });
  const waiting = (number: number, over: object = {}) => ({
    number,
    isDraft: false,
    author: user('eve'),
    reviews: connection([{ author: user('eve') }, { author: { __typename: 'Bot', login: 'coderabbitai' } }]),
    reviewRequests: connection([team('acme/web'), { requestedReviewer: user('eve') }]),
    ...over,
  });
  const { details } = await read({
    pullRequests: (args: { first: number; headRefName?: string | null }) =>
      connection(
        args.headRefName
          ? []
          : [
              waiting(1),
              waiting(2, { reviews: connection([{ author: user('bob') }]) }),
              waiting(3, { isDraft: true }),
              waiting(7),
            ],
      )(args),
  });
  const raw = { createdAt: '2026-01-01T00:00:00Z', mergedAt: null, author: null, mergedBy: null };
  const { queue } = timeline({ ...raw, reviews: [], commits: [], events: [], ...details }, people);
  expect(queue).toEqual({ waiting: 1, open: 2, byTeam: [{ team: '@acme/web', open: 2 }], isCut: false });
});

test('the conversation is read only where approvals may stand in it', async () => {
  const repository = {
    pullRequest: pull({ comments: connection(Array.from({ length: 60 }, () => comment('bob', 'ACK'))) }),
  };
  expect((await read(repository)).details.comments).toBeUndefined();
  const { details, requests } = await read(repository, { wantComments: true });
  expect(details.comments).toHaveLength(60);
  expect(requests).toHaveLength(2);
});

test('no answer leaves every part missing with its reason', async () => {
  const client = createClient({ token: 'ghp_test', apiUrl: 'http://127.0.0.1:1', retries: 0 });
  const details = await readReviewDetails(client, address, { ...question, wantComments: true });
  expect(details).toMatchObject({
    threads: { unavailable: expect.stringMatching(/^no answer from 127/) },
    checks: { unavailable: expect.stringMatching(/^no answer from 127/) },
    remarks: [expect.stringMatching(/^approvals by comment were not read \(no answer from 127/)],
  });
});

test('a commit’s size is its own lines; a list that is cut is left out', async () => {
  const commit = (n: number, parents = 1) => ({
    commit: {
      oid: String(n).padStart(40, '0'),
      additions: n,
      deletions: 2,
      parents: { totalCount: parents },
    },
  });
  const few = await read({
    pullRequest: pull({ commits: connection([commit(1), commit(2, 2), commit(3)]) }),
  });
  expect(few.details.commitSizes?.map(({ lines }) => lines)).toEqual([3, 5]);
  const many = Array.from({ length: 101 }, (_, n) => commit(n));
  expect(
    (await read({ pullRequest: pull({ commits: connection(many) }) })).details.commitSizes,
  ).toBeUndefined();
});
