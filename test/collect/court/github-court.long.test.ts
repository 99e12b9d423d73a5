import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectBranchCourt } from '../../../src/collect/court/collect-branch-court.ts';
import { createClient } from '../../../src/collect/github/create-client.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { type GitHub, type Scenario, startGitHub } from '../../github/start-github.ts';

const lines = (count: number) => Array.from({ length: count }, (_, n) => `work(${n});\n`).join('');
/** Planted: no name that begins like this may be in anything the court is given. */
const [ada, mira] = ['planted-ada', 'planted-mira'];

const scenario: Scenario = {
  now: '2026-11-16T08:00:00Z',
  users: { [ada]: { email: 'ada@planted.test' }, [mira]: { email: 'mira@planted.test' } },
  repositories: [
    {
      name: 'acme/shop',
      collaborators: { [ada]: 'write', [mira]: 'write' },
      git: [{ commit: 'Begin', by: ada, at: '2026-01-10T09:00:00Z', files: { 'src/a.ts': lines(3) } }],
      pullRequests: [
        {
          number: 1,
          title: 'Add one',
          body: 'The audit asked for it.',
          author: ada,
          head: 'one',
          at: '2026-01-16T09:00:00Z',
          commits: [
            { commit: 'One', by: ada, at: '2026-01-16T08:50:00Z', files: { 'src/one.ts': lines(4) } },
          ],
          reviews: [{ by: mira, state: 'APPROVED', submittedAt: '2026-01-16T10:00:00Z' }],
          pushes: [
            {
              at: '2026-01-16T11:00:00Z',
              commits: [
                { commit: 'More', by: ada, at: '2026-01-16T10:50:00Z', files: { 'src/more.ts': lines(25) } },
              ],
            },
          ],
          merged: { by: ada, at: '2026-01-16T15:00:00Z', method: 'merge' },
        },
        {
          number: 2,
          title: 'Fix the first line of one',
          author: ada,
          head: 'two',
          at: '2026-01-20T09:00:00Z',
          commits: [
            {
              commit: 'Two',
              by: ada,
              at: '2026-01-20T08:50:00Z',
              files: { 'src/one.ts': lines(4).replace('work(0)', 'work("none")') },
            },
          ],
          merged: { by: ada, at: '2026-01-20T12:00:00Z', method: 'squash' },
        },
        {
          number: 3,
          title: 'Add three',
          author: ada,
          head: 'three',
          at: '2026-11-10T09:00:00Z',
          commits: [
            { commit: 'Three', by: ada, at: '2026-11-10T08:50:00Z', files: { 'src/three.ts': lines(2) } },
          ],
          merged: { by: ada, at: '2026-11-10T12:00:00Z', method: 'squash' },
        },
      ],
    },
  ],
};

let github: GitHub;
let folder: string;

beforeAll(async () => {
  github = await startGitHub(scenario);
  folder = mkdtempSync(join(tmpdir(), 'court-github-'));
}, 60_000);

afterAll(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('on a clone with a token, changes are judged with their reviews and descriptions, and name nobody', async () => {
  const token = await github.token({ contents: 'read', pull_requests: 'read' });
  const authorization = Buffer.from(`x-access-token:${token}`).toString('base64');
  const checkout = join(folder, 'shop');
  execFileSync('git', [
    '-c',
    `http.extraHeader=Authorization: Basic ${authorization}`,
    'clone',
    '--quiet',
    `${github.url}/acme/shop.git`,
    checkout,
  ]);
  const seen = new Map<string, Facts>();
  const facts = await collectBranchCourt({
    now: '2026-11-16T08:00:00Z',
    seed: 1,
    repository: { name: 'shop' },
    watchedDays: 180,
    learnedDays: 180,
    rules: [],
    judge: ([moment]) => {
      if (moment && !isUnavailable(moment.pullRequest)) seen.set(moment.pullRequest.title, moment);
      return {};
    },
    checkout,
    scratchFolder: folder,
    since: '2025-01-01T00:00:00Z',
    most: 100,
    github: {
      client: createClient({ token, apiUrl: github.apiUrl, graphqlUrl: github.graphqlUrl }),
      address: { owner: 'acme', name: 'shop' },
    },
  });
  if (isUnavailable(facts)) throw new Error(facts.unavailable);
  expect(facts.changes.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['#1 fixed', '#2 fine']);
  const first = seen.get('Add one');
  if (!first || isUnavailable(first.review) || isUnavailable(first.pullRequest))
    throw new Error('the first one has no review');
  expect(first.pullRequest.body).toBe('The audit asked for it.');
  expect(first.review.reviews.map(({ state }) => state)).toEqual(['approved']);
  expect(first.review.tail).toMatchObject({ addedLines: 25, deletedLines: 0 });
  expect(JSON.stringify([facts, ...seen.values()])).not.toContain('planted');
  expect(await github.violations()).toEqual([]);
});
