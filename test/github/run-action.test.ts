import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAction } from './run-action.ts';
import { annotationsOf, environmentFile } from './runner-output.ts';
import { sampleScenario } from './sample-scenario.ts';
import { type GitHub, startGitHub } from './start-github.ts';

const action = mkdtempSync(join(tmpdir(), 'sample-action-'));
let github: GitHub;

beforeAll(async () => {
  mkdirSync(join(action, 'dist'));
  writeFileSync(
    join(action, 'action.yml'),
    `name: Sample
inputs:
  token: { default: "\${{ github.token }}" }
  fail-on: { default: never }
  empty: { required: false }
runs: { using: node24, main: dist/main.mjs }
`,
  );
  writeFileSync(
    join(action, 'dist/main.mjs'),
    `import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
const git = (...args) => execFileSync('git', args).toString().trim();
const event = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));
console.log('::warning file=a.txt,line=3::Two%0Alines');
const answer = await fetch(process.env.GITHUB_API_URL + '/repos/' + process.env.GITHUB_REPOSITORY);
appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# Done\\n');
appendFileSync(process.env.GITHUB_OUTPUT, 'seen<<END\\n' + JSON.stringify({
  env: process.env,
  event,
  status: answer.status,
  commits: git('rev-list', '--count', 'HEAD'),
  head: git('rev-parse', 'HEAD'),
  branch: git('rev-parse', '--abbrev-ref', 'HEAD'),
  header: git('config', '--get-regexp', '^http\\\\.'),
  report: readFileSync('coverage/lcov.info', 'utf8'),
}) + '\\nEND\\n');
process.exitCode = 3;
`,
  );
  github = await startGitHub(sampleScenario);
});
afterAll(async () => {
  await github.stop();
  rmSync(action, { recursive: true, force: true });
});

test('an action gets what the runner gives it, and nothing of this machine', async () => {
  process.env.SECRET_OF_THIS_MACHINE = 'leaked';
  const token = await github.token();
  const event = await github.event('pull_request', { repository: 'acme/shop', number: 1, action: 'opened' });
  const result = await runAction({
    github,
    event,
    token,
    action,
    inputs: { 'fail-on': 'warning' },
    files: { 'coverage/lcov.info': 'TN:\n' },
  });
  const seen = JSON.parse(result.outputs.seen ?? '{}');
  const { mergeSha } = await github.pull('acme/shop', 1);
  expect(result).toMatchObject({ exitCode: 3, summary: '# Done\n', stderr: '' });
  expect(result.annotations).toEqual([
    { level: 'warning', message: 'Two\nlines', properties: { file: 'a.txt', line: '3' } },
  ]);
  expect(seen.env).toMatchObject({
    INPUT_TOKEN: token,
    'INPUT_FAIL-ON': 'warning',
    INPUT_EMPTY: '',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REF: 'refs/pull/1/merge',
    GITHUB_SHA: mergeSha,
    GITHUB_BASE_REF: 'main',
    GITHUB_HEAD_REF: 'feature',
    GITHUB_ACTOR: 'ann',
  });
  expect(seen.env).not.toHaveProperty('SECRET_OF_THIS_MACHINE');
  expect(seen.event).toMatchObject({
    action: 'opened',
    number: 1,
    pull_request: { title: 'Change two lines', head: { ref: 'feature' } },
  });
  expect(seen).toMatchObject({ status: 200, commits: '1', head: mergeSha, branch: 'HEAD', report: 'TN:\n' });
  expect(seen.header.toLowerCase()).toContain('authorization: basic');
  expect(result.requests.map(({ method, path }) => `${method} ${path}`)).toContain('GET /repos/acme/shop');
  expect(await github.violations()).toEqual([]);
  result.clean();
});

test('an input that action.yml does not declare is a mistake of the caller', async () => {
  const event = await github.event('schedule', { repository: 'acme/shop' });
  await expect(runAction({ github, event, token: '', action, inputs: { typo: 'x' } })).rejects.toThrow(
    'action.yml declares no input typo',
  );
});

test.each([
  ['pull_request_review', { number: 1, action: 'submitted' }, 'refs/pull/1/merge', 'review'],
  ['issue_comment', { number: 1, action: 'created' }, 'refs/heads/main', 'comment'],
  ['workflow_run', { action: 'completed' }, 'refs/heads/main', 'workflow_run'],
  [
    'merge_group',
    { number: 1, action: 'checks_requested' },
    'refs/heads/gh-readonly-queue/main/pr-1-',
    'merge_group',
  ],
  ['schedule', {}, 'refs/heads/main', 'schedule'],
  ['workflow_dispatch', {}, 'refs/heads/main', 'workflow'],
  ['push', {}, 'refs/heads/main', 'head_commit'],
] as const)('%s has its own ref and payload', async (name, wanted, ref, key) => {
  const { headSha } = await github.pull('acme/shop', 1);
  await github.apply({
    repositories: [
      {
        name: 'acme/shop',
        pullRequests: [
          {
            number: 1,
            comments: [{ by: 'bob', body: '/vitals' }],
            reviews: [{ by: 'bob', state: 'APPROVED' }],
          },
        ],
      },
    ],
  });
  await github.addWorkflowRun({ repository: 'acme/shop', headSha, headBranch: 'feature' });
  const event = await github.event(name, { repository: 'acme/shop', ...wanted });
  expect(event.ref.startsWith(ref)).toBe(true);
  expect(event.payload).toHaveProperty(key);
  expect(event.payload).toMatchObject({ repository: { full_name: 'acme/shop' } });
});

test('GITHUB_OUTPUT is read with its blocks', () => {
  expect(environmentFile('a=1\nb<<X\none\ntwo=2\nX\nc=\n')).toEqual({ a: '1', b: 'one\ntwo=2', c: '' });
  expect(() => environmentFile('b<<X\none\n')).toThrow('the block b has no end');
});

test('commands between stop-commands and its token are text', () => {
  const text = '::error::One\n::stop-commands::abc\n::error::Two\n::abc::\n::notice title=T::Three';
  expect(annotationsOf(text)).toEqual([
    { level: 'error', message: 'One', properties: {} },
    { level: 'notice', message: 'Three', properties: { title: 'T' } },
  ]);
});
