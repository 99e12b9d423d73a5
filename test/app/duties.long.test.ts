import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCoverageData } from '../../src/collect/artifact/write-coverage-data.ts';
import { blockingMigration, moduleText } from '../support/end-to-end.ts';
import { eventually } from './support/app-process.ts';
import { leaveWeeklyJobs } from './support/leave-weekly-jobs.ts';
import { repositoryOf, type Scene, startScene } from './support/scene.ts';
import { sendWebhook } from './support/webhook.ts';

let scene: Scene;

const migration = { 'db/migrations/0002_index.sql': blockingMigration };
const module = { 'src/refund.ts': moduleText };

/** Leaves data for whoever judges, and says nothing itself. */
const collecting = `on: pull_request
jobs:
  test:
    steps:
      - run: npm test
      - uses: octo-org/review-vitals@v1
        if: always()
        with: { mode: collect }
`;
const judging = collecting.replace('\n        with: { mode: collect }', '');

const day = 24 * 60 * 60 * 1000;
/** Wednesday of the last whole ISO week, so that what happens then is the news of the week. */
const lastWeek = (() => {
  const now = new Date();
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const wednesday = today - ((now.getUTCDay() + 6) % 7) * day - 5 * day;
  return (minutes: number) => new Date(wednesday + minutes * 60_000).toISOString();
})();

const historic = {
  name: 'globex/history',
  collaborators: { ada: 'write' as const, mira: 'write' as const },
  git: [{ commit: 'Begin', by: 'ada', at: lastWeek(0), files: { 'README.md': '# Shop\n' } }],
  pullRequests: Array.from({ length: 6 }, (_, index) => ({
    number: index + 1,
    title: `Change ${index + 1}`,
    author: 'ada',
    head: `change-${index + 1}`,
    base: 'main',
    at: lastWeek(10 + index),
    commits: [
      {
        commit: `Change ${index + 1}`,
        by: 'ada',
        at: lastWeek(10 + index),
        files: { [`src/file-${index + 1}.ts`]: 'export const a = 1;\n' },
      },
    ],
    ...(index < 4 && { reviews: [{ by: 'mira', state: 'APPROVED' as const, at: lastWeek(60 + index) }] }),
    merged: { by: 'ada', at: lastWeek(120 + index) },
  })),
};

beforeAll(async () => {
  scene = await startScene({
    repositories: [
      repositoryOf('acme/shop', { 7: migration, 8: { 'docs/why.md': 'Because.\n' } }),
      repositoryOf('acme/with-action', { 7: migration }, { '.github/workflows/ci.yaml': judging }),
      repositoryOf('acme/covered', { 7: module, 8: module }, { '.github/workflows/ci.yaml': collecting }),
      repositoryOf('globex/shop', { 8: { 'docs/why.md': 'Because.\n' } }),
      repositoryOf('globex/with-action', {}, { '.github/workflows/ci.yaml': judging }),
      historic,
    ],
    prepare: (folder, github) => leaveWeeklyJobs(folder, github, ['globex/history', 'globex/with-action']),
  });
});

afterAll(() => scene?.end());

describe('the weekly issue', () => {
  it('is written in a repository whose Monday has come, without anybody’s name, and remembered', async () => {
    const { github, line, id } = scene;
    const { what } = await line({
      queue: 'weekly',
      message: 'job done',
      repository: await id('globex/history'),
    });
    expect(what).toMatch(/kept the health record of \d{4}-W\d\d/);
    const [issue, ...others] = await issuesOf('globex/history');
    expect(others).toEqual([]);
    expect(issue?.title).toMatch(/^Repo health, week \d+: /);
    expect(issue?.body).toContain('| Merged pull requests');
    expect(issue?.body).not.toMatch(/\bada\b|\bmira\b/);
    expect(issue?.author).toBe('review-vitals-test[bot]');
    expect((await github.state('globex/history')).checkRuns).toEqual([]);
  });

  it('leaves what checks compare review with: they read no merged pull requests any more', async () => {
    const { github, send, line, id } = scene;
    await github.apply({
      repositories: [
        {
          name: 'globex/history',
          pullRequests: [
            {
              number: 50,
              title: 'Change it again',
              author: 'ada',
              authorAssociation: 'MEMBER',
              head: 'change-50',
              base: 'main',
              commits: [{ commit: 'Change it', by: 'ada', files: { 'src/more.ts': 'export {};\n' } }],
            },
          ],
        },
      ],
    });
    const readings = async (name: string) =>
      (await github.requests()).filter(({ body }) => {
        const text = JSON.stringify(body ?? '');
        return text.includes('query MergedPulls') && text.includes(`"name":"${name}"`);
      }).length;
    // That of the weekly run.
    expect(await readings('history')).toBe(1);
    await line({ queue: 'judge', message: 'job done', repository: await id('globex/history'), number: 50 });
    expect(await readings('history')).toBe(1);
    await send('pull_request', 'acme/shop', 8, 'opened');
    await line({ queue: 'judge', message: 'job done', repository: await id('acme/shop'), number: 8 });
    expect(await readings('shop')).toBe(1);
  });

  it('is not written where a workflow runs the Action', async () => {
    const { line, id } = scene;
    const { why } = await line({
      queue: 'weekly',
      message: 'job had nothing to do',
      repository: await id('globex/with-action'),
    });
    expect(why).toBe('the workflow ci.yaml runs the Action');
    expect(await issuesOf('globex/with-action')).toEqual([]);
  });
});

describe('tests that are done', () => {
  const judgedPull = async (number: number) => ({
    queue: 'judge',
    message: 'job done',
    repository: await scene.id('acme/covered'),
    number,
  });

  it('have the pull request judged with the lines that they left', async () => {
    const { github, line } = scene;
    const { headSha } = await github.pull('acme/covered', 7);
    const data = writeCoverageData({
      repository: 'acme/covered',
      measuredCommit: headSha,
      shard: { job: 'test', index: 1, total: 1 },
      unit: 'lines',
      reports: [{ path: 'coverage/lcov.info', format: 'lcov', files: 1, remarks: 0 }],
      files: new Map([
        [
          'src/refund.ts',
          [
            [1, 20, 'hit'],
            [21, 10, 'miss'],
          ],
        ],
      ]),
      reportedFiles: 1,
      unmapped: [],
    });
    const { id: run } = await github.addWorkflowRun({
      repository: 'acme/covered',
      headSha,
      headBranch: 'change-7',
      artifacts: { 'review-vitals-coverage-test-1': { 'coverage.json': String(data) } },
    });
    const { what } = await line({ queue: 'coverage-run', message: 'job done', run });
    expect(what).toBe('pull requests to judge with what the tests left: 7');
    await line({ ...(await judgedPull(7)), run });
    const conversation = await github.snapshot('acme/covered', 7);
    expect(conversation).toContain('`src/refund.ts`:21-30');
    expect(conversation).toContain('10 of 30 added lines with code in `src/refund.ts` are run by no test');
  });

  it('are still known when a later event has the pull request judged again', async () => {
    const { github, send, app } = scene;
    const before = app().log().length;
    await send('pull_request', 'acme/covered', 7, 'edited');
    await eventually(
      () =>
        app()
          .log()
          .slice(before)
          .find(({ queue, message }) => queue === 'judge' && message === 'job done'),
      'the job of the edit',
      50,
    );
    expect(await github.snapshot('acme/covered', 7)).toContain(
      '10 of 30 added lines with code in `src/refund.ts` are run by no test',
    );
  });

  it('and have left nothing are said to have left nothing', async () => {
    const { github, line } = scene;
    const { headSha } = await github.pull('acme/covered', 8);
    const { id: run } = await github.addWorkflowRun({
      repository: 'acme/covered',
      headSha,
      headBranch: 'change-8',
    });
    await line({ ...(await judgedPull(8)), run });
    const { checkRuns } = await github.state('acme/covered');
    expect(checkRuns.find((check) => check.headSha === headSha)?.text).toContain(
      'the run of `CI` left no coverage data; a step of Review Vitals with `mode: collect` at the end of each test job leaves some',
    );
  });

  it('of a commit that is no head have nothing judged', async () => {
    const { github, line } = scene;
    const { headSha } = await github.pull('acme/covered', 8);
    await github.apply({
      repositories: [
        {
          name: 'acme/covered',
          pullRequests: [
            { number: 8, commits: [{ commit: 'More', by: 'ada', files: { 'src/more.ts': 'export {};\n' } }] },
          ],
        },
      ],
    });
    const { headSha: next } = await github.pull('acme/covered', 8);
    const { id: run } = await github.addWorkflowRun({
      repository: 'acme/covered',
      headSha,
      headBranch: 'change-8',
    });
    const { why } = await line({ queue: 'coverage-run', message: 'job had nothing to do', run });
    expect(why).toBe(
      `The tests of ${headSha.slice(0, 7)} are done, and pull request 8 is at ${next.slice(0, 7)} by now: nothing was posted for the older commit.`,
    );
  });
});

describe('the App', () => {
  it('stays silent where a workflow of the base runs the Action', async () => {
    const { github, send, line, id } = scene;
    await send('pull_request', 'acme/with-action', 7, 'opened');
    const { why } = await line({
      message: 'job had nothing to do',
      repository: await id('acme/with-action'),
    });
    expect(why).toBe('the workflow ci.yaml runs the Action');
    expect(await github.snapshot('acme/with-action', 7)).not.toContain('Review Vitals');
  });

  it('answers a merge group without a second conversation', async () => {
    const { github, send, line } = scene;
    await send('merge_group', 'acme/shop', 8, 'checks_requested');
    expect(await line({ queue: 'merge-group', message: 'job done' })).toMatchObject({
      what: 'wrote the check run (success)',
    });
    const { checkRuns } = await github.state('acme/shop');
    expect(checkRuns.at(-1)).toMatchObject({ name: 'Review Vitals', conclusion: 'success' });
  });

  it('knows a repository by its number when an event comes from an installation that has lost it', async () => {
    const { app, line, id } = scene;
    const repository = await id('acme/shop');
    const payload = {
      action: 'opened',
      installation: { id: 22 },
      repository: { id: repository },
      pull_request: { number: 7 },
    };
    await sendWebhook(app().url, { event: 'pull_request', payload });
    const { why } = await line({ message: 'job had nothing to do', installation: 22, repository });
    expect(why).toBe(`repository ${repository} is not among those of the installation`);
    // Lost access is looked into at once.
    await line({ queue: 'installation', installation: 22, what: '3 repositories' });
  });

  it('deletes what is stored when it is uninstalled, and a late event brings nothing back', async () => {
    const { app, folder, github, line, id } = scene;
    const installation = (action: string) =>
      sendWebhook(app().url, { event: 'installation', payload: { action, installation: { id: 11 } } });
    await installation('created');
    await line({ queue: 'installation', installation: 11, what: '3 repositories' });
    const clones = join(folder, 'cache/clones');
    expect(readdirSync(join(clones, '11'))).toContain(String(await id('acme/covered')));
    await github.fault({
      method: 'GET',
      match: '/app/installations/11$',
      kind: 'before',
      status: 404,
      times: 2,
    });
    await installation('deleted');
    const gone = 'the installation is gone; what was stored of it is deleted';
    await line({ queue: 'installation', installation: 11, what: gone });
    expect(existsSync(join(clones, '11'))).toBe(false);
    await installation('created');
    await eventually(
      () =>
        app()
          .log()
          .filter(({ what }) => what === gone).length === 2
          ? true
          : undefined,
      'the job of the late event',
    );
  });
});

describe('deliveries that were lost', () => {
  it('are asked for and done after the next start', async () => {
    const { app, github, line, id, restart } = scene;
    await app().kill();
    const before = (await github.deliveries()).length;
    // Nobody listens: GitHub notes the failure and does not try again.
    await github.apply({
      repositories: [{ name: 'globex/shop', pullRequests: [{ number: 8, title: 'Change it all' }] }],
    });
    await github.settle();
    const lost = (await github.deliveries()).slice(before);
    expect(lost.map(({ event, action, statusCode }) => [event, action, statusCode])).toEqual([
      ['pull_request', 'edited', 502],
    ]);
    await restart();
    const looked = await line({ queue: 'deliveries', message: 'job done' });
    expect(looked.what).toMatch(/^1 of \d+ deliveries did not arrive; 1 asked for again$/);
    await line({ queue: 'judge', message: 'job done', repository: await id('globex/shop'), number: 8 });
    expect((await github.deliveries()).filter(({ guid }) => guid === lost[0]?.guid)).toHaveLength(2);
  });
});

async function issuesOf(repository: string) {
  const { issues } = await scene.github.state(repository);
  return Object.values(issues).filter((issue) => !('headRef' in issue));
}
