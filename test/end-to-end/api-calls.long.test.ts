import { afterAll, beforeAll, expect, it } from 'vitest';
import { summaryMarker } from '../../src/render/marker.ts';
import { type RunOptions, type RunResult, runAction } from '../github/run-action.ts';
import { type GitHub, type Permissions, readOnlyPermissions, startGitHub } from '../github/start-github.ts';
import { blockingMigration, expectNoViolations, jobPermissions, repository } from '../support/end-to-end.ts';

/** What each event asks of GitHub, by the fake one's own log; docs/api-calls.md is written from it (`-u`). */
interface Calls {
  readonly what: string;
  readonly graphql: number;
  readonly rest: number;
  readonly git: number;
  readonly writes: readonly string[];
  readonly seconds: number;
}

const day = 24 * 60 * 60 * 1000;
/** Wednesday of the last whole ISO week. */
const lastWeek = (() => {
  const now = new Date();
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  return new Date(midnight - ((now.getUTCDay() + 6) % 7) * day - 5 * day).toISOString();
})();
/** What a summary comment of ours looks like once everything it spoke of has come to an end. */
const endedSummary = `${summaryMarker({
  instance: 'default',
  shown: [],
  ended: (['waived', 'waived', 'noise', 'addressed', 'addressed'] as const).map((ending, n) => ({
    rule: 'migrations/blocking-index',
    fingerprint: `aaaaa${n}`,
    ending,
  })),
})}\nNothing is left to look at.`;

const weekly: Permissions = { ...jobPermissions, contents: 'write', issues: 'write' };
const fork = 'eve/shop';
const table: Calls[] = [];
let github: GitHub;

beforeAll(async () => {
  const pull = { base: 'main', authorAssociation: 'MEMBER' } as const;
  github = await startGitHub({
    repositories: [
      {
        name: repository,
        collaborators: { ada: 'write', mira: 'write' },
        git: [
          {
            commit: 'Begin',
            by: 'ada',
            files: {
              'README.md': '# Shop\n',
              'db/migration/V1__start.sql': 'CREATE TABLE orders (id int, status text);\n',
            },
          },
        ],
        pullRequests: [
          {
            ...pull,
            number: 7,
            title: 'Find orders by status',
            author: 'ada',
            head: 'index',
            commits: [
              { commit: 'Index', by: 'ada', files: { 'db/migration/V1__index.sql': blockingMigration } },
            ],
          },
          {
            ...pull,
            number: 6,
            title: 'Before',
            author: 'ada',
            head: 'before',
            at: lastWeek,
            commits: [{ commit: 'Before', by: 'ada', at: lastWeek, files: { 'before.ts': 'x\n' } }],
            comments: [{ by: 'github-actions[bot]', body: endedSummary, at: lastWeek }],
            merged: { by: 'ada', at: lastWeek },
          },
          {
            ...pull,
            number: 8,
            title: 'Count orders',
            author: 'ada',
            head: 'count',
            commits: [{ commit: 'Count', by: 'ada', files: { 'src/count.ts': 'export const count = 1;\n' } }],
          },
        ],
      },
      { name: fork, forkOf: repository, git: [] },
      {
        name: repository,
        pullRequests: [
          {
            ...pull,
            number: 9,
            title: 'Index from afar',
            author: 'eve',
            authorAssociation: 'CONTRIBUTOR',
            head: 'eve:afar',
            commits: [
              { commit: 'Index', by: 'eve', files: { 'db/migration/V2__index.sql': blockingMigration } },
            ],
          },
        ],
      },
    ],
  });
});

afterAll(() => github.stop());

interface Situation {
  readonly what: string;
  readonly event?: string;
  readonly action?: string;
  readonly number?: number;
  readonly permissions?: Permissions;
  readonly payload?: object;
  readonly workspace?: RunOptions['workspace'];
}

async function measure(situation: Situation): Promise<Calls> {
  const { what, event: name = 'pull_request', action = 'synchronize', number = 7 } = situation;
  const { permissions = jobPermissions, payload = {}, workspace = 'checkout' } = situation;
  const event = await github.event(name, {
    repository,
    ...(name !== 'schedule' && { number, action }),
    ...(name === 'issue_comment' && { extra: {} }),
  });
  const run = await runAction({
    github,
    event: { ...event, payload: { ...event.payload, ...payload } },
    token: await github.token(permissions),
    workspace,
  });
  run.clean();
  expect(run.exitCode).toBe(0);
  const calls = callsOf(what, run);
  table.push(calls);
  return calls;
}

function callsOf(what: string, { requests, milliseconds }: RunResult): Calls {
  const isGit = ({ path }: { readonly path: string }) => path.includes('.git/');
  const queryOf = (body: unknown) => String((body as { readonly query?: unknown } | undefined)?.query ?? '');
  const api = requests.filter((request) => !isGit(request));
  const graphql = api.filter(({ path }) => path.endsWith('/graphql'));
  const mutations = graphql.filter(({ body }) => /^\s*mutation\b/.test(queryOf(body)));
  const rest = api.filter(({ path }) => !path.endsWith('/graphql'));
  return {
    what,
    graphql: graphql.length - mutations.length,
    rest: rest.filter(({ method }) => method === 'GET').length,
    git: requests.filter(isGit).length,
    writes: [
      ...rest
        .filter(({ method }) => method !== 'GET')
        .map(
          ({ method, path }) =>
            `${method} ${path.replace(/^.*?\/repos\/acme\/shop/, '').replace(/\d+/g, 'N')}`,
        ),
      ...mutations.map(({ body }) => `mutation ${/mutation (\w+)/.exec(queryOf(body))?.[1]}`),
    ],
    seconds: milliseconds / 1000,
  };
}

const apply = (pullRequest: Record<string, unknown>) =>
  github.apply({ repositories: [{ name: repository, pullRequests: [{ number: 7, ...pullRequest }] }] });

it('a clean pull request costs one write', async () => {
  const calls = await measure({ what: 'Clean pull request', number: 8 });
  expect(calls.writes).toEqual(['POST /check-runs']);
});

it('a second run on the same commit costs one write, which brings the check run up to date', async () => {
  const calls = await measure({ what: 'The same again', number: 8 });
  expect(calls.writes).toEqual(['PATCH /check-runs/N']);
});

it('one with findings, one of them about a whole file, costs four', async () => {
  const calls = await measure({ what: 'Findings: one on a line, one about a file' });
  expect(calls.writes.toSorted()).toEqual([
    'POST /check-runs',
    'POST /issues/N/comments',
    'mutation Begin',
    'mutation Submit',
  ]);
});

it('a second run on it writes no comment', async () => {
  const calls = await measure({ what: 'The same again, nothing new' });
  expect(calls.writes).toEqual(['PATCH /check-runs/N']);
});

it('a push that changes none of it edits the summary', async () => {
  await apply({ pushes: [{ commits: [{ commit: 'More', by: 'ada', files: { 'a.ts': 'x\n' } }] }] });
  const calls = await measure({ what: 'A push that changes nothing about them' });
  expect(calls.writes.toSorted()).toEqual(['PATCH /issues/comments/N', 'POST /check-runs']);
});

it('a review brings what is known up to date, and no comment', async () => {
  await apply({ reviews: [{ by: 'mira', state: 'COMMENTED', body: 'Reading.' }] });
  const calls = await measure({
    what: 'A review comes in',
    event: 'pull_request_review',
    action: 'submitted',
  });
  expect(calls.writes).toEqual(['PATCH /check-runs/N', 'PATCH /issues/comments/N']);
});

it('a command that waives a finding closes its thread', async () => {
  const id = /blocking-index=([\da-z]{6})/.exec(await github.snapshot(repository, 7))?.[1] ?? '';
  const body = `/vitals waive ${id}: the table is empty until the launch`;
  await apply({ comments: [{ by: 'mira', body }] });
  const calls = await measure({
    what: 'A command waives one of two findings',
    event: 'issue_comment',
    action: 'created',
    payload: { comment: { body } },
    workspace: 'empty',
  });
  expect(calls.writes.toSorted()).toEqual([
    'DELETE /pulls/comments/N',
    'PATCH /check-runs/N',
    'PATCH /issues/comments/N',
  ]);
});

it('a finding that was fixed costs three', async () => {
  await apply({
    pushes: [
      {
        commits: [
          {
            commit: 'Give it the next version',
            by: 'ada',
            files: { 'db/migration/V1__index.sql': null, 'db/migration/V2__index.sql': blockingMigration },
          },
        ],
      },
    ],
  });
  const calls = await measure({ what: 'The other one is fixed' });
  expect(calls.writes.toSorted()).toEqual([
    'DELETE /pulls/comments/N',
    'PATCH /issues/comments/N',
    'POST /check-runs',
  ]);
});

it('a fork’s own run tries one write, is refused, and asks for no other', async () => {
  const calls = await measure({
    what: 'A fork’s own run (its token only reads)',
    number: 9,
    permissions: readOnlyPermissions,
  });
  expect(await github.snapshot(repository, 9)).not.toContain('github-actions');
  expect(calls.writes).toEqual(['POST /check-runs']);
});

it('a merge queue is answered with one', async () => {
  const calls = await measure({
    what: 'Merge queue',
    event: 'merge_group',
    action: 'checks_requested',
    workspace: 'empty',
  });
  expect(calls).toMatchObject({ graphql: 0, rest: 0, git: 0, writes: ['POST /check-runs'] });
});

it('the weekly issue is one write, and tells how useful rules were', async () => {
  const calls = await measure({
    what: 'Weekly issue',
    event: 'schedule',
    permissions: weekly,
    workspace: 'empty',
  });
  expect(calls.writes).toEqual(['POST /issues']);
  const issues = Object.values((await github.state(repository)).issues);
  const issue = issues.find(({ title }) => title.startsWith('Repo health'));
  expect(issue?.body).toContain('<details><summary>Usefulness of rules (5 findings)</summary>');
  expect(issue?.body).toMatch(/\[`migrations\/blocking-index`\]\([^)]+\) \| 5 \| 2 \| 1 \| 60 % \|/);
});

it('an outage of the whole API ends within 40 seconds, the rest of the run included', async () => {
  await expectNoViolations(github);
  await github.fault({ match: '^/(repos|graphql)', kind: 'before', status: 502, times: 1000 });
  const calls = await measure({ what: 'Every request is answered with 502', number: 8 });
  table.pop();
  await github.clearFaults();
  expect(calls.seconds).toBeLessThan(40);
});

it('the page says so', async () => {
  await expect(page(table)).toMatchFileSnapshot('../../docs/api-calls.md');
});

function page(rows: readonly Calls[]): string {
  const lines = rows.map(
    ({ what, graphql, rest, git, writes }) =>
      `| ${what} | ${graphql} | ${rest} | ${git} | ${writes.length}${writes.length === 0 ? '' : `: ${writes.map((write) => `\`${write}\``).join(', ')}`} |`,
  );
  return `# What it asks of GitHub

Counted by the fake GitHub's own log; \`npx vitest run --config vitest.full.config.ts test/end-to-end/api-calls.long.test.ts -u\`
writes this page. Limits of GitHub: a workflow's token has 1,000 REST requests an hour for each repository, GraphQL has
points of its own (nearly every query here costs 1), and writes that create content are counted apart (80 a minute).

| Event | GraphQL queries | REST reads | git requests | Writes |
| :-- | --: | --: | --: | :-- |
${lines.join('\n')}

- Up to 100 comments and 100 threads are read by one query, 100 more by the next. A repository with history is asked for
  up to eight more queries, for what is usual in its reviews.
- A review with a comment about a whole file takes two documents (REST has no such comments in a review); without one it is
  a single \`POST /pulls/N/reviews\`.
- When GitHub answers nothing for 20 seconds, or only with server errors, nothing more is asked: a run through an
  outage ends within half a minute, and says so.
`;
}
