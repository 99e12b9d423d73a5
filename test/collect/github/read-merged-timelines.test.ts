import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import {
  type MergedTimelinesOptions,
  readMergedTimelines,
  type TimelineCheckpoint,
} from '../../../src/collect/github/read-merged-timelines.ts';
import { createPeople } from '../../../src/collect/people.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { isReviewBaseline } from '../../../src/core/review-baseline.ts';
import { connection, execute, gitHubSchema, startServer, type TestServer } from './graphql-server.ts';

const schema = gitHubSchema();
const people = createPeople('salt');
const address = { owner: 'acme', name: 'shop' };
const now = '2026-03-31T00:00:00Z';
const day = 86_400_000;

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Merged `daysAgo` before now, approved an hour after the opening. */
function pull(number: number, daysAgo: number, reviews = 1) {
  const mergedAt = new Date(Date.parse(now) - daysAgo * day).toISOString();
  const createdAt = new Date(Date.parse(mergedAt) - 3 * 3_600_000).toISOString();
  return {
    id: `PR_${number}`,
    __typename: 'PullRequest',
    number,
    title: 'Add orders',
    headRefName: 'orders',
    baseRefName: 'main',
    headRefOid: 'a'.repeat(40),
    createdAt,
    mergedAt,
    updatedAt: mergedAt,
    additions: 40,
    deletions: 2,
    mergeCommit: { oid: 'b'.repeat(40) },
    author: { __typename: 'User', login: 'ann' },
    mergedBy: { __typename: 'User', login: 'ann' },
    reviews: connection(
      Array.from({ length: reviews }, (_, n) => ({
        id: `R_${number}_${n}`,
        state: 'APPROVED',
        body: '',
        submittedAt: new Date(Date.parse(createdAt) + 3_600_000).toISOString(),
        author: { __typename: 'User', login: 'bob' },
        commit: null,
        comments: { totalCount: 0 },
      })),
    ),
    commits: connection([]),
    timelineItems: connection([]),
  };
}

async function serve(pulls: readonly ReturnType<typeof pull>[], delay = 0) {
  const server = await startServer(async (request) => {
    if (delay > 0) await new Promise((done) => setTimeout(done, delay));
    const root = {
      repository: { defaultBranchRef: { name: 'main' }, pullRequests: connection(pulls) },
      node: ({ id }: { id: string }) => pulls.find((one) => one.id === id) ?? null,
    };
    return { status: 200, body: await execute(schema, root, request.body) };
  });
  servers.push(server);
  const client = createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1 });
  return {
    requests: server.requests,
    read: (options: Partial<MergedTimelinesOptions> = {}) =>
      readMergedTimelines(client, address, people, { now, ...options }),
  };
}

function nOf(reading: Awaited<ReturnType<typeof readMergedTimelines>>): number {
  if (isUnavailable(reading.baseline)) throw new Error(reading.baseline.unavailable);
  return reading.baseline.n;
}

const many = (n: number, spread = 100) =>
  Array.from({ length: n }, (_, i) => pull(n - i, 1 + (i * spread) / n));

test('400 pull requests take 16 requests, and 20 with lists that were cut', async () => {
  const plain = await serve(many(400));
  expect(nOf(await plain.read())).toBe(400);
  expect(plain.requests).toHaveLength(16);
  const cut = await serve(many(400).map((one, n) => (n % 10 === 0 ? pull(one.number, 1 + n / 4, 30) : one)));
  expect(nOf(await cut.read())).toBe(400);
  expect(cut.requests.length).toBeLessThanOrEqual(20);
});

test('what is older than 180 days is neither read nor counted', async () => {
  const server = await serve(many(200, 800));
  const reading = await server.read();
  expect(nOf(reading)).toBe(45);
  expect(server.requests).toHaveLength(2);
  expect(reading.checkpoint?.after).toBeUndefined();
});

describe('a budget that is used up', () => {
  test('leaves a baseline of the newest, and says how far that goes', async () => {
    const reading = await (await serve(many(200))).read({ requests: 5 });
    expect(nOf(reading)).toBe(100);
    expect(reading.remarks).toEqual([
      expect.stringMatching(
        /^pull requests merged before 2026-0\d-\d\d were not read: its budget of 5 requests is used up$/,
      ),
    ]);
    expect(isReviewBaseline(reading.baseline)).toBe(true);
  });

  test('is gone on with by the next reading, until all is read', async () => {
    const server = await serve(many(200));
    let checkpoint: TimelineCheckpoint | undefined;
    const counts: number[] = [];
    for (let run = 0; run < 6; run += 1) {
      const reading = await server.read({ requests: 5, ...(checkpoint && { checkpoint }) });
      // As it would come back from a file.
      checkpoint = JSON.parse(JSON.stringify(reading.checkpoint));
      counts.push(nOf(reading));
    }
    expect(counts.at(-1)).toBe(200);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(checkpoint?.after).toBeUndefined();
  });
});

test('a reading that has a checkpoint reads what is new since then, and no more', async () => {
  const before = await serve(many(150));
  const { checkpoint } = await before.read();
  const later = await serve([pull(151, 0), ...many(150)]);
  const reading = await later.read({
    ...(checkpoint && { checkpoint: { ...checkpoint, until: '2026-03-30T12:00:00Z' } }),
  });
  expect(nOf(reading)).toBe(151);
  expect(later.requests).toHaveLength(1);
});

test('a check does not wait longer than it was told to', async () => {
  const server = await serve(many(200), 5000);
  const began = performance.now();
  const reading = await server.read({ timeBudget: 300 });
  expect(performance.now() - began).toBeLessThan(2000);
  expect(reading).toEqual({ baseline: { unavailable: 'it took longer than a check may wait' }, remarks: [] });
});

test('without an answer the checkpoint still speaks', async () => {
  const { checkpoint } = await (await serve(many(80))).read();
  if (!checkpoint) throw new Error('there is a checkpoint');
  const nowhere = createClient({ token: 'ghp_test', apiUrl: 'http://127.0.0.1:1', retries: 0 });
  const reading = await readMergedTimelines(nowhere, address, people, { now, checkpoint });
  expect(nOf(reading)).toBe(80);
  const nothing = await readMergedTimelines(nowhere, address, people, { now });
  expect(nothing.baseline).toMatchObject({ unavailable: expect.stringMatching(/^no answer from 127/) });
});

test('nobody is in a checkpoint', async () => {
  const { checkpoint } = await (await serve(many(30))).read();
  expect(Object.keys(checkpoint?.samples[0] ?? {}).toSorted()).toEqual([
    'approval',
    'firstReview',
    'isSilent',
    'lines',
    'mergedAt',
    'number',
    'window',
  ]);
  expect(JSON.stringify(checkpoint)).not.toMatch(/ann|bob/);
});
