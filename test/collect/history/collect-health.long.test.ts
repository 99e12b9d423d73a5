import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCoverageChain } from '../../../src/collect/coverage-history/coverage-chain.ts';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { collectHealth, type HealthRequest } from '../../../src/collect/history/collect-health.ts';
import type { JudgedMigration } from '../../../src/collect/history/read-migrations.ts';
import { settingsReader } from '../../../src/config/settings-reader.ts';
import type { HealthFacts } from '../../../src/core/health-facts.ts';
import { isUnavailable, unavailable } from '../../../src/core/part.ts';
import { linesAfterApproval } from '../../../src/health/measure/review-of-pull.ts';
import { reportHealth } from '../../../src/health/report-health.ts';
import { weeklyIssue } from '../../../src/render/weekly/weekly-issue.ts';
import { weeklyJson } from '../../../src/render/weekly/weekly-json.ts';
import { weeklyText } from '../../../src/render/weekly/weekly-text.ts';
import { rules } from '../../../src/rules.ts';
import { type GitHub, type Scenario, startGitHub } from '../../github/start-github.ts';

const now = '2026-11-23T07:00:00Z';
const lines = (count: number) => Array.from({ length: count }, (_, n) => `line ${n}\n`).join('');

/** Planted: every login, name and address begins like this, and none may be in anything that is written. */
const [ada, mira] = ['planted-ada', 'planted-mira'];

const scenario: Scenario = {
  now: '2026-11-16T08:00:00Z',
  users: {
    [ada]: { name: 'Planted Ada', email: 'ada@planted.test' },
    [mira]: { email: 'mira@planted.test' },
  },
  repositories: [
    {
      name: 'acme/shop',
      collaborators: { [ada]: 'write', [mira]: 'write' },
      git: [
        {
          commit: 'Begin',
          by: ada,
          at: '2026-11-10T09:00:00Z',
          files: {
            'README.md': 'shop\n',
            'src/a.ts': lines(3),
            'src/.gitattributes': 'made/** linguist-generated\n',
          },
        },
      ],
      pullRequests: [
        {
          number: 1,
          title: 'Reviewed by planted-mira',
          author: ada,
          head: 'one',
          at: '2026-11-16T09:00:00Z',
          commits: [
            { commit: 'One', by: ada, at: '2026-11-16T08:50:00Z', files: { 'src/one.ts': lines(4) } },
          ],
          reviews: [
            { by: mira, state: 'APPROVED', submittedAt: '2026-11-16T13:00:00Z', body: 'Thanks @planted-ada' },
          ],
          merged: { by: ada, at: '2026-11-16T15:00:00Z', method: 'merge' },
        },
        {
          number: 2,
          title: 'Changed after the approval',
          author: ada,
          head: 'two',
          at: '2026-11-17T09:00:00Z',
          commits: [
            { commit: 'Two', by: ada, at: '2026-11-17T08:50:00Z', files: { 'src/two.ts': lines(2) } },
          ],
          reviews: [{ by: mira, state: 'APPROVED', submittedAt: '2026-11-17T10:00:00Z' }],
          pushes: [
            {
              at: '2026-11-17T11:00:00Z',
              commits: [
                {
                  commit: 'More',
                  by: ada,
                  at: '2026-11-17T10:50:00Z',
                  files: { 'src/more.ts': lines(25), 'src/made/much.ts': lines(400) },
                },
              ],
            },
          ],
          merged: { by: ada, at: '2026-11-17T12:00:00Z', method: 'squash' },
        },
        {
          number: 3,
          title: 'Count orders',
          body: 'Support asked for it, see planted-mira.',
          author: ada,
          head: 'three',
          at: '2026-11-18T09:00:00Z',
          commits: [
            {
              commit: 'Add a column\n\nCo-authored-by: Planted Mira <mira@planted.test>',
              by: ada,
              at: '2026-11-18T08:50:00Z',
              files: { 'db/migration/V2__count.sql': 'ALTER TABLE orders ADD COLUMN count int;\n' },
            },
          ],
          reviews: [{ by: mira, state: 'APPROVED', submittedAt: '2026-11-18T10:00:00Z' }],
          merged: { by: ada, at: '2026-11-18T12:00:00Z', method: 'squash' },
        },
      ],
    },
  ],
};

let github: GitHub;
let scratchFolder: string;

beforeAll(async () => {
  github = await startGitHub(scenario);
}, 60_000);
afterAll(() => github.stop());
beforeEach(() => {
  scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-health-'));
});
afterEach(async () => {
  expect(readdirSync(scratchFolder)).toEqual([]);
  rmSync(scratchFolder, { recursive: true, force: true });
  expect(await github.violations()).toEqual([]);
});

const judged: JudgedMigration[] = [];

async function collect(over: Partial<HealthRequest> = {}): Promise<HealthFacts> {
  const token = await github.token({ contents: 'read', pull_requests: 'read', issues: 'read' });
  const client = createClient({ token, apiUrl: github.apiUrl, graphqlUrl: github.graphqlUrl });
  judged.length = 0;
  return collectHealth({
    now,
    repository: { name: 'acme/shop', url: `${github.url}/acme/shop` },
    remote: { url: `${github.url}/acme/shop.git`, token },
    scratchFolder,
    github: { client, address: { owner: 'acme', name: 'shop' } },
    judgeReason: (migration) => {
      judged.push(migration);
      return 'missing';
    },
    ...over,
  });
}

test('half a year of a repository becomes facts: reviews from GitHub, lines and migrations from git', async () => {
  const { pulls, history, migrations } = await collect();
  if (isUnavailable(pulls) || isUnavailable(history) || isUnavailable(migrations))
    throw new Error('something is missing');
  expect(
    pulls.pulls.map(({ number, review }) => [number, isUnavailable(review) ? review : review.tail]),
  ).toEqual([
    [1, expect.objectContaining({ addedLines: 0, deletedLines: 0 })],
    [2, expect.objectContaining({ addedLines: 425, deletedLines: 0, method: 'replayed' })],
    // The co-author's approval is no second pair of eyes, so there is nothing to count from.
    [3, undefined],
  ]);
  // The branch says that 400 of the lines are generated, as a check would have read it.
  expect(pulls.pulls.map(linesAfterApproval)).toEqual([0, 25, undefined]);
  expect(history.commits.map(({ pullRequest, files }) => [pullRequest, files])).toEqual([
    [undefined, 3],
    [1, 1],
    [2, 3],
    [3, 1],
  ]);
  expect(migrations).toMatchObject({
    entries: [{ pullRequest: 3, paths: ['db/migration/V2__count.sql'], reason: 'missing' }],
    limits: [],
  });
  expect(judged).toHaveLength(1);
  expect(judged[0]).toMatchObject({
    pullRequest: { title: 'Count orders', body: 'Support asked for it, see planted-mira.' },
    migrations: { files: [{ path: 'db/migration/V2__count.sql' }] },
  });
});

test('without a token git alone is read, and everything else says why it is missing', async () => {
  const client = createClient({ apiUrl: github.apiUrl, graphqlUrl: github.graphqlUrl });
  const facts = await collect({ github: { client, address: { owner: 'acme', name: 'shop' } } });
  expect(facts.pulls).toEqual({ unavailable: 'there is no token (set GITHUB_TOKEN)' });
  expect(isUnavailable(facts.history) ? 0 : facts.history.commits.length).toBe(4);
  expect(facts.migrations).toMatchObject({
    limits: [
      'reasons written in pull request descriptions: there is no token (set GITHUB_TOKEN); files, commit messages and decision records were read',
    ],
  });
  expect(judged[0]?.pullRequest).toEqual({ unavailable: 'there is no token (set GITHUB_TOKEN)' });
});

test('weeks before the branch began are not weeks in which nothing happened', async () => {
  const facts = await collect();
  if (isUnavailable(facts.history) || isUnavailable(facts.pulls)) throw new Error('something is missing');
  // Its first commit was made on Tuesday, 10 November.
  expect(facts.history.completeSince).toBe('2026-11-09T00:00:00.000Z');
  expect(facts.pulls.completeSince).toBe('2026-11-09T00:00:00.000Z');
  const merged = reportHealth(facts).measures.find(({ id }) => id === 'merged')?.measure;
  expect(merged && 'weeks' in merged && merged.weeks.map(({ value }) => value).slice(-3)).toEqual([
    undefined,
    0,
    3,
  ]);
});

test('a branch that began after the week reported on had nothing in it', async () => {
  const facts = await collect({ now: '2026-11-09T07:00:00Z' });
  expect(isUnavailable(facts.history) ? undefined : facts.history.completeSince).toBe(
    '2026-11-02T00:00:00.000Z',
  );
  expect(reportHealth(facts).isEmpty).toBe(true);
});

test('a remote that is not there leaves the pull requests, and says what git could not tell', async () => {
  const facts = await collect({ remote: { url: `${github.url}/acme/nowhere.git` } });
  expect(isUnavailable(facts.history) && facts.history.unavailable).toMatch(/^no branch to read was found: /);
  expect(isUnavailable(facts.pulls) ? 0 : facts.pulls.pulls.length).toBe(3);
  expect(facts.migrations).toEqual(facts.history);
});

test('no login, name or address of a person is in any text that is written', async () => {
  const report = reportHealth(await collect({ github: await collectable() }));
  const { title, body } = weeklyIssue(report, 'default');
  const all = [title, body, weeklyJson(report), weeklyText(report, { width: 110, shownWeeks: 8 })].join('\n');
  expect(all).toContain('db/migration/V2__count.sql');
  expect(all).not.toMatch(/planted/i);

  async function collectable() {
    const token = await github.token({ contents: 'read', pull_requests: 'read' });
    const client = createClient({ token, apiUrl: github.apiUrl, graphqlUrl: github.graphqlUrl });
    return { client, address: { owner: 'acme', name: 'shop' } };
  }
});

test('nothing at all is said in one sentence each', async () => {
  const facts = await collect({
    github: unavailable('there is no GitHub'),
    remote: { url: `${github.url}/acme/nowhere.git` },
  });
  const report = reportHealth(facts);
  expect(report.isEmpty).toBe(false);
  expect(report.notMeasured[0]).toMatch(/^merged pull requests, lead time, .*: there is no GitHub$/);
});

test('coverage is the trend that is stored for the commits of the branch', async () => {
  expect((await collect()).coverage).toEqual({
    unavailable:
      'no coverage has been stored for this repository yet; it is stored when the tests of the default branch are done',
  });
  const { history } = await collect();
  if (isUnavailable(history)) throw new Error(history.unavailable);
  const token = await github.token({ contents: 'write' });
  const remote = { url: `${github.url}/acme/shop.git`, token };
  const chain = await openCoverageChain({ remote, scratchFolder });
  if (isUnavailable(chain)) throw new Error(chain.unavailable);
  const shards = new Map([['test', new Map([['src/a.ts', [[1, 3, 'hit'] as const]]])]]);
  expect(await chain.append({ commit: history.tip, shards, modules: [] }, undefined)).toBe('written');
  await chain.close();
  expect((await collect()).coverage).toEqual([
    {
      commit: history.tip,
      committedAt: '2026-11-18T12:00:00Z',
      count: { ran: 3, lines: 3 },
      modules: [],
    },
  ]);
});

test('accounts that the settings of the branch call bots are bots in the weekly report too', async () => {
  const kinds = (facts: HealthFacts) =>
    isUnavailable(facts.pulls)
      ? []
      : facts.pulls.pulls.flatMap(({ review }) =>
          isUnavailable(review) ? [] : review.reviews.map(({ by }) => by.kind),
        );
  const settings = settingsReader(async () => rules);
  expect(kinds(await collect({ settings }))).toEqual(['human', 'human', 'human']);
  await github.apply({
    repositories: [
      {
        name: 'acme/shop',
        git: [
          {
            commit: 'Settings',
            by: ada,
            files: { '.github/review-vitals.yml': `bots: [${mira}]\nnonsense: 1\n` },
          },
        ],
      },
    ],
  });
  const facts = await collect({ settings });
  expect(kinds(facts)).toEqual(['bot', 'bot', 'bot']);
  expect(facts.remarks).toEqual([expect.stringMatching(/^settings: .*nonsense/)]);
});
