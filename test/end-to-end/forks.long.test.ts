import { describe, expect, it } from 'vitest';
import { runAction } from '../github/run-action.ts';
import { type GitHub, readOnlyPermissions } from '../github/start-github.ts';
import {
  blockingMigration,
  moduleReport,
  moduleText,
  repository,
  scenarioOf,
  writes,
} from '../support/end-to-end.ts';
import { collect, judgeEvent, judgeRun, on, startTests } from './two-step-scene.ts';

type Scenario = Parameters<typeof on>[0];

const fork = 'eve/shop';
const files = { 'lcov.info': moduleReport };

/** The same pull request, from a fork. */
function fromFork(head: Readonly<Record<string, string>>): Scenario {
  const [base, ...others] = scenarioOf({}, {}).repositories ?? [];
  if (!base) return {};
  return {
    now: '2026-11-16T09:00:00Z',
    repositories: [
      { ...base, pullRequests: [] },
      { name: fork, forkOf: repository, git: [] },
      {
        name: repository,
        pullRequests: [
          {
            number: 7,
            title: 'Change it',
            author: 'eve',
            authorAssociation: 'CONTRIBUTOR',
            head: 'eve:change',
            base: 'main',
            commits: [{ commit: 'Change it', by: 'eve', files: head }],
          },
        ],
      },
      ...others,
    ],
  };
}

/** The one-step form in the fork's own run: everything is checked out, and the token only reads. */
async function ownStep(github: GitHub, run: number) {
  const event = await github.event('pull_request', { repository, number: 7, action: 'synchronize' });
  const result = await runAction({
    github,
    event,
    token: await github.token(readOnlyPermissions),
    files,
    fetchDepth: 0,
    env: { GITHUB_SERVER_URL: 'https://github.com' },
    job: { key: 'test', runtimeToken: await github.runtimeToken(repository, run) },
  });
  result.clean();
  return result;
}

describe.concurrent('a pull request from a fork', { timeout: 120_000 }, () => {
  it('its own step leaves data, the job summary and annotations; the judging workflow posts', async () => {
    await on(fromFork({ 'src/refund.ts': moduleText }), async (github) => {
      const run = await startTests(github);
      const own = await ownStep(github, run);
      expect(own.exitCode).toBe(0);
      expect(own.summary).toContain(
        'Nothing was posted, because the token of a run from a fork only reads: a workflow that runs on `workflow_run` posts it (`review-vitals init` writes one); here the report stands in the job summary',
      );
      expect(own.summary).toContain(
        'as the artifact `review-vitals-coverage-test-1`; the judging workflow reads it.',
      );
      expect(own.summary).not.toContain('the token lacks');
      expect(own.summary).toContain('10 of 30 added lines with code in `src/refund.ts` are run by no test');
      expect(own.annotations).toContainEqual(
        expect.objectContaining({
          level: 'warning',
          properties: expect.objectContaining({ file: 'src/refund.ts', line: '21' }) as object,
        }),
      );
      expect(await github.snapshot(repository, 7)).not.toContain('github-actions');

      await github.endWorkflowRun({ repository, id: run });
      const judged = await judgeRun(github, run);
      expect(judged.exitCode).toBe(0);
      expect(writes(judged)).toEqual([
        'POST /check-runs',
        'POST /pulls/N/reviews',
        'POST /issues/N/comments',
      ]);
      expect(await github.snapshot(repository, 7)).toContain('#### `src/refund.ts`:21-30');
    });
  });

  it('its events in the judging workflow only read: the report stands in the job summary', async () => {
    await on(fromFork({ 'db/migrations/0002_index.sql': blockingMigration }), async (github) => {
      const token = await github.token(readOnlyPermissions);
      for (const event of ['pull_request', 'pull_request_review'] as const) {
        if (event === 'pull_request_review')
          await github.apply({
            repositories: [
              {
                name: repository,
                pullRequests: [{ number: 7, reviews: [{ by: 'mira', state: 'COMMENTED' }] }],
              },
            ],
          });
        const run = await judgeEvent(github, event, event === 'pull_request' ? 'synchronize' : 'submitted', {
          token,
        });
        expect(run.exitCode).toBe(0);
        expect(run.summary).toContain('because the token of a run from a fork only reads');
        expect(run.summary).toContain('takes a SHARE lock on `orders`');
        expect(run.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
      }
      expect(await github.snapshot(repository, 7)).not.toContain('github-actions');
    });
  });

  it('data with the commit of another fork is refused, and migrations are judged all the same', async () => {
    await on(
      fromFork({ 'src/refund.ts': moduleText, 'db/migrations/0002_index.sql': blockingMigration }),
      async (github) => {
        await github.apply({
          repositories: [
            {
              name: 'mallory/shop',
              forkOf: repository,
              git: [
                {
                  commit: 'Elsewhere',
                  branch: 'other',
                  by: 'mallory',
                  files: { 'a.ts': 'a\n' },
                  as: 'elsewhere',
                },
              ],
            },
          ],
        });
        const elsewhere = (await github.state('mallory/shop')).commits.elsewhere ?? '';
        const { headSha } = await github.pull(repository, 7);
        const { id } = await github.addWorkflowRun({
          repository,
          headSha,
          headBranch: 'change',
          headRepository: fork,
          artifacts: {
            'review-vitals-coverage-test-1': {
              'coverage.json': JSON.stringify({
                format: 'review-vitals-coverage',
                version: 1,
                repository,
                measuredCommit: elsewhere,
                shard: 'test',
                unit: 'lines',
                reports: [],
                reportedFiles: 1,
                folders: [['', 'a.ts 1 0 0 h\n']],
                unmapped: [],
              }),
            },
          },
        });
        const run = await judgeRun(github, id);
        expect(run.summary).toMatch(
          /the commit [\da-f]{7} that the tests ran on could not be read|which is neither the head/,
        );
        expect(run.outputs).toMatchObject({ findings: '1' });
      },
    );
  });

  it('a fork that is gone by now is said', async () => {
    await on(fromFork({ 'src/refund.ts': moduleText }), async (github) => {
      const run = await startTests(github);
      await collect(github, run, { files });
      await github.endWorkflowRun({ repository, id: run });
      const event = await github.event('workflow_run', { repository, action: 'completed', id: run });
      const payload = structuredClone(event.payload) as { workflow_run: { head_repository: unknown } };
      payload.workflow_run.head_repository = null;
      const judged = await runAction({
        github,
        event: { ...event, payload },
        token: await github.token(),
        workspace: 'empty',
      });
      judged.clean();
      expect(judged.exitCode).toBe(0);
      expect(judged.summary).toMatch(
        /The tests of [\da-f]{7} are done, and the repository that its branch lived in is gone; nothing was judged\./,
      );
    });
  });
});

describe.concurrent('a pull request by Dependabot', () => {
  it('has a read-only token, which is said, and the judging workflow leaves the check run', async () => {
    const scenario = scenarioOf({}, { 'src/refund.ts': moduleText }, { author: 'dependabot[bot]' });
    await on(scenario, async (github) => {
      const run = await startTests(github);
      const own = await ownStep(github, run);
      expect(own.exitCode).toBe(0);
      expect(own.summary).toContain('because the token of a run that Dependabot started only reads');
      expect(own.annotations.filter(({ level }) => level === 'warning')).toEqual([]);
      await github.endWorkflowRun({ repository, id: run });
      const judged = await judgeRun(github, run);
      expect(writes(judged)).toEqual(['POST /check-runs']);
    });
  });
});
