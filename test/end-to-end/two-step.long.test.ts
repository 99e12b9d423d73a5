import { describe, expect, it } from 'vitest';
import {
  lines,
  moduleReport,
  moduleText,
  report,
  repository,
  scenarioOf,
  writes,
} from '../support/end-to-end.ts';
import { collect, judgeEvent, judgePermissions, judgeRun, on, startTests } from './two-step-scene.ts';

const scenario = scenarioOf({}, { 'src/refund.ts': moduleText });
const files = { 'lcov.info': moduleReport };
const finding = '10 of 30 added lines with code in `src/refund.ts` are run by no test: lines 21–30.';

/** A report in which only these lines ran. */
function ran(from: number, to: number): string {
  return `TN:\nSF:src/refund.ts\n${lines(30, (line) => `DA:${line},${line >= from && line <= to ? 1 : 0}`)}end_of_record\n`;
}

describe.concurrent('tests in one workflow, judgement in another', { timeout: 120_000 }, () => {
  it('the step in the test job leaves data, and the judging workflow posts what it says', async () => {
    await on(scenario, async (github) => {
      const run = await startTests(github);
      const left = await collect(github, run, { files });
      expect(left.exitCode).toBe(0);
      // It needs no token: nothing of the API was asked.
      expect(left.requests.filter(({ path }) => !path.startsWith('/twirp/'))).toEqual([]);
      expect(left.summary).toMatch(
        /Left the line status of 1 file at [\da-f]{7} as the artifact `review-vitals-coverage-test-1`; the judging workflow reads it\./,
      );
      await github.endWorkflowRun({ repository, id: run });

      const judged = await judgeRun(github, run);
      expect(judged.exitCode).toBe(0);
      expect(writes(judged)).toEqual([
        'POST /check-runs',
        'POST /pulls/N/reviews',
        'POST /issues/N/comments',
      ]);
      const conversation = await github.snapshot(repository, 7);
      expect(conversation).toContain('#### `src/refund.ts`:21-30');
      expect(conversation).toContain(finding);

      // A later event knows what the tests left, and writes nothing twice.
      const edited = await judgeEvent(github, 'pull_request', 'edited');
      expect(writes(edited)).toEqual(['PATCH /check-runs/N']);
      expect(await github.snapshot(repository, 7)).toBe(conversation);
    });
  });

  it('shards of a matrix count together, also when one of them ran again', async () => {
    await on(scenario, async (github) => {
      const run = await startTests(github);
      const shard = (index: number, attempt: number, text: string) =>
        collect(github, run, {
          job: { key: 'test', index, total: 3, attempt },
          files: { 'lcov.info': text },
        });
      await shard(0, 1, ran(1, 10));
      await shard(1, 1, ran(99, 99));
      await shard(1, 2, ran(11, 20));
      await shard(2, 2, ran(21, 22));
      await github.endWorkflowRun({ repository, id: run });
      await judgeRun(github, run);
      expect(await github.snapshot(repository, 7)).toContain(
        '8 of 30 added lines with code in `src/refund.ts` are run by no test: lines 23–30.',
      );
    });
  });

  it('a missing shard withholds the verdict and is named, and so is what there is', async () => {
    await on(scenario, async (github) => {
      const run = await startTests(github);
      await collect(github, run, { job: { key: 'test', index: 0, total: 2 }, files });
      await github.endWorkflowRun({
        repository,
        id: run,
        conclusion: 'failure',
        jobs: { 'test (1)': 'success', 'test (2)': 'failure' },
      });
      const judged = await judgeRun(github, run);
      expect(judged.outputs).toMatchObject({ findings: '0', conclusion: 'success' });
      expect(judged.summary).toContain(
        'the shard `test-2of2` left no data, so the verdict on coverage is withheld; there is data of `test-1of2`',
      );
      expect(await github.snapshot(repository, 7)).not.toContain('#### `src/refund.ts`');
    });
  });

  it('a job that ended badly without data withholds the verdict, unless the base knows it as one that leaves none', async () => {
    await on(scenario, async (github) => {
      const run = await startTests(github);
      await collect(github, run, { files });
      const jobs = { test: 'success', lint: 'failure' };
      await github.endWorkflowRun({ repository, id: run, conclusion: 'failure', jobs });
      const unsure = await judgeRun(github, run);
      expect(unsure.summary).toContain(
        'the job `lint` did not end well and left no data, so the verdict on coverage is withheld',
      );
      await github.addWorkflowRun({
        repository,
        headSha: (await github.pull(repository, 7)).baseSha,
        headBranch: 'main',
        event: 'push',
        artifacts: { 'review-vitals-coverage-test-1': { 'coverage.json': '{}' } },
      });
      const sure = await judgeRun(github, run);
      expect(sure.summary).toContain(finding);
    });
  });

  it('tests in two workflows count together once both are done', async () => {
    await on(scenario, async (github) => {
      const unit = await startTests(github, { name: 'Unit' });
      const slow = await startTests(github, { name: 'Slow' });
      await collect(github, unit, { files: { 'lcov.info': ran(1, 15) } });
      await collect(github, slow, { files: { 'lcov.info': ran(16, 30) } });
      const baseSha = (await github.pull(repository, 7)).baseSha;
      for (const name of ['Unit', 'Slow', 'Lint']) {
        await github.addWorkflowRun({
          repository,
          name,
          headSha: baseSha,
          headBranch: 'main',
          event: 'push',
          artifacts: name === 'Lint' ? {} : { 'review-vitals-coverage-test-1': { 'coverage.json': '{}' } },
        });
      }
      await startTests(github, { name: 'Lint' });
      await github.endWorkflowRun({ repository, id: unit });
      const early = await judgeRun(github, unit);
      expect(early.outputs).toMatchObject({ findings: '0' });
      expect(early.summary).toContain(
        'the run of `Slow`, which leaves data on `main`, is not done yet, so the verdict on coverage is withheld; there is data of `test`',
      );
      await github.endWorkflowRun({ repository, id: slow });
      const judged = await judgeRun(github, slow);
      expect(judged.outputs).toMatchObject({ findings: '0' });
      expect(judged.summary).toContain('`coverage/changed-lines-not-run`: 30 of 30');
    });
  });

  it('a run without data is said, and is not read as fine', async () => {
    await on(scenario, async (github) => {
      const run = await startTests(github);
      const left = await collect(github, run);
      expect(left.exitCode).toBe(0);
      expect(left.summary).toContain(
        'No coverage data was left for the judging workflow: no coverage report was found',
      );
      await github.endWorkflowRun({ repository, id: run });
      const judged = await judgeRun(github, run);
      expect(judged.summary).toContain(
        'the run of `CI` left no coverage data; a step of Review Vitals with `mode: collect` at the end of each test job leaves some',
      );
    });
  });

  it('a token without actions: read is told what it lacks', async () => {
    const [only] = scenario.repositories ?? [];
    await on({ ...scenario, repositories: only ? [{ ...only, private: true }] : [] }, async (github) => {
      const run = await startTests(github);
      await collect(github, run, { files });
      await github.endWorkflowRun({ repository, id: run });
      const token = await github.token({ ...judgePermissions, actions: 'none' });
      const judged = await judgeRun(github, run, { token });
      expect(judged.exitCode).toBe(0);
      expect(judged.summary).toContain('the token lacks actions: read — add it under permissions:');
    });
  });

  it('a runner without an artifact service says so', async () => {
    await on(scenario, async (github) => {
      const run = await startTests(github);
      const none = await collect(github, run, { files, env: { ACTIONS_RUNTIME_TOKEN: '' } });
      expect(none.exitCode).toBe(0);
      expect(none.summary).toContain(
        'No coverage data was left for the judging workflow: the runner gives no access to an artifact service',
      );
      const enterprise = await collect(github, run, {
        files,
        env: { GITHUB_SERVER_URL: 'https://github.acme.example' },
      });
      expect(enterprise.summary).toContain('GitHub Enterprise Server has no artifact service of the kind');
      await github.endWorkflowRun({ repository, id: run });
      const late = await collect(github, run, { files });
      expect(late.exitCode).toBe(0);
      expect(late.summary).toMatch(/artifact service did not take it \(.*the workflow run is completed\)/);
    });
  });

  it('instances of one repository do not disturb each other', async () => {
    const changes = { 'shop/refund.ts': moduleText, 'office/invoice.ts': moduleText };
    await on(scenarioOf({}, changes), async (github) => {
      const run = await startTests(github);
      await collect(github, run, {
        inputs: { id: 'shop' },
        files: { 'lcov.info': report('shop/refund.ts', 30, 21) },
      });
      await collect(github, run, {
        inputs: { id: 'office' },
        files: { 'lcov.info': report('office/invoice.ts', 30, 11) },
      });
      await github.endWorkflowRun({ repository, id: run });
      await judgeRun(github, run, { inputs: { id: 'shop' } });
      const alone = await github.snapshot(repository, 7);
      await judgeRun(github, run, { inputs: { id: 'office' } });
      const both = await github.snapshot(repository, 7);
      const ofShop = /<!-- review-vitals:finding shop [\da-z]{6} coverage\/changed-lines-not-run -->/;
      const ofOffice = /<!-- review-vitals:finding office [\da-z]{6} coverage\/changed-lines-not-run -->/;
      expect(alone).toMatch(ofShop);
      expect(alone).not.toMatch(ofOffice);
      expect(both).toMatch(ofShop);
      expect(both).toMatch(ofOffice);
      expect(both).toContain('### Review Vitals (shop): neutral');
      expect(both).toContain('### Review Vitals (office): neutral');
      const again = await judgeRun(github, run, { inputs: { id: 'shop' } });
      expect(writes(again)).toEqual(['PATCH /check-runs/N']);
      expect(await github.snapshot(repository, 7)).toBe(both);
    });
  });

  it('two calls in one job leave two artifacts', async () => {
    const changes = { 'src/refund.ts': moduleText, 'src/invoice.ts': moduleText };
    await on(scenarioOf({}, changes), async (github) => {
      const run = await startTests(github);
      await collect(github, run, { files: { 'lcov.info': report('src/refund.ts', 30, 21) } });
      const second = await collect(github, run, { files: { 'lcov.info': report('src/invoice.ts', 30, 21) } });
      expect(second.summary).toContain('as the artifact `review-vitals-coverage-test-1.2`');
      await github.endWorkflowRun({ repository, id: run });
      const judged = await judgeRun(github, run);
      expect(judged.outputs).toMatchObject({ findings: '2' });
    });
  });
});
