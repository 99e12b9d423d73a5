import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { readAtMerge } from '../../../src/collect/history/read-at-merge.ts';
import { createPeople } from '../../../src/collect/people.ts';
import type { MergedPull } from '../../../src/core/health-facts.ts';
import { isoWeekOf } from '../../../src/core/iso-week.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { reviewFacts } from '../../review/review-facts.ts';
import {
  connection,
  errorsOf,
  execute,
  gitHubSchema,
  startServer,
  type TestServer,
} from '../github/graphql-server.ts';

const schema = gitHubSchema();
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const week = isoWeekOf('2026-11-18T00:00:00Z');
const pull = (number: number, mergedAt = '2026-11-18T09:00:00Z'): MergedPull => ({
  number,
  createdAt: '2026-11-17T09:00:00Z',
  mergedAt,
  isRevert: false,
  lines: 10,
  head: 'a'.repeat(40),
  review: reviewFacts([]),
});

const threads = (count: number) =>
  connection(
    Array.from({ length: count }, (_, n) => ({
      id: `t${n}`,
      path: 'src/a.ts',
      line: 3,
      startLine: null,
      diffSide: 'RIGHT',
      isResolved: false,
      isOutdated: false,
      comments: {
        nodes: [
          {
            createdAt: '2026-11-18T08:00:00Z',
            body: 'Why is this here?',
            author: { __typename: 'User', login: 'mira' },
            originalCommit: null,
          },
        ],
      },
    })),
  );

const commits = {
  nodes: [
    {
      commit: {
        oid: 'c'.repeat(40),
        statusCheckRollup: {
          contexts: connection([
            {
              __typename: 'CheckRun',
              name: 'test',
              status: 'COMPLETED',
              conclusion: 'FAILURE',
              startedAt: '2026-11-18T07:00:00Z',
              completedAt: '2026-11-18T07:10:00Z',
            },
          ]),
        },
      },
    },
  ],
};

async function reading(pulls: readonly MergedPull[], threadsOf: (number: number) => number) {
  const server = await startServer(async (request) => {
    expect(errorsOf(schema, JSON.parse(request.body).query)).toEqual([]);
    const pullRequest = ({ number }: { readonly number: number }) => ({
      reviewThreads: threads(threadsOf(number)),
      commits,
    });
    return { status: 200, body: await execute(schema, { repository: { pullRequest } }, request.body) };
  });
  servers.push(server);
  const client = createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1 });
  const read = await readAtMerge(pulls, week, client, { owner: 'acme', name: 'shop' }, createPeople('salt'));
  return { ...read, requests: server.requests.length };
}

test('threads and checks are added to the pull requests of the week, and to no other', async () => {
  const { pulls, remarks, requests } = await reading([pull(6, '2026-11-10T09:00:00Z'), pull(7)], () => 1);
  expect([remarks, requests]).toEqual([[], 1]);
  const [earlier, ofWeek] = pulls.map(({ review }) => (isUnavailable(review) ? undefined : review));
  expect(earlier?.threads).toBeUndefined();
  expect(ofWeek?.threads).toMatchObject([{ path: 'src/a.ts', comments: [{ isQuestion: true }] }]);
  expect(ofWeek?.checks).toMatchObject([
    { commit: 'c'.repeat(40), checks: [{ name: 'test', result: 'failure' }] },
  ]);
});

test('30 threads are told, and of 31 nothing, since one may be the open one', async () => {
  const { pulls } = await reading([pull(7), pull(8)], (number) => (number === 7 ? 30 : 31));
  const counts = pulls.map(({ review }) => {
    const all = isUnavailable(review) ? undefined : review.threads;
    return all && (isUnavailable(all) ? all.unavailable : all.length);
  });
  expect(counts).toEqual([30, 'not all of its threads were read']);
});

test('25 go into one request, and a hundred, the newest, are asked for', async () => {
  const many = Array.from({ length: 101 }, (_, n) => pull(n + 1));
  const { pulls, remarks, requests } = await reading(many, () => 0);
  expect(requests).toBe(4);
  expect(remarks).toEqual([
    'threads and checks at the merge were read of the newest 100 of 101 pull requests',
  ]);
  expect(pulls.filter(({ review }) => !isUnavailable(review) && review.threads !== undefined)).toHaveLength(
    100,
  );
});
