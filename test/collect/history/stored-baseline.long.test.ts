import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChainEntry, HiddenChain } from '../../../src/collect/git/hidden-chain.ts';
import { completeReview } from '../../../src/collect/github/complete-review.ts';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { healthChainOver } from '../../../src/collect/history/health-chain.ts';
import { readMergedPulls } from '../../../src/collect/history/read-merged-pulls.ts';
import { storedBaseline } from '../../../src/collect/history/stored-baseline.ts';
import { createPeople } from '../../../src/collect/people.ts';
import { evaluate } from '../../../src/core/evaluate.ts';
import { encodeHealthRecord } from '../../../src/core/health-record.ts';
import { completeWeeks } from '../../../src/core/iso-week.ts';
import { isUnavailable, unavailable } from '../../../src/core/part.ts';
import type { PullRequest } from '../../../src/core/pull-request.ts';
import type { ReviewBaseline } from '../../../src/core/review-baseline.ts';
import type { ReviewFacts } from '../../../src/core/review-facts.ts';
import { healthRecordOf } from '../../../src/health/health-record-of.ts';
import { reportHealth } from '../../../src/health/report-health.ts';
import { keepHealthRecord } from '../../../src/publish/weekly/health-chain.ts';
import { rules } from '../../../src/rules.ts';
import { review, reviewer, reviewFacts } from '../../review/review-facts.ts';
import { changeOf } from '../../review/rule-outcome.ts';
import { facts, person, pullRequest } from '../../support/facts.ts';
import { connection, execute, gitHubSchema, startServer, type TestServer } from '../github/graphql-server.ts';

/** A Wednesday; the weekly run is that of the Monday before it. */
const now = '2026-04-01T12:00:00Z';
const monday = '2026-03-30T00:00:00Z';
const people = createPeople('salt');
const address = { owner: 'acme', name: 'shop' };
const hour = 3_600_000;

/** 120 pull requests in half a year, of 1 to 600 lines, approved after minutes to days. */
const pulls = Array.from({ length: 120 }, (_, n) => {
  const mergedAt = Date.parse(monday) - (n + 1) * 34 * hour;
  const window = ((n * 37) % 96) / 4 + 0.05;
  const createdAt = mergedAt - (window + 1) * hour;
  const approval = {
    id: `R_${n}`,
    state: 'APPROVED',
    body:
      n % 3 === 0
        ? ''
        : 'The retry is bounded now, and the log says which order it was about. Good to go, thanks.',
    submittedAt: new Date(createdAt + window * hour).toISOString(),
    author: { __typename: 'User', login: 'bob' },
    commit: null,
    comments: { totalCount: n % 4 },
  };
  return {
    id: `PR_${n}`,
    __typename: 'PullRequest',
    number: 500 - n,
    title: 'Add orders',
    headRefName: 'orders',
    baseRefName: 'main',
    headRefOid: 'a'.repeat(40),
    createdAt: new Date(createdAt).toISOString(),
    mergedAt: new Date(mergedAt).toISOString(),
    updatedAt: new Date(mergedAt).toISOString(),
    additions: ((n * 53) % 600) + 1,
    deletions: 0,
    mergeCommit: { oid: 'b'.repeat(40) },
    author: { __typename: 'User', login: 'ann' },
    mergedBy: { __typename: 'User', login: 'ann' },
    reviews: connection([approval]),
    commits: connection([]),
    timelineItems: connection([]),
  };
});

let server: TestServer;
let client: ReturnType<typeof createClient>;
let records: readonly ChainEntry[] = [];

/** As a hidden ref holds it, without a git server. */
const kept: HiddenChain = {
  list: async (most) => records.slice(0, most),
  read: async () => new Map(),
  async append({ message }) {
    records = [{ id: String(records.length + 1), writtenAt: monday, message }, ...records];
    return 'written';
  },
  close: async () => undefined,
};
const chain = healthChainOver(kept);

beforeAll(async () => {
  const schema = gitHubSchema();
  server = await startServer(async (request) => ({
    status: 200,
    body: await execute(
      schema,
      { repository: { defaultBranchRef: { name: 'main' }, pullRequests: connection(pulls) } },
      request.body,
    ),
  }));
  client = createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1 });
  await runWeekly('2026-03-30T07:00:00Z');
});

afterAll(() => server.close());

/** What the weekly run learns of the same pull requests, put into the chain. */
async function runWeekly(at: string): Promise<string | undefined> {
  const since = completeWeeks(at, 26)[0]?.start ?? at;
  const reading = await readMergedPulls(client, address, since, people);
  const health = {
    schemaVersion: 1 as const,
    now: at,
    repository: { name: 'acme/shop' },
    pulls: reading.pulls,
    history: unavailable('no git'),
    migrations: unavailable('no git'),
    records: [],
    remarks: [],
  };
  return (await keepHealthRecord(healthRecordOf(health, reportHealth(health)), chain)).done;
}

function stored(at = now, over: Partial<PullRequest> = {}): Promise<ReviewBaseline | undefined> {
  return storedBaseline({ pullRequest: pullRequest(over), now: at, chain, scratchFolder: '/nowhere' });
}

async function verdicts(reviewed: ReviewFacts, lines: number, baseline: ReviewBaseline | undefined) {
  const before = server.requests.length;
  const change = changeOf({ 'src/auth/session.ts': lines });
  const complete = await completeReview({
    review: reviewed,
    pullRequest: pullRequest(),
    change,
    repository: { readFile: async () => 'absent', changedTexts: async () => [] },
    client,
    address,
    people,
    now,
    ...(baseline && { baseline }),
  });
  const results = evaluate(
    facts({ now, change, review: complete }),
    rules.filter(({ id }) => id.startsWith('review/')),
  );
  return { results, requests: server.requests.length - before };
}

describe('what the weekly run has left', () => {
  const author = person('author');
  test.each([
    ['approved within a minute', 300, [review(reviewer, 'approved', '09:01')]],
    ['approved after hours', 300, [review(reviewer, 'approved', '15:00')]],
    ['large and silent', 3000, [review(reviewer, 'approved', '09:20')]],
    ['small', 10, [review(reviewer, 'approved', '09:01')]],
    ['not reviewed yet', 300, []],
    ['reviewed by its author alone', 300, [review(author, 'commented', '09:30')]],
  ])(
    'gives a pull request that is %s the verdicts that reading gives, to the word',
    async (_, lines, reviews) => {
      const baseline = await stored();
      const quick = await verdicts(reviewFacts(reviews), lines, baseline);
      const slow = await verdicts(reviewFacts(reviews), lines, undefined);
      expect(quick.results).toEqual(slow.results);
      expect(slow.requests - quick.requests).toBe(5);
    },
  );

  test('has a rule speak that needs it', async () => {
    const { results } = await verdicts(
      reviewFacts([review(reviewer, 'approved', '09:01')]),
      300,
      await stored(),
    );
    const fast = results.find(({ rule }) => rule === 'review/approved-faster-than-usual');
    expect(fast?.outcome.kind).toBe('findings');
  });

  test('rests on every pull request that was merged until the end of its week', async () => {
    expect(await stored()).toMatchObject({ n: 120, until: monday, since: '2025-10-01T00:00:00Z' });
  });

  test('is the same when the run is repeated later in the week', async () => {
    expect(await runWeekly('2026-04-03T10:00:00Z')).toBe('the health record of 2026-W13 is kept already');
  });

  test('is taken for fourteen days', async () => {
    expect(await stored('2026-04-13T00:00:00Z')).toBeDefined();
    expect(await stored('2026-04-13T00:00:01Z')).toBeUndefined();
  });

  test('of a week that is not over is not taken: its clock is wrong', async () => {
    expect(await stored('2026-03-29T23:59:59Z')).toBeUndefined();
  });

  test('is not read for what is compared with nothing', async () => {
    expect(await stored(now, { title: 'Revert "Add orders"' })).toBeUndefined();
  });

  test('in a form that is not known, or cannot be read, is not taken', async () => {
    const [own] = records;
    const { message = '' } = own ?? {};
    const of = async (other: string) => {
      const foreign = healthChainOver({
        ...kept,
        list: async () => [{ id: '1', writtenAt: monday, message: other }],
      });
      return storedBaseline({ pullRequest: pullRequest(), now, chain: foreign, scratchFolder: '/nowhere' });
    };
    expect(await of(message)).toBeDefined();
    expect(await of(message.replace('"schemaVersion":1', '"schemaVersion":2'))).toBeUndefined();
    expect(await of(message.replace('"n":120', '"n":-1'))).toBeUndefined();
    expect(await of(message.replace('review: {', 'review: {{'))).toBeUndefined();
    const broken = healthChainOver({ ...kept, list: async () => unavailable('the server is gone') });
    expect(
      await storedBaseline({ pullRequest: pullRequest(), now, chain: broken, scratchFolder: '/nowhere' }),
    ).toBeUndefined();
  });

  test('fits into a record of about 4 kB', async () => {
    const state = await chain.read();
    if (isUnavailable(state)) throw new Error(state.unavailable);
    const [record] = state.records;
    expect(record && encodeHealthRecord(record).length).toBeLessThan(8000);
  });
});
