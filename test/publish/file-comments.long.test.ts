import { afterEach, beforeEach, expect, it } from 'vitest';
import { createClient } from '../../src/collect/github/create-client.ts';
import { readExistingOutput } from '../../src/publish/existing-output.ts';
import { postReview } from '../../src/publish/post-review.ts';
import { findingMarker, reviewMarker } from '../../src/render/marker.ts';
import type { Anchor } from '../../src/render/placement.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';

const repository = 'acme/shop';
let github: GitHub;

beforeEach(async () => {
  github = await startGitHub({
    now: '2026-11-16T09:00:00Z',
    repositories: [
      {
        name: repository,
        collaborators: { ada: 'write' },
        git: [{ commit: 'Begin', by: 'ada', files: { 'a.sql': 'SELECT 1;\n', 'old.sql': 'SELECT 2;\n' } }],
        pullRequests: [
          {
            number: 7,
            title: 'Change it',
            author: 'ada',
            head: 'change',
            base: 'main',
            commits: [
              {
                commit: 'Change it',
                by: 'ada',
                files: { 'b.sql': 'SELECT 3;\n', 'old.sql': null, 'new.sql': 'SELECT 2;\n' },
              },
            ],
          },
        ],
      },
    ],
  });
});

afterEach(async () => {
  expect(await github.violations()).toEqual([]);
  await github.stop();
});

const onFile = (path: string): Anchor => ({ kind: 'file', path });
const onLine = (path: string): Anchor => ({ kind: 'lines', path, line: 1, side: 'RIGHT' });

async function post(anchors: readonly Anchor[]) {
  const token = await github.token({ contents: 'read', pull_requests: 'write', checks: 'write' });
  const client = createClient({
    token,
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    secondLasts: 1,
    retries: 0,
  });
  const { headSha: head } = await github.pull(repository, 7);
  const target = { client, owner: 'acme', name: 'shop', number: 7, head, instance: 'default' };
  const existing = await readExistingOutput(client, target, 'default');
  const comments = anchors.map((anchor, index) => {
    const finding = { fingerprint: `aaaaa${index}`, rule: 'migrations/version-collision' };
    const marker = findingMarker({ instance: 'default', ...finding });
    return { ...finding, anchor, body: `${marker}\nThe version of \`${anchor.path}\` is taken.` };
  });
  if (!existing.ok) throw new Error(existing.error.message);
  const body = `${comments.length} places in this change to look at.`;
  return postReview({ comments, body }, target, existing.data);
}

const threads = async () =>
  (await github.pull(repository, 7)).threads.map(({ path, subjectType, line }) => ({
    path,
    subjectType,
    ...(line !== undefined && { line }),
  }));
const reviews = async () =>
  (await github.pull(repository, 7)).reviews.map(({ state, body }) => ({ state, body }));

it('comments on a renamed file and on a line are one review', async () => {
  expect(await post([onFile('new.sql'), onLine('b.sql')])).toEqual([
    { done: 'posted a review with 2 comments', commented: ['aaaaa0', 'aaaaa1'] },
  ]);
  expect(await reviews()).toEqual([
    { state: 'COMMENTED', body: `${reviewMarker('default')}\n2 places in this change to look at.` },
  ]);
  expect(await threads()).toEqual([
    { path: 'new.sql', subjectType: 'FILE' },
    { path: 'b.sql', subjectType: 'LINE', line: 1 },
  ]);
});

it('a comment that GitHub drops without a word is told, and the others stand', async () => {
  expect(await post([onFile('unchanged.sql'), onFile('new.sql')])).toEqual([
    { done: 'posted a review with 1 comment', commented: ['aaaaa1'] },
    { problem: 'GitHub took no comment at `unchanged.sql`, so it stands in the summary only' },
  ]);
  expect(await threads()).toEqual([{ path: 'new.sql', subjectType: 'FILE' }]);
});

it('a review of which GitHub took no comment is never seen', async () => {
  expect(await post([onFile('unchanged.sql')])).toEqual([
    { problem: 'GitHub took no comment at `unchanged.sql`, so it stands in the summary only' },
  ]);
  expect(await reviews()).toEqual([]);
});

it('where another tool has a pending review, comments on lines are refused aloud and its review is left alone', async () => {
  await github.apply({
    repositories: [
      {
        name: repository,
        pullRequests: [
          {
            number: 7,
            reviews: [
              {
                by: 'github-actions[bot]',
                state: 'PENDING',
                body: 'Another tool',
                comments: [{ path: 'b.sql', line: 1, body: 'Theirs' }],
              },
            ],
          },
        ],
      },
    ],
  });
  expect(await post([onFile('new.sql'), onLine('b.sql')])).toEqual([
    { done: 'posted a review with 1 comment', commented: ['aaaaa1'] },
    {
      problem:
        'GitHub took no comment about the file `new.sql`, so it stands in the summary only: another review of the same account is pending',
    },
  ]);
  expect(await threads()).toEqual([
    { path: 'b.sql', subjectType: 'LINE', line: 1 },
    { path: 'b.sql', subjectType: 'LINE', line: 1 },
  ]);
  expect((await reviews()).filter(({ state }) => state === 'PENDING')).toEqual([
    { state: 'PENDING', body: 'Another tool' },
  ]);
});

it.each([
  ['nothing came of the first document', 'before', 1, []],
  ['the answer to the first document was lost', 'after', 1, []],
  ['nothing came of the submission', 'before', 2, []],
  ['the answer to the submission was lost', 'after', 2, [{ path: 'new.sql', subjectType: 'FILE' }]],
] as const)('after a 502, when %s, no half-made review is left', async (_, kind, mutation, expected) => {
  const match = mutation === 1 ? 'mutation Begin' : 'mutation Submit';
  await github.fault({ method: 'POST', match, kind, status: 502 });
  const [written] = await post([onFile('new.sql')]);
  expect(written?.done === undefined).toBe(expected.length === 0);
  expect(await threads()).toEqual(expected);
  expect((await reviews()).filter(({ state }) => state === 'PENDING')).toEqual([]);
});

it('of runs at the same time one comment a place is left, and nothing half-made', async () => {
  await Promise.all([0, 1, 2].map(() => post([onFile('new.sql'), onLine('b.sql')])));
  expect((await threads()).toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: 'b.sql', subjectType: 'LINE', line: 1 },
    { path: 'new.sql', subjectType: 'FILE' },
  ]);
  expect((await reviews()).filter(({ state }) => state === 'PENDING')).toEqual([]);
});
