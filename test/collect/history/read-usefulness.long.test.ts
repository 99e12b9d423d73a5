import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type GitHubClient } from '../../../src/collect/github/create-client.ts';
import { readUsefulness } from '../../../src/collect/history/read-usefulness.ts';
import { completeWeeks } from '../../../src/core/iso-week.ts';
import { readSummaryMarker, summaryMarker } from '../../../src/render/marker.ts';
import { type GitHub, startGitHub } from '../../github/start-github.ts';

const repository = 'acme/shop';
const bot = 'github-actions[bot]';
const blocking = 'migrations/blocking-index';
const lines = 'coverage/changed-lines-not-run';
/** A Monday; the week before begins on the 9th. */
const now = '2026-11-16T07:00:00Z';
const [week] = completeWeeks(now, 1);
const body = (instance: string, ...ended: Parameters<typeof summaryMarker>[0]['ended']) =>
  `${summaryMarker({ instance, shown: [{ rule: lines, fingerprint: 'cccccc' }], ended })}\nText`;
const waived = { rule: blocking, fingerprint: 'aaaaaa', ending: 'waived' } as const;
const noise = { rule: lines, fingerprint: 'bbbbbb', ending: 'noise' } as const;

let github: GitHub;
let client: GitHubClient;

beforeAll(async () => {
  const pull = (number: number, comments: readonly { by: string; body: string }[], closedAt?: string) => ({
    number,
    title: `Change ${number}`,
    author: 'ada',
    head: `change-${number}`,
    base: 'main',
    at: '2026-11-02T09:00:00Z',
    commits: [{ commit: 'Change', by: 'ada', files: { [`${number}.txt`]: 'x\n' } }],
    comments: comments.map((comment) => ({ ...comment, at: '2026-11-03T09:00:00Z' })),
    ...(closedAt !== undefined && { closed: { by: 'ada', at: closedAt } }),
  });
  github = await startGitHub({
    now: '2026-11-02T09:00:00Z',
    repositories: [
      {
        name: repository,
        collaborators: { ada: 'write' },
        git: [{ commit: 'Begin', by: 'ada', files: { 'README.md': '# Shop\n' } }],
        pullRequests: [
          pull(1, [{ by: bot, body: body('default', waived, noise) }], '2026-11-10T09:00:00Z'),
          pull(2, [{ by: 'mallory', body: body('default', noise) }], '2026-11-10T09:00:00Z'),
          pull(3, [{ by: bot, body: body('backend', noise) }], '2026-11-10T09:00:00Z'),
          pull(4, [{ by: bot, body: body('default', noise) }], '2026-11-08T23:59:59Z'),
          pull(5, [{ by: bot, body: body('default', noise) }]),
          pull(
            6,
            Array.from({ length: 31 }, () => ({ by: 'ada', body: 'Another thought' })),
            '2026-11-11T09:00:00Z',
          ),
        ],
      },
    ],
  });
  const token = await github.token({ contents: 'read', pull_requests: 'read', issues: 'read' });
  client = createClient({
    token,
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    secondLasts: 1,
    retries: 0,
  });
});

afterAll(async () => {
  expect(await github.violations()).toEqual([]);
  await github.stop();
});

const read = () => {
  if (!week) throw new Error('no week');
  return readUsefulness(client, { owner: 'acme', name: 'shop' }, week, (text) => {
    const marker = readSummaryMarker(text);
    return marker?.instance === 'default' ? marker : undefined;
  });
};

test('our own comments on what was closed in the week are counted, and nobody else’s, in one request', async () => {
  const before = (await github.requests()).length;
  expect(await read()).toEqual({
    uses: [
      { rule: lines, shown: 2, waived: 0, noise: 1 },
      { rule: blocking, shown: 1, waived: 1, noise: 0 },
    ],
    remarks: [
      'usefulness of rules on a pull request whose first 30 comments hold none of this tool (the rest was not read)',
    ],
  });
  expect((await github.requests()).slice(before)).toHaveLength(1);
});

test('a page that GitHub could not serve is asked for again in smaller parts', async () => {
  await github.fault({ method: 'POST', match: '/graphql', kind: 'before', status: 502, times: 1 });
  expect(await read()).toMatchObject({ uses: [{ shown: 2 }, { shown: 1 }] });
});

test('where GitHub answers nothing the reason is told', async () => {
  await github.fault({ method: 'POST', match: '/graphql', kind: 'before', status: 502, times: 20 });
  expect(await read()).toMatchObject({ unavailable: expect.stringContaining('502') });
  await github.clearFaults();
});
