import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runAction } from '../github/run-action.ts';
import { type GitHub, type Permissions, startGitHub } from '../github/start-github.ts';
import { createGitRepository, type GitRepository } from '../support/git-repository.ts';
import { runCli } from '../support/run-cli.ts';

/** From an empty repository to the first comment, as somebody would who has heard of the tool this morning. */
const name = 'ada/shop';
const workflow = '.github/workflows/review-vitals.yml';
let local: GitRepository;
let github: GitHub;

beforeAll(() => {
  local = createGitRepository();
});

afterAll(async () => {
  expect(await github.violations()).toEqual([]);
  await github.stop();
  local.remove();
});

const at = (path: string) => join(local.folder, path);
function git(...parameters: readonly string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@users.example'];
  return execFileSync('git', [...who, ...parameters], { cwd: local.folder, encoding: 'utf8' });
}
function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}
/** The form of GitHub's tokens: `pull-requests: write` is `pull_requests`. */
function permissionsOf(text: string): Permissions {
  const { permissions } = parse(text) as { readonly permissions: Readonly<Record<string, string>> };
  return Object.fromEntries(
    Object.entries(permissions).map(([key, level]) => [key.replaceAll('-', '_'), level]),
  ) as Permissions;
}

it('one command writes everything, with one decision: whose action it is', async () => {
  const { stdout, exitCode } = await runCli(['init', '--owner', 'acme'], { cwd: local.folder });
  expect(exitCode).toBe(0);
  expect(
    stdout,
  ).toBe(`No workflow runs tests yet: coverage is judged once one does. Reviews and migrations are judged from now on.

Wrote ${workflow}

Wrote .github/review-vitals.yml

`);
  expect(existsSync(at(workflow))).toBe(true);
  // Every line stands in these two files; none has to be written or changed by hand.
  expect(readFileSync(at(workflow), 'utf8').trimEnd().split('\n')).toHaveLength(17);
  expect(readFileSync(at('.github/review-vitals.yml'), 'utf8').trimEnd().split('\n')).toHaveLength(2);
});

it('doctor is content', async () => {
  const { stdout, exitCode } = await runCli(['doctor'], { cwd: local.folder });
  expect(stdout).not.toContain('missing');
  expect(exitCode).toBe(0);
});

it('the first pull request with something to say gets its first comment', async () => {
  write('db/migration/V1__orders.sql', 'CREATE TABLE orders (id bigint, status text);\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'Begin');
  git('branch', '-M', 'main');
  github = await startGitHub({
    repositories: [
      {
        name,
        from: local.folder,
        collaborators: { ada: 'admin' },
        pullRequests: [
          {
            number: 1,
            title: 'Find orders by status',
            author: 'ada',
            head: 'by-status',
            base: 'main',
            commits: [
              {
                commit: 'Index orders by status',
                by: 'ada',
                files: { 'db/migration/V2__by_status.sql': 'CREATE INDEX by_status ON orders (status);\n' },
              },
            ],
          },
        ],
      },
    ],
  });
  const event = await github.event('pull_request', { repository: name, number: 1, action: 'opened' });
  const run = await runAction({
    github,
    event,
    token: await github.token(permissionsOf(readFileSync(at(workflow), 'utf8')), { repositories: [name] }),
    // The workflow has no checkout step.
    workspace: 'empty',
  });
  run.clean();
  expect(run.exitCode).toBe(0);
  const conversation = await github.snapshot(name, 1);
  expect(conversation).toContain('**2 things to look at** in this change. Nothing blocks the merge.');
  expect(conversation).toContain('`CREATE INDEX` `by_status` takes a SHARE lock on `orders`');
  expect(run.stdout).not.toContain('the token lacks');
});
