import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventOfPayload } from '../../scripts/act/event-of-payload.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'test/github/README.md'), 'utf8');

let github: GitHub;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'act-'));
  // The scenario that the README shows, as it stands there.
  github = await startGitHub(JSON.parse(/```json\n(.*?)```/s.exec(readme)?.[1] ?? ''));
});
afterAll(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run act', () => {
  test('a pull request of the fake server gets its comments, and they are shown', async () => {
    const run = await act('--event', 'pull_request', '--repo', 'acme/shop', '--number', '1');
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('Posted: posted the summary comment');
    expect(run.stdout).toContain('0 that GitHub would not take');
    expect(run.stdout).toContain('# Look orders up faster (#1)');
    expect(run.exitCode).toBe(0);
  });

  test('a payload in a file says which commit and pull request it is about', async () => {
    const { payload } = await github.event('pull_request', {
      repository: 'acme/shop',
      number: 1,
      action: 'edited',
    });
    const file = join(folder, 'payload.json');
    writeFileSync(file, JSON.stringify(payload));
    const run = await act('--event', 'pull_request', '--payload', file, '--with', 'comment=never');
    expect(run.stdout).toContain('migrations/blocking-index');
    expect(run.stdout).toContain('Output conclusion: neutral');
    expect(run.exitCode).toBe(0);
  });

  test.each([
    ['no event', [], '--event names what happened'],
    ['neither payload nor number', ['--event', 'push'], 'it needs --payload, or --repo and --number'],
    ['an unknown option', ['--evnt', 'push'], "Unknown option '--evnt'"],
    [
      'an input without a value',
      ['--event', 'pull_request', '--repo', 'acme/shop', '--number', '1', '--with', 'comment'],
      '"comment" is not of the form name=value',
    ],
    [
      'an input that the Action has not',
      ['--event', 'pull_request', '--repo', 'acme/shop', '--number', '1', '--with', 'coment=never'],
      'action.yml declares no input coment',
    ],
  ])('%s is one sentence and exit code 2', async (_, parameters, sentence) => {
    const { exitCode, stdout, stderr } = await act(...parameters);
    expect(stderr).toContain(`The Action was not started: `);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  test('an address at which nothing answers is said', async () => {
    const { stderr, exitCode } = await act('--event', 'push', '--server', 'http://127.0.0.1:9');
    expect(stderr).toContain('nothing answers at http://127.0.0.1:9');
    expect(exitCode).toBe(2);
  });
});

describe('the commit a run is started for', () => {
  const repository = { full_name: 'acme/shop', default_branch: 'trunk' };
  const pull_request = { number: 7, head: { sha: 'h', ref: 'faster' }, base: { sha: 'b', ref: 'trunk' } };
  const tip = async (_: string, ref: string) => `tip of ${ref}`;

  test.each([
    ['pull_request', { pull_request: { ...pull_request, merge_commit_sha: 'm' } }, 'm', 'refs/pull/7/merge'],
    ['pull_request', { pull_request: { ...pull_request, merge_commit_sha: null } }, 'h', 'refs/pull/7/merge'],
    ['pull_request_target', { pull_request }, 'tip of refs/heads/trunk', 'refs/heads/trunk'],
    [
      'merge_group',
      { merge_group: { head_sha: 'g', head_ref: 'refs/heads/queue' } },
      'g',
      'refs/heads/queue',
    ],
    ['push', { ref: 'refs/heads/faster', after: 'p' }, 'p', 'refs/heads/faster'],
    ['schedule', {}, 'tip of refs/heads/trunk', 'refs/heads/trunk'],
    ['issue_comment', { issue: { number: 7 } }, 'tip of refs/heads/trunk', 'refs/heads/trunk'],
  ])('%s with %j', async (name, payload, sha, ref) => {
    expect(await eventOfPayload(name, { repository, ...payload }, tip)).toMatchObject({ name, sha, ref });
  });

  test('a payload without a repository is refused', async () => {
    await expect(eventOfPayload('push', {}, tip)).rejects.toThrow('the payload names no repository');
  });
});

function act(...parameters: readonly string[]) {
  const child = spawn(process.execPath, ['scripts/act.ts', ...parameters], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', GITHUB_SERVER_URL: github.url },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })),
  );
}
