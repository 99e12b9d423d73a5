import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { GitHubClient } from '../../src/collect/github/create-client.ts';
import { readMergedTimelines } from '../../src/collect/github/read-merged-timelines.ts';
import { readPullRequest } from '../../src/collect/github/read-pull-request.ts';
import { readMergedPulls } from '../../src/collect/history/read-merged-pulls.ts';
import { createPeople } from '../../src/collect/people.ts';
import type { Facts } from '../../src/core/facts.ts';
import { isUnavailable, unavailable } from '../../src/core/part.ts';
import { findingsOf } from '../../src/core/report.ts';
import { reportHealth } from '../../src/health/report-health.ts';
import { annotations } from '../../src/render/annotations.ts';
import { conversation } from '../../src/render/conversation.ts';
import { json } from '../../src/render/json.ts';
import { markdown } from '../../src/render/markdown-report.ts';
import { rdjson } from '../../src/render/rdjson.ts';
import { sarif } from '../../src/render/sarif.ts';
import { text } from '../../src/render/text.ts';
import { weeklyHtml } from '../../src/render/weekly/weekly-html.ts';
import { weeklyMarkdown } from '../../src/render/weekly/weekly-issue.ts';
import { weeklyJson } from '../../src/render/weekly/weekly-json.ts';
import { weeklyText } from '../../src/render/weekly/weekly-text.ts';
import { reportOn } from '../../src/report-on.ts';
import { rules } from '../../src/rules.ts';
import { connection, execute, gitHubSchema } from '../collect/github/graphql-server.ts';
import { change, changedFile, facts } from '../support/facts.ts';

/** In every login, name, address and mention that GitHub tells; nowhere else. */
const token = /zqperson[a-z]+\d+/i;
const schema: GraphQLSchema = gitHubSchema();
const now = '2026-11-22T12:00:00Z';
const head = 'b'.repeat(40);

const kinds = ['User', 'Bot', 'Mannequin'] as const;
const who = fc.record({ kind: fc.constantFrom(...kinds), n: fc.nat(6) });
type Who = { readonly kind: (typeof kinds)[number]; readonly n: number };

const scenario = fc.record({
  author: fc.option(who, { freq: 6 }),
  mergedBy: fc.option(who),
  state: fc.constantFrom('OPEN', 'MERGED'),
  reviews: fc.array(
    fc.record({
      by: fc.option(who, { freq: 9 }),
      state: fc.constantFrom('APPROVED', 'COMMENTED', 'CHANGES_REQUESTED'),
    }),
    { maxLength: 5 },
  ),
  committers: fc.array(who, { minLength: 1, maxLength: 3 }),
  requested: fc.array(who, { maxLength: 3 }),
  commenters: fc.array(who, { maxLength: 3 }),
  failing: fc.boolean(),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function actor(given: Who | null) {
  if (!given) return null;
  const login = `zqperson${given.kind.toLowerCase()}${given.n}`;
  return {
    __typename: given.kind,
    login,
    name: login,
    email: `${login}@zqpersonmail1.example`,
    avatarUrl: `https://avatars.example/${login}`,
  };
}

function review(given: { readonly by: Who | null; readonly state: string }, n: number) {
  return {
    id: `R_${n}`,
    state: given.state,
    body: `Thanks @zqpersonmention${n}`,
    submittedAt: `2026-11-20T09:0${n}:00Z`,
    author: actor(given.by),
    commit: { oid: n % 2 === 0 ? head : 'a'.repeat(40) },
    comments: connection([]),
  };
}

function pullOf(given: Scenario, number: number) {
  const isMerged = given.state === 'MERGED' || number !== 7;
  return {
    id: `PR_${number}`,
    number,
    title: 'Refund an order in parts',
    body: 'Why: support asks for it.',
    state: isMerged ? 'MERGED' : 'OPEN',
    isDraft: false,
    locked: false,
    createdAt: '2026-11-20T09:00:00Z',
    updatedAt: '2026-11-21T09:00:00Z',
    mergedAt: isMerged ? '2026-11-21T09:00:00Z' : null,
    authorAssociation: 'MEMBER',
    isCrossRepository: false,
    headRepository: { id: 'REPO' },
    baseRefName: number === 7 ? 'orders' : 'main',
    headRefName: 'refunds',
    baseRefOid: 'a'.repeat(40),
    headRefOid: head,
    additions: 700,
    deletions: 9,
    changedFiles: 2,
    mergeCommit: { oid: 'e'.repeat(40) },
    author: actor(given.author),
    mergedBy: isMerged ? actor(given.mergedBy) : null,
    baseRef: null,
    labels: connection([]),
    reviews: connection(given.reviews.map(review)),
    commits: connection(
      given.committers.map((committer, n) => ({
        commit: {
          id: `C_${n}`,
          oid: String(n).padStart(40, 'c'),
          additions: 300,
          deletions: 4,
          parents: { totalCount: 1 },
          authors: connection([
            {
              email: actor(committer)?.email,
              name: actor(committer)?.name,
              user: committer.kind === 'User' ? actor(committer) : null,
            },
            { email: `zqpersoncoauthor${n}@example.org`, name: `zqpersoncoauthor${n}`, user: null },
          ]),
        },
      })),
    ),
    timelineItems: connection(
      given.requested.map((reviewer, n) => ({
        __typename: 'ReviewRequestedEvent',
        createdAt: `2026-11-20T09:00:0${n}Z`,
        requestedReviewer: actor(reviewer),
      })),
    ),
    reviewRequests: connection(given.requested.map((reviewer) => ({ requestedReviewer: actor(reviewer) }))),
    reviewThreads: connection(
      given.commenters.map((commenter, n) => ({
        id: `T_${n}`,
        path: 'src/auth/session.ts',
        line: 3,
        startLine: null,
        diffSide: 'RIGHT',
        isResolved: false,
        isOutdated: false,
        comments: connection([
          {
            createdAt: '2026-11-20T10:00:00Z',
            body: `@zqpersonasked${n} why?`,
            author: actor(commenter),
            originalCommit: { oid: head },
          },
        ]),
      })),
    ),
    comments: connection(
      given.commenters.map((commenter) => ({
        createdAt: '2026-11-20T11:00:00Z',
        body: 'ACK @zqpersonthanked1',
        author: actor(commenter),
      })),
    ),
  };
}

/** A client whose answers are GitHub's own, executed on its schema over a made-up repository. */
function clientOf(given: Scenario): GitHubClient {
  const checks = {
    contexts: connection([
      {
        __typename: 'CheckRun',
        name: 'test',
        status: 'COMPLETED',
        conclusion: given.failing ? 'FAILURE' : 'SUCCESS',
        startedAt: '2026-11-20T09:00:10Z',
        completedAt: '2026-11-20T09:30:00Z',
      },
    ]),
  };
  const repository = {
    id: 'REPO',
    defaultBranchRef: { name: 'main' },
    pullRequestTemplates: [],
    object: ({ oid }: { oid: string }) => ({ __typename: 'Commit', oid, statusCheckRollup: checks }),
    pullRequest: ({ number }: { number: number }) => pullOf(given, number),
    pullRequests: connection(Array.from({ length: 70 }, (_, n) => pullOf(given, n + 100))),
  };
  async function graphqlPartial<T>(query: string, variables: object = {}) {
    const answer = await execute(schema, { repository, nodes: [] }, JSON.stringify({ query, variables }));
    return { ok: true as const, status: 200, headers: {}, data: { data: answer.data as T, errors: [] } };
  }
  return {
    hasToken: true,
    rest: async () => ({ ok: false, error: { status: 404, message: 'not here', mayHaveHappened: false } }),
    async graphql<T>(query: string, variables: object = {}) {
      const answer = await graphqlPartial<T>(query, variables);
      return { ...answer, data: answer.data.data };
    },
    graphqlPartial,
  };
}

async function factsOf(client: GitHubClient): Promise<Facts> {
  const people = createPeople('salt');
  const address = { owner: 'acme', name: 'shop' };
  const reading = await readPullRequest(client, { ...address, number: 7 }, people, {
    approvalWords: ['ACK'],
  });
  const { baseline } = await readMergedTimelines(client, address, people, { now });
  const { review } = reading;
  return facts({
    now,
    pullRequest: reading.pullRequest,
    change: change({
      head,
      files: [
        changedFile({ path: 'src/auth/session.ts', added: [{ start: 1, end: 500 }] }),
        changedFile({ path: 'src/orders.ts', added: [{ start: 1, end: 200 }] }),
      ],
    }),
    review: isUnavailable(review)
      ? review
      : {
          ...review,
          baseline,
          familiarity: {
            since: '2025-11-22T00:00:00Z',
            files: [
              {
                path: 'src/orders.ts',
                known: [people({ login: 'zqpersonuser9' }).key],
                teams: ['@acme/orders'],
              },
            ],
          },
          tail: {
            approvedCommit: 'a'.repeat(40),
            approvedAt: '2026-11-20T09:01:00Z',
            addedLines: 40,
            deletedLines: 0,
            files: [{ path: 'src/orders.ts', added: [{ start: 1, end: 40 }], deletedLines: 0 }],
            method: 'replayed',
          },
        },
    remarks: reading.remarks,
  });
}

function outputsOf(given: Facts): readonly unknown[] {
  const report = reportOn(given);
  const shown = conversation(report, given, { comment: 'always', failOn: 'warning', instance: 'default' });
  return [
    report,
    shown.checkRun,
    shown.summary(undefined),
    shown.summary({
      shown: [{ rule: 'review/gone', fingerprint: 'abcdef', title: 'x' } as never],
      ended: [],
    }),
    shown.comments,
    shown.jobSummary(['no comment could be written']),
    shown.silence,
    json(report),
    markdown(report),
    text(report, { colour: true, width: 100 }),
    sarif(report, rules),
    rdjson(report),
    annotations(report),
  ];
}

test('the tokens are in what GitHub tells', async () => {
  const [given] = fc.sample(scenario, { numRuns: 1, seed: 3 });
  if (!given) throw new Error('there is a scenario');
  const answer = await clientOf({ ...given, author: { kind: 'User', n: 1 } }).graphqlPartial(
    'query { repository(owner: "a", name: "b") { pullRequest(number: 7) { author { login } } } }',
  );
  expect(JSON.stringify(answer)).toMatch(token);
});

test('no login, name, avatar or e-mail of a person reaches the facts of a pull request or any output', async () => {
  let spoke = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const collected = await factsOf(clientOf(given));
      expect(JSON.stringify(collected)).not.toMatch(token);
      expect(isUnavailable(collected.review)).toBe(false);
      const outputs = outputsOf(collected);
      for (const output of outputs) expect(JSON.stringify(output) ?? '').not.toMatch(token);
      // A key can be compared inside one set of facts and is nothing to print.
      const keys = [...JSON.stringify(collected.review).matchAll(/"key":"([^"]+)"/g)].map(
        ([, key]) => key ?? '',
      );
      for (const key of new Set(keys)) expect(JSON.stringify(outputs)).not.toContain(key);
      spoke += findingsOf(reportOn(collected)).length;
    }),
    { numRuns: 60, seed: 20_261_122 },
  );
  expect(spoke).toBeGreaterThan(20);
});

test('nor the weekly report', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const people = createPeople('salt');
      const { pulls, remarks } = await readMergedPulls(
        clientOf(given),
        { owner: 'acme', name: 'shop' },
        '2026-06-01T00:00:00Z',
        people,
      );
      const missing = unavailable('not read');
      const report = reportHealth({
        schemaVersion: 1,
        now: '2026-11-25T12:00:00Z',
        repository: { name: 'acme/shop' },
        pulls,
        history: missing,
        migrations: missing,
        records: [],
        remarks,
      });
      expect(isUnavailable(pulls)).toBe(false);
      for (const output of [
        weeklyMarkdown(report),
        weeklyJson(report),
        weeklyHtml(report, 8),
        weeklyText(report, { width: 100, shownWeeks: 8 }),
      ]) {
        expect(output).not.toMatch(token);
      }
    }),
    { numRuns: 10, seed: 20_261_122 },
  );
});
