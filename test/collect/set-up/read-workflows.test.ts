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
