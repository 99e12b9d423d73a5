import { describe, expect, it } from 'vitest';
import { runAction } from '../github/run-action.ts';
import type { GitHub } from '../github/start-github.ts';
import {
  blockingMigration,
  jobPermissions,
  judge,
  lines,
  moduleReport,
  moduleText,
  repository,
  scenarioOf,
  writes,
} from '../support/end-to-end.ts';
import { collect, judgeEvent, judgePermissions, judgeRun, on, startTests } from './two-step-scene.ts';

const files = { 'lcov.info': moduleReport };
const scenario = scenarioOf({}, { 'src/refund.ts': moduleText });

const apply = (github: GitHub, pullRequest: Record<string, unknown>) =>
  github.apply({ repositories: [{ name: repository, pullRequests: [{ number: 7, ...pullRequest }] }] });

/** The tests of the head as it is now, with their data. */
async function tested(github: GitHub, more: { readonly event?: string } = {}): Promise<number> {
  const run = await startTests(github, more);
  await collect(github, run, { files });
  await github.endWorkflowRun({ repository, id: run });
  return run;
}

describe.concurrent('what happens meanwhile', { timeout: 120_000 }, () => {
  it('after a force-push nothing is posted for the old head, in either form', async () => {
    await on(scenario, async (github) => {
      const run = await tested(github);
      const event = await github.event('pull_request', { repository, number: 7, action: 'synchronize' });
      await apply(github, {
        pushes: [
          {
            force: true,
            commits: [{ commit: 'Change it otherwise', by: 'ada', files: { 'src/other.ts': moduleText } }],
          },
        ],
      });
      const { headSha } = await github.pull(repository, 7);
      const judged = await judgeRun(github, run);
      expect(judged.exitCode).toBe(0);
      expect(writes(judged)).toEqual([]);
      expect(judged.summary).toMatch(
        new RegExp(
          `The tests of [\\da-f]{7} are done, and pull request 7 is at ${headSha.slice(0, 7)} by now: nothing was posted for the older commit\\.`,
        ),
      );
      const oneStep = await runAction({ github, event, token: await github.token(jobPermissions), files });
      oneStep.clean();
      expect(oneStep.exitCode).toBe(0);
      expect(writes(oneStep)).toEqual([]);
      expect(oneStep.summary).toMatch(
        new RegExp(
          `Nothing was posted for [\\da-f]{7}: the pull request is at ${headSha.slice(0, 7)} by now`,
        ),
      );
      expect(await github.snapshot(repository, 7)).not.toContain('github-actions');
    });
  });

  it('two runs at once leave one summary and one comment a finding', async () => {
    await on(scenario, async (github) => {
      const run = await tested(github);
      await Promise.all([judgeRun(github, run), judgeRun(github, run)]);
      await judgeRun(github, run);
      const conversation = await github.snapshot(repository, 7);
      expect(conversation.match(/<!-- review-vitals:summary default/g)).toHaveLength(1);
      expect(conversation.match(/<!-- review-vitals:finding default/g)).toHaveLength(1);
      const reviews = conversation.match(/1 place in this change to look at\./g) ?? [];
      const repeated =
        conversation.match(/Another run commented on the same places at the same time\./g) ?? [];
      expect([reviews.length, repeated.length]).toEqual([1, expect.toBeOneOf([0, 1])]);
    });
  });

  it('after a retarget the data of the head is read again, against the new base', async () => {
    const commits = [
      { commit: 'Add the module', by: 'ada', files: { 'src/refund.ts': moduleText }, as: 'module' },
      { commit: 'Add the index', by: 'ada', files: { 'db/migrations/0002_index.sql': blockingMigration } },
    ];
    await on(scenarioOf({}, {}, { commits }), async (github) => {
      const run = await tested(github);
      const before = await judgeRun(github, run);
      expect(before.outputs).toMatchObject({ findings: '2' });
      await github.apply({
        repositories: [
          {
            name: repository,
            git: [{ branch: 'release', from: 'module' }],
            pullRequests: [{ number: 7, base: 'release' }],
          },
        ],
      });
      const after = await judgeEvent(github, 'pull_request', 'edited');
      expect(after.outputs).toMatchObject({ findings: '1' });
      expect(after.summary).not.toMatch(/Not checked: .*coverage\/changed-lines-not-run/);
      expect(await github.snapshot(repository, 7)).toContain(
        '#### `src/refund.ts`:21-30 (outdated, resolved by github-actions[bot])',
      );
    });
  });

  it('when the base moves before and after the tests, lines are carried from the commit that was measured', async () => {
    const top = 'export const first = 0;\n';
    const above = (count: number) => `${lines(count, (line) => `// ${line}`)}${top}`;
    const moved = (count: number) => ({
      name: repository,
      git: [{ commit: 'Explain it', branch: 'main', by: 'mira', files: { 'src/refund.ts': above(count) } }],
    });
    await on(
      scenarioOf({ 'src/refund.ts': top }, { 'src/refund.ts': `${top}${moduleText}` }),
      async (github) => {
        await github.apply({ repositories: [moved(10)] });
        // At the merge that is measured the module's lines are 12 to 41; at the head they are 2 to 31.
        const measured = `TN:\nSF:src/refund.ts\nDA:11,1\n${lines(30, (line) => `DA:${line + 11},${line < 21 ? 1 : 0}`)}end_of_record\n`;
        const run = await startTests(github);
        await collect(github, run, { files: { 'lcov.info': measured } });
        await github.apply({ repositories: [moved(20)] });
        await github.endWorkflowRun({ repository, id: run });
        await judgeRun(github, run);
        expect(await github.snapshot(repository, 7)).toContain('#### `src/refund.ts`:22-31');
      },
    );
  });

  it('on a locked conversation the refusal is said and the check run is there', async () => {
    await on(scenarioOf({}, { 'src/refund.ts': moduleText }, { locked: true }), async (github) => {
      const run = await tested(github);
      const judged = await judgeRun(github, run);
      expect(judged.exitCode).toBe(0);
      expect(judged.summary).toMatch(/#### Not posted[\s\S]*(?:locked|lock)/);
      expect(await github.snapshot(repository, 7)).toContain('### Review Vitals: neutral');
    });
  });

  it('a conflict leaves no merge ref, and the head itself is judged', async () => {
    const conflicting = scenarioOf({ 'src/refund.ts': 'export {};\n' }, { 'src/refund.ts': moduleText });
    await on(conflicting, async (github) => {
      await github.apply({
        repositories: [
          {
            name: repository,
            git: [
              {
                commit: 'Change it here',
                branch: 'main',
                by: 'mira',
                files: { 'src/refund.ts': 'export const a = 1;\n' },
              },
            ],
          },
        ],
      });
      expect((await github.pull(repository, 7)).mergeSha).toBeNull();
      // Tests for a push still run.
      const run = await tested(github, { event: 'push' });
      const judged = await judgeRun(github, run);
      expect(judged.outputs).toMatchObject({ findings: '1' });
      expect(await github.snapshot(repository, 7)).toContain('#### `src/refund.ts`:21-30');
      const oneStep = await judge(github, { files, event: 'pull_request_review', action: 'submitted' });
      expect(oneStep.exitCode).toBe(0);
    });
  });

  it('a closed pull request gets nothing new', async () => {
    await on(scenario, async (github) => {
      const run = await tested(github);
      await apply(github, { closed: { by: 'ada' } });
      const judged = await judgeRun(github, run);
      expect(judged.exitCode).toBe(0);
      expect(writes(judged)).toEqual(['POST /check-runs']);
    });
  });

  it('tests of a branch without a pull request are left alone, in a sentence', async () => {
    await on(scenario, async (github) => {
      const { id } = await github.addWorkflowRun({
        repository,
        headSha: (await github.pull(repository, 7)).headSha,
        headBranch: 'elsewhere',
        event: 'push',
      });
      const judged = await judgeRun(github, id, { token: await github.token(judgePermissions) });
      expect(judged.exitCode).toBe(0);
      expect(writes(judged)).toEqual([]);
      expect(judged.summary).toContain('and no pull request has this commit of `elsewhere` as its head');
    });
  });
});
