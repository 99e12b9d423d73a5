import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readWorkflows } from '../../../src/collect/set-up/read-workflows.ts';

let folder: string;
const write = (name: string, text: string) => writeFileSync(join(folder, '.github/workflows', name), text);
const job = (steps: string) => `jobs:\n  unit:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
const tests = job('      - run: npm test\n');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflows-'));
  mkdirSync(join(folder, '.github/workflows'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('tests in a workflow that others call are done when those that call it are', async () => {
  write('tests.yml', `name: Tests\non: workflow_call\n${tests}`);
  write(
    'ci.yml',
    'name: CI\non: [push, pull_request]\njobs: { call: { uses: ./.github/workflows/middle.yml } }\n',
  );
  write('middle.yml', 'on: workflow_call\njobs: { call: { uses: ./.github/workflows/tests.yml } }\n');
  write(
    'night.yml',
    'name: Night\non: { schedule: [] }\njobs: { call: { uses: ./.github/workflows/tests.yml } }\n',
  );
  const { testJobs } = await readWorkflows(folder);
  expect(testJobs).toMatchObject([{ file: '.github/workflows/tests.yml', workflows: ['CI'] }]);
});

it('workflows that call each other in a circle end', async () => {
  write('a.yml', `on: workflow_call\n${tests}  call: { uses: ./.github/workflows/a.yml }\n`);
  expect((await readWorkflows(folder)).testJobs).toEqual([]);
});

it('tests that run for releases and at night alone are left alone', async () => {
  write('release.yml', `on: { release: { types: [published] } }\n${tests}`);
  write('tag.yml', `on: { push: { tags: ['v*'] } }\n${tests}`);
  write('night.yml', `on:\n  schedule: [{ cron: '0 3 * * *' }]\n  workflow_dispatch:\n${tests}`);
  write('queue.yml', `on: merge_group\n${tests}`);
  const { testJobs } = await readWorkflows(folder);
  expect(testJobs.map(({ file }) => file)).toEqual(['.github/workflows/queue.yml']);
});

it('steps in brackets have no place for another one', async () => {
  write('ci.yml', 'on: push\njobs: { unit: { steps: [{ run: npm test }] } }\n');
  const { testJobs } = await readWorkflows(folder);
  expect(testJobs).toEqual([
    {
      file: '.github/workflows/ci.yml',
      workflows: ['.github/workflows/ci.yml'],
      job: 'unit',
      hasStep: false,
      collects: false,
    },
  ]);
});

it('a command that another action tries again is a test too', async () => {
  write(
    'ci.yml',
    `on: push\n${job('      - uses: nick-fields/retry@v4\n        with: { command: tox -e py312 }\n')}`,
  );
  expect((await readWorkflows(folder)).testJobs).toHaveLength(1);
});

it('a step that collects beside tests which cannot be told from their words judges nothing', async () => {
  const step = '      - uses: acme/review-vitals@v1\n        with: { mode: collect }\n';
  write('ci.yml', `name: CI\non: [pull_request]\n${job(`      - run: ./ci.sh\n${step}`)}`);
  expect(await readWorkflows(folder)).toMatchObject({
    judging: [],
    testJobs: [{ job: 'unit', hasStep: true }],
  });
});

it.each([
  [
    'of the repository itself',
    './',
    'action.yml',
    'name: Review Vitals\nruns: { using: node24, main: dist/action.js }\n',
  ],
  [
    'that wraps it',
    './.github/actions/vitals',
    '.github/actions/vitals/action.yaml',
    'name: Vitals\nruns: { using: composite, steps: [{ uses: acme/review-vitals@v1 }] }\n',
  ],
])('the step is known by an action %s', async (_, uses, path, action) => {
  const workflow = `name: CI\non: pull_request\n${job(`      - run: npm test\n      - uses: ${uses}\n`)}`;
  write('ci.yml', workflow);
  expect((await readWorkflows(folder)).testJobs).toMatchObject([{ hasStep: false }]);
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), action.replace('Vitals', 'Lint').replace('review-vitals', 'lint'));
  expect((await readWorkflows(folder)).testJobs).toMatchObject([{ hasStep: false }]);
  writeFileSync(join(folder, path), action);
  expect((await readWorkflows(folder)).testJobs).toMatchObject([{ hasStep: true }]);
});

const judgingEvents = '{ workflow_run: { workflows: [CI], types: [completed] }, pull_request: null }';

it('a workflow that calls one with the step judges, and the one it calls is no test job', async () => {
  write('ci.yml', `name: CI\non: pull_request\n${tests}`);
  write('judge.yml', `on: workflow_call\n${job('      - uses: acme/review-vitals@v1\n')}`);
  write('vitals.yml', `on: ${judgingEvents}\njobs: { v: { uses: ./.github/workflows/judge.yml } }\n`);
  expect(await readWorkflows(folder)).toMatchObject({
    judging: [{ file: '.github/workflows/vitals.yml', startsAfter: ['CI'] }],
    testJobs: [{ file: '.github/workflows/ci.yml' }],
    elsewhere: [],
  });
});

it.each([
  'acme/.github/.github/workflows/review-vitals.yml@main',
  'acme/review-vitals/.github/workflows/judge.yml@v1',
])('a workflow that calls %s judges, as its name says', async (uses) => {
  write('vitals.yml', `on: ${judgingEvents}\njobs: { v: { uses: ${uses} } }\n`);
  expect(await readWorkflows(folder)).toMatchObject({
    judging: [{ file: '.github/workflows/vitals.yml' }],
    elsewhere: [],
  });
});

it('workflows of other repositories are named as what was not read', async () => {
  write('ci.yml', 'on: push\njobs: { t: { uses: acme/ci/.github/workflows/test.yml@v3 } }\n');
  expect(await readWorkflows(folder)).toMatchObject({
    testJobs: [],
    elsewhere: ['acme/ci/.github/workflows/test.yml@v3'],
  });
});

it('a job that is called has the permissions of the job that calls it, unless it says others', async () => {
  const step = '      - run: npm test\n      - uses: acme/review-vitals@v1\n';
  write('tests.yml', `on: workflow_call\n${job(step)}`);
  const permissions = { 'pull-requests': 'write', checks: 'write' };
  write(
    'ci.yml',
    `on: pull_request\njobs: { t: { uses: ./.github/workflows/tests.yml, permissions: ${JSON.stringify(permissions)} } }\n`,
  );
  expect((await readWorkflows(folder)).testJobs).toMatchObject([{ hasStep: true, permissions }]);
});

it.each([
  ['a list', '{ task: [build, test] }', 'make ${{ matrix.task }}'],
  [
    'include alone',
    '{ include: [{ name: Lint, run: make lint }, { name: Tests, run: bin/tests -v }] }',
    '${{ matrix.run }}',
  ],
  [
    'entries with parts',
    '{ t: [{ tool: rubocop }, { tool: rspec, what: spec/a }] }',
    'bundle exec ${{matrix.t.tool}} ${{ matrix.t.what }}',
  ],
])('tests that stand in a matrix are found in %s', async (_, matrix, run) => {
  const steps = `    strategy: { matrix: ${matrix} }\n    steps: [{ run: '${run}' }]\n`;
  write('ci.yml', `on: push\njobs:\n  unit:\n${steps}`);
  expect((await readWorkflows(folder)).testJobs).toHaveLength(1);
  write('ci.yml', `on: push\njobs:\n  unit:\n${steps.replace(/tests?\b|rspec/g, 'lint')}`);
  expect((await readWorkflows(folder)).testJobs).toEqual([]);
});

it('tests that run side by side are steps of their job', async () => {
  write(
    'ci.yml',
    `on: push\n${job('      - parallel:\n        - run: pnpm lint\n        - run: pnpm test\n')}`,
  );
  expect((await readWorkflows(folder)).testJobs).toMatchObject([{ place: { after: 8, indent: 6 } }]);
});
