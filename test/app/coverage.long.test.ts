import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { openEmbedded } from '../../src/app/storage/open-embedded.ts';
import { writeCoverageData } from '../../src/collect/artifact/write-coverage-data.ts';
import type { StatusRun } from '../../src/core/coverage-facts.ts';
import { lines } from '../support/end-to-end.ts';
import { leaveWeeklyJobs } from './support/leave-weekly-jobs.ts';
import { type Scene, startScene } from './support/scene.ts';
import { sendWebhook } from './support/webhook.ts';

/** In `acme` the App may read contents, as it asks for; `globex` has let it write them. */
const shops = ['acme/shop', 'globex/shop'] as const;
const tax = lines(60, (line) => `export const tax${line} = ${line};`);
const refund = lines(40, (line) => `export const refund${line} = ${line};`);
const silent = createLog('error', () => undefined);

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({
    granted: { contents: 'write' },
    prepare: (folder, github) => leaveWeeklyJobs(folder, github, ['globex/shop']),
    repositories: shops.map((name) => ({
      name,
      collaborators: { ada: 'write', mira: 'write' },
      git: [{ commit: 'Begin', by: 'ada', as: 'begin', files: { 'src/billing/tax.ts': tax } }],
      pullRequests: [7, 8].map((number) => ({
        number,
        title: `Change ${number}`,
        author: 'ada',
        authorAssociation: 'MEMBER' as const,
        head: `change-${number}`,
        base: 'main',
        commits: [{ commit: 'Refunds', by: 'ada', files: { [`src/billing/refund${number}.ts`]: refund } }],
      })),
    })),
  });
});

afterAll(() => scene?.end());

/** The tests of a commit are done, and left which of the first lines of each file ran. */
async function testsDone(
  repository: string,
  run: { readonly headSha: string; readonly headBranch: string; readonly event: string },
  ran: Readonly<Record<string, readonly [lines: number, ran: number]>>,
): Promise<number> {
  const statuses = ([all, hit]: readonly [number, number]): readonly StatusRun[] => [
    [1, hit, 'hit'],
    ...(hit < all ? [[hit + 1, all - hit, 'miss'] as const] : []),
  ];
  const data = writeCoverageData({
    repository,
    measuredCommit: run.headSha,
    shard: { job: 'test', index: 1, total: 1 },
    unit: 'lines',
    reports: [{ path: 'lcov.info', format: 'lcov', files: Object.keys(ran).length, remarks: 0 }],
    files: new Map(Object.entries(ran).map(([path, counts]) => [path, statuses(counts)])),
    reportedFiles: Object.keys(ran).length,
    unmapped: [],
  });
  const artifacts = { 'review-vitals-coverage-test-1': { 'coverage.json': String(data) } };
  return (await scene.github.addWorkflowRun({ repository, ...run, artifacts })).id;
}

async function testPullRequest(repository: string, number: number, taxLinesRun: number): Promise<string> {
  const { headSha } = await scene.github.pull(repository, number);
  const counts = {
    'src/billing/tax.ts': [60, taxLinesRun],
    [`src/billing/refund${number}.ts`]: [40, 40],
  } as const;
  const run = await testsDone(
    repository,
    { headSha, headBranch: `change-${number}`, event: 'pull_request' },
    counts,
  );
  await scene.line({
    queue: 'judge',
    message: 'job done',
    repository: await scene.id(repository),
    number,
    run,
  });
  const { checkRuns } = await scene.github.state(repository);
  return String(checkRuns.find((check) => check.headSha === headSha)?.text);
}

async function refsOf(repository: string): Promise<string> {
  const token = await scene.github.token({ contents: 'read' });
  const answer = await fetch(`${scene.github.url}/${repository}.git/info/refs?service=git-upload-pack`, {
    headers: { authorization: `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}` },
  });
  return answer.text();
}

describe.each(shops)('the App in %s', (repository) => {
  it('says what is true while nothing is stored', async () => {
    expect(await testPullRequest(repository, 7, 60)).toContain(
      'no coverage has been stored for this repository yet; it is stored when the tests of the default branch are done',
    );
  });

  it('stores the coverage of the default branch when its tests are done', async () => {
    const { commits } = await scene.github.state(repository);
    const headSha = String(commits.begin);
    const run = await testsDone(
      repository,
      { headSha, headBranch: 'main', event: 'push' },
      { 'src/billing/tax.ts': [60, 60] },
    );
    const { what } = await scene.line({ queue: 'coverage-run', message: 'job done', run });
    expect(what).toBe(`stored the coverage of ${headSha.slice(0, 7)}`);
  });

  it('keeps it in the repository where it may push, else in its database', async () => {
    expect((await refsOf(repository)).includes('refs/review-vitals/coverage')).toBe(
      repository === 'globex/shop',
    );
  });

  it('compares a pull request with it', async () => {
    await testPullRequest(repository, 8, 45);
    const conversation = await scene.github.snapshot(repository, 8);
    const { commits } = await scene.github.state(repository);
    expect(conversation).toContain(
      `15 unchanged lines in 1 file ran at ${commits.begin?.slice(0, 7)} and run no more: \`src/billing/tax.ts\` lines 46–60.`,
    );
  });

  it('stores that of a commit of the merge queue, which becomes the branch’s', async () => {
    const branch = 'gh-readonly-queue/main/pr-8-0123456789abcdef0123456789abcdef01234567';
    await scene.github.apply({
      repositories: [
        {
          name: repository,
          git: [
            { branch, from: 'main' },
            { commit: 'Queued', branch, by: 'ada', as: 'queued', files: { 'src/billing/late.ts': refund } },
          ],
        },
      ],
    });
    const { commits } = await scene.github.state(repository);
    const run = await testsDone(
      repository,
      { headSha: String(commits.queued), headBranch: branch, event: 'merge_group' },
      { 'src/billing/tax.ts': [60, 60], 'src/billing/late.ts': [40, 40] },
    );
    await scene.line({ queue: 'coverage-run', message: 'job done', run });
    await scene.github.apply({
      repositories: [
        {
          name: repository,
          git: [{ reset: 'main', to: 'queued' }],
          pullRequests: [
            {
              number: 9,
              title: 'Change 9',
              author: 'ada',
              authorAssociation: 'MEMBER',
              head: 'change-9',
              base: 'main',
              commits: [{ commit: 'Refunds', by: 'ada', files: { 'src/billing/refund9.ts': refund } }],
            },
          ],
        },
      ],
    });
    const { headSha } = await scene.github.pull(repository, 9);
    const judged = await testsDone(
      repository,
      { headSha, headBranch: 'change-9', event: 'pull_request' },
      { 'src/billing/tax.ts': [60, 60], 'src/billing/late.ts': [40, 30], 'src/billing/refund9.ts': [40, 40] },
    );
    await scene.line({ queue: 'judge', message: 'job done', number: 9, run: judged });
    expect(await scene.github.snapshot(repository, 9)).toContain(
      `10 unchanged lines in 1 file ran at ${commits.queued?.slice(0, 7)} and run no more`,
    );
  });

  it('stores nothing for a run that left nothing, and says so', async () => {
    const { commits } = await scene.github.state(repository);
    const { id: run } = await scene.github.addWorkflowRun({
      repository,
      headSha: String(commits.queued),
      headBranch: 'main',
      event: 'push',
      name: 'Lint',
    });
    const { why } = await scene.line({ queue: 'coverage-run', message: 'job had nothing to do', run });
    expect(why).toBe(
      'the run of `Lint` left no coverage data; a step of Review Vitals with `mode: collect` at the end of each test job leaves some',
    );
  });

  it('takes a pull request from a fork’s branch of the same name for a pull request', async () => {
    const { headSha } = await scene.github.pull(repository, 7);
    const run = await testsDone(
      repository,
      { headSha, headBranch: 'main', event: 'pull_request' },
      { 'src/billing/tax.ts': [60, 1] },
    );
    const { why } = await scene.line({ queue: 'coverage-run', message: 'job had nothing to do', run });
    expect(why).toBe(
      `The tests of ${headSha.slice(0, 7)} are done, and no pull request has this commit of \`main\` as its head; nothing was judged.`,
    );
  });
});

describe('what the weekly run learns', () => {
  it('lies in the repository too, where the App may push', async () => {
    const repository = await scene.id('globex/shop');
    const { what } = await scene.line({ queue: 'weekly', message: 'job done', repository });
    expect(what).toMatch(/kept the health record of \d{4}-W\d\d/);
    expect(await refsOf('globex/shop')).toContain('refs/review-vitals/health');
  });
});

describe('an uninstallation', () => {
  it('takes the stored coverage with it', async () => {
    const { app, folder, github, line } = scene;
    await github.fault({ method: 'GET', match: '/app/installations/11$', kind: 'before', status: 404 });
    await sendWebhook(app().url, {
      event: 'installation',
      payload: { action: 'deleted', installation: { id: 11 } },
    });
    await line({
      queue: 'installation',
      installation: 11,
      what: 'the installation is gone; what was stored of it is deleted',
    });
    expect(await app().stop()).toBe(0);
    const storage = await openEmbedded(folder, silent);
    const { rows } = await sql`SELECT * FROM review_vitals.chain_entry`.execute(storage.db);
    expect(rows).toEqual([]);
    await storage.close();
  });
});
