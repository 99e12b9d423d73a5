import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import { blockingMigration, expectNoViolations, repository, scenarioOf } from '../support/end-to-end.ts';
import { fixedGitEnvironment } from '../support/git-repository.ts';
import { runCli } from '../support/run-cli.ts';

let github: GitHub;
let clone: string;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  github = await startGitHub(
    scenarioOf(
      {},
      { 'db/migrations/0002_index.sql': blockingMigration },
      { reviews: [{ by: 'mira', state: 'APPROVED', body: 'Fine.' }] },
    ),
  );
  const token = await github.userToken('mira');
  environment = {
    GITHUB_TOKEN: token,
    GITHUB_SERVER_URL: github.url,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
  };
  clone = mkdtempSync(join(tmpdir(), 'review-vitals-pull-'));
  const address = `${github.url.replace('://', `://x-access-token:${token}@`)}/${repository}.git`;
  const { status, stderr } = spawnSync('git', ['clone', '--quiet', '--depth=1', address, clone], {
    env: fixedGitEnvironment,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

afterAll(async () => {
  rmSync(clone, { recursive: true, force: true });
  await expectNoViolations(github);
  await github.stop();
});

describe('review-vitals check --pull', () => {
  it('judges a pull request by its number as the Action does, and writes nothing to GitHub', async () => {
    const before = await github.snapshot(repository, 7);
    const run = await runCli(['check', '--pull', '7'], { cwd: clone, env: environment });
    expect(run.stderr).toBe('');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('migrations/blocking-index');
    expect(run.stdout).not.toContain('a local branch has no pull request');
    expect(run.stdout).not.toMatch(/Not checked: [^\n]*review\/approved-without-human/);
    expect(await github.snapshot(repository, 7)).toBe(before);
    expect((await github.requests()).filter(({ method }) => /PATCH|PUT|DELETE/.test(method))).toEqual([]);
  });

  it('says which token it wants, and what it did not find', async () => {
    const without = await runCli(['check', '--pull', '7'], {
      cwd: clone,
      env: { ...environment, GITHUB_TOKEN: '' },
    });
    expect([without.exitCode, without.stderr]).toEqual([
      2,
      '--pull with a number asks GitHub, which wants a token: set GITHUB_TOKEN (contents: read, pull-requests: read).\n',
    ]);
    const unknown = await runCli(['check', '--pull', '99'], { cwd: clone, env: environment });
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toMatch(/^Pull request 99 of acme\/shop was not read: .*404/);
  });

  it('takes the text and the reviews from a recording, beside a branch that nobody has pushed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'review-vitals-recorded-'));
    const git = (...args: readonly string[]) =>
      spawnSync('git', args, { cwd: folder, env: fixedGitEnvironment, encoding: 'utf8' });
    git('init', '--quiet', '--initial-branch=main');
    writeFileSync(join(folder, 'README.md'), '# Shop\n');
    git('add', '.');
    git('commit', '--quiet', '-m', 'Begin');
    git('checkout', '--quiet', '-b', 'change');
    spawnSync('mkdir', ['-p', join(folder, 'db/migrations')]);
    writeFileSync(join(folder, 'db/migrations/0002_b.sql'), 'CREATE TABLE b (id bigint PRIMARY KEY);\n');
    git('add', '.');
    git('commit', '--quiet', '-m', 'Step');
    const recording = join(folder, 'pull.json');
    const pull = {
      number: 12,
      title: 'Keep baskets over a night',
      body: 'Baskets were lost when the session ended; support counted 40 such calls a week. `b` keeps them.',
      author: 'u1',
      createdAt: '2026-03-02T09:00:00Z',
      additions: 1,
      deletions: 0,
    };
    const check = (pulls: readonly object[]) => {
      writeFileSync(recording, JSON.stringify({ schemaVersion: 1, repository: 'acme/shop', pulls }));
      return runCli(['check', '--base', 'main', '--pull', 'pull.json'], { cwd: folder });
    };
    const one = await check([pull]);
    expect([one.exitCode, one.stderr]).toEqual([0, '']);
    expect(one.stdout).not.toContain('migrations/undocumented-migration');
    expect(one.stdout).not.toContain('a local branch has no pull request');
    const two = await check([pull, { ...pull, number: 13 }]);
    expect([two.exitCode, two.stderr]).toEqual([
      2,
      'pull.json records 2 pull requests; --pull judges one.\n',
    ]);
    rmSync(folder, { recursive: true, force: true });
  });
});
