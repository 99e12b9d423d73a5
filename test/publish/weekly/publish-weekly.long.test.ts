import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { openHealthChain } from '../../../src/collect/history/health-chain.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import {
  readWeeklyIssues,
  suggestedBefore,
  type WeeklyTarget,
} from '../../../src/publish/weekly/existing-issues.ts';
import { keepHealthRecord } from '../../../src/publish/weekly/health-chain.ts';
import { publishWeekly } from '../../../src/publish/weekly/publish-weekly.ts';
import type { WeeklyIssue } from '../../../src/render/weekly/weekly-issue.ts';
import { weeklyMarker } from '../../../src/render/weekly/weekly-marker.ts';
import { type GitHub, type Permissions, type Scenario, startGitHub } from '../../github/start-github.ts';

let github: GitHub;
let count = 0;

beforeAll(async () => {
  github = await startGitHub({ now: '2026-11-23T07:00:00Z' });
}, 60_000);
afterAll(async () => {
  const violations = await github.violations();
  await github.stop();
  expect(violations).toEqual([]);
});

type ScenarioRepository = NonNullable<Scenario['repositories']>[number];

/** A repository of its own for every test, since they run side by side: the client spaces its writes by a second. */
async function newTarget(
  permissions: Permissions = { issues: 'write' },
  over: Partial<ScenarioRepository> = {},
): Promise<WeeklyTarget> {
  count += 1;
  const name = `shop${count}`;
  const git = [{ commit: 'Begin', files: { 'README.md': 'shop\n' } }];
  await github.apply({
    repositories: [{ name: `acme/${name}`, collaborators: { ada: 'write' }, git, ...over }],
  });
  return { owner: 'acme', name, instance: 'default', client: await newClient(permissions) };
}

async function newClient(permissions: Permissions) {
  const token = await github.token(permissions);
  return createClient({ token, apiUrl: github.apiUrl, graphqlUrl: github.graphqlUrl, secondLasts: 5 });
}

const pathOf = ({ name }: WeeklyTarget) => `/repos/acme/${name}`;

function issue(week: string, over: Partial<WeeklyIssue> = {}): WeeklyIssue {
  const suggested = [{ about: 'reverts', times: 1 }] as const;
  return {
    week,
    title: `Repo health, week ${Number(week.slice(6))}: more reverts than usual`,
    body: `${weeklyMarker({ instance: 'default', week, suggested })}\n**More reverts than usual.**\n`,
    suggested,
    isEmpty: false,
    ...over,
  };
}

async function publish(wanted: WeeklyIssue, target: WeeklyTarget) {
  const existing = await readWeeklyIssues(target);
  if (!existing.ok) throw new Error(existing.error.message);
  return publishWeekly(wanted, existing.data, target);
}

async function issues({ name }: WeeklyTarget) {
  const state = await github.state(`acme/${name}`);
  return Object.values(state.issues).map(({ number, title, state: is, labels, body }) => ({
    number,
    title,
    is,
    labels,
    body,
  }));
}

test.concurrent('the first week opens an issue with its label', async () => {
  const target = await newTarget();
  expect(await publish(issue('2026-W47'), target)).toEqual({
    number: 1,
    written: ['opened the weekly issue #1'],
    problems: [],
  });
  expect(await issues(target)).toEqual([
    {
      number: 1,
      title: 'Repo health, week 47: more reverts than usual',
      is: 'open',
      labels: ['repo-health'],
      body: '<!-- review-vitals:weekly default 2026-W47 reverts=1 -->\n**More reverts than usual.**\n',
    },
  ]);
});

test.concurrent('a second run of the week writes nothing, and one with other numbers edits', async () => {
  const target = await newTarget();
  await publish(issue('2026-W47'), target);
  expect((await publish(issue('2026-W47'), target)).written).toEqual([]);
  const changed = issue('2026-W47', { title: 'Repo health, week 47: nothing is worse than usual' });
  expect((await publish(changed, target)).written).toEqual(['edited the weekly issue #1']);
  expect((await issues(target)).map(({ title }) => title)).toEqual([changed.title]);
});

test.concurrent('a rerun of the week leaves the boxes ticked that people have ticked', async () => {
  const target = await newTarget();
  const { body } = issue('2026-W47');
  const [first, later] = [`${body}\n- [ ] 2 reverts. Why?\n`, `${body}\n- [ ] 3 reverts. Why?\n`];
  await publish(issue('2026-W47', { body: first }), target);
  const ticked = first.replace('[ ]', '[x]');
  await target.client.rest(`PATCH ${pathOf(target)}/issues/1`, { body: ticked });
  expect((await publish(issue('2026-W47', { body: first }), target)).written).toEqual([]);
  await publish(issue('2026-W47', { body: later }), target);
  expect((await issues(target))[0]?.body).toContain('- [x] 3 reverts. Why?');
});

test.concurrent('the next week opens another and closes the one before, which then leads to it', async () => {
  const target = await newTarget();
  await publish(issue('2026-W47'), target);
  expect((await publish(issue('2026-W48'), target)).written).toEqual([
    'opened the weekly issue #2',
    'closed #1, which now leads to #2',
  ]);
  const [first, second] = await issues(target);
  expect(first).toMatchObject({ is: 'closed', body: expect.stringMatching(/\n\nThe week after: #2\n$/) });
  expect(second).toMatchObject({ is: 'open' });
  expect((await publish(issue('2026-W48'), target)).written).toEqual([]);
});

test.concurrent('a run that comes late says nothing about an older week', async () => {
  const target = await newTarget();
  await publish(issue('2026-W48'), target);
  expect((await publish(issue('2026-W47'), target)).written).toEqual(['nothing: #1 is about a later week']);
  expect(await issues(target)).toHaveLength(1);
});

test.concurrent('a week in which nothing happened opens nothing', async () => {
  const target = await newTarget();
  expect(await publish(issue('2026-W47', { isEmpty: true }), target)).toEqual({
    written: ['nothing: nothing was merged or committed'],
    problems: [],
  });
  expect(await issues(target)).toEqual([]);
});

test.concurrent('an issue that somebody closed is kept true and stays closed', async () => {
  const target = await newTarget();
  await publish(issue('2026-W47'), target);
  await target.client.rest(`PATCH ${pathOf(target)}/issues/1`, { state: 'closed' });
  expect((await publish(issue('2026-W47', { title: 'Another' }), target)).written).toEqual([
    'edited the weekly issue #1',
  ]);
  expect(await issues(target)).toMatchObject([{ title: 'Another', is: 'closed' }]);
});

test.concurrent('a marker in somebody else’s issue is only text, with our label or without', async () => {
  const target = await newTarget(undefined, {
    issues: [{ title: 'Mine', by: 'ada', labels: ['repo-health'], body: issue('2026-W47').body }],
  });
  expect((await publish(issue('2026-W47'), target)).written).toEqual(['opened the weekly issue #2']);
  expect(await issues(target)).toMatchObject([{ title: 'Mine', is: 'open' }, { is: 'open' }]);
});

test.concurrent('it finds itself again when somebody took its label off', async () => {
  const target = await newTarget();
  await publish(issue('2026-W47'), target);
  await target.client.rest(`PATCH ${pathOf(target)}/issues/1`, { labels: [] });
  expect((await publish(issue('2026-W47'), target)).written).toEqual([]);
});

test.concurrent('two set-ups in one repository leave each other’s issues alone', async () => {
  const target = await newTarget();
  await publish(issue('2026-W47'), target);
  const other = weeklyMarker({ instance: 'nightly', week: '2026-W47', suggested: [] });
  await publish(issue('2026-W47', { body: `${other}\nother` }), { ...target, instance: 'nightly' });
  expect((await issues(target)).map(({ is }) => is)).toEqual(['open', 'open']);
});

test.concurrent('of two runs at once one issue stays, and the other leads to it', async () => {
  const target = await newTarget();
  const [one, two] = [target, { ...target, client: await newClient({ issues: 'write' }) }];
  const [seenByOne, seenByTwo] = [await readWeeklyIssues(one), await readWeeklyIssues(two)];
  if (!seenByOne.ok || !seenByTwo.ok) throw new Error('the issues could not be read');
  await Promise.all([
    publishWeekly(issue('2026-W47'), seenByOne.data, one),
    publishWeekly(issue('2026-W47'), seenByTwo.data, two),
  ]);
  await publish(issue('2026-W47'), one);
  const all = await issues(target);
  expect(all.map(({ is }) => is)).toEqual(['open', 'closed']);
  expect(all[1]?.body).toBe('Two runs met and opened this twice: #1 is the issue of the week.');
});

test.concurrent('an answer that was lost after the effect makes no second issue', async () => {
  const target = await newTarget();
  await github.fault({ method: 'POST', match: `^${pathOf(target)}/issues$`, kind: 'after', status: 502 });
  expect((await publish(issue('2026-W47'), target)).written).toEqual(['opened the weekly issue #1']);
  expect(await issues(target)).toHaveLength(1);
});

test.concurrent('an answer that was lost before the effect is asked for again', async () => {
  const target = await newTarget();
  await github.fault({ method: 'POST', match: `^${pathOf(target)}/issues$`, kind: 'before', status: 502 });
  expect((await publish(issue('2026-W47'), target)).written).toEqual(['opened the weekly issue #1']);
  expect(await issues(target)).toHaveLength(1);
});

test.concurrent('a token that may not write issues is told the line to add', async () => {
  expect(await publish(issue('2026-W47'), await newTarget({ issues: 'read' }))).toEqual({
    written: [],
    problems: ['The weekly issue was not opened: the token lacks issues: write — add it under permissions:'],
  });
});

test.concurrent('where issues are disabled it is said, and nothing is tried', async () => {
  const target = await newTarget(undefined, { hasIssues: false });
  expect(await publish(issue('2026-W47'), target)).toEqual({
    written: [],
    problems: [
      'The weekly issue was not opened: issues are disabled in this repository. Enable them in its settings, or leave the schedule out',
    ],
  });
});

test.concurrent('where they were disabled in between, GitHub’s 410 is said', async () => {
  const target = await newTarget();
  await github.fault({
    method: 'POST',
    match: `^${pathOf(target)}/issues$`,
    kind: 'before',
    status: 410,
    message: 'Issues are disabled for this repo',
  });
  expect((await publish(issue('2026-W47'), target)).problems).toEqual([
    'The weekly issue was not opened: issues are disabled in this repository. Enable them in its settings',
  ]);
});

test.concurrent('what the week before suggested is read back from its own issue', async () => {
  const target = await newTarget();
  await publish(issue('2026-W46'), target);
  await publish(issue('2026-W47'), target);
  const existing = await readWeeklyIssues(target);
  const known = existing.ok ? existing.data.issues : [];
  expect(suggestedBefore('2026-W47', known)).toEqual([{ about: 'reverts', times: 1 }]);
  expect(suggestedBefore('2026-W46', known)).toBeUndefined();
});

describe('the health record', () => {
  const record = { week: '2026-W47', baselines: [], suggested: [], usefulness: [] };

  async function keep(permissions: Permissions) {
    const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-chain-'));
    const { name } = await newTarget();
    const token = await github.token(permissions);
    const chain = await openHealthChain({
      remote: { url: `${github.url}/acme/${name}.git`, token },
      scratchFolder,
    });
    if (isUnavailable(chain)) throw new Error(chain.unavailable);
    try {
      const kept = await keepHealthRecord(record, chain);
      return { kept, read: await chain.read() };
    } finally {
      await chain.close();
      rmSync(scratchFolder, { recursive: true, force: true });
    }
  }

  test.concurrent('is pushed with contents: write', async () => {
    const { kept, read } = await keep({ contents: 'write' });
    expect(kept).toEqual({ done: 'kept the health record of 2026-W47' });
    expect(read).toMatchObject({ records: [record] });
  });

  test.concurrent('is not kept without it, and that is a sentence, not a failure', async () => {
    const { kept, read } = await keep({ contents: 'read' });
    expect(kept.problem).toMatch(
      /^The health record was not kept: git push ended with 128: .*needs contents: write/,
    );
    expect(read).toEqual({ records: [] });
  });
});
