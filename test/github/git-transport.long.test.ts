import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { gitEnvironment } from './git/run-git.ts';
import { sampleScenario } from './sample-scenario.ts';
import { type GitHub, startGitHub } from './start-github.ts';

const folder = mkdtempSync(join(tmpdir(), 'fake-github-test-'));
let github: GitHub;

beforeAll(async () => {
  github = await startGitHub({
    ...sampleScenario,
    repositories: [
      ...(sampleScenario.repositories ?? []),
      { name: 'acme/secret', private: true, git: [{ commit: 'Start', files: { a: 'a\n' } }] },
    ],
  });
});
afterAll(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => expect(await github.violations()).toEqual([]));

const identity = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@x',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@x',
};
const options = (cwd: string) => ({
  cwd,
  env: { ...gitEnvironment, ...identity },
  encoding: 'utf8' as const,
});
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { ...options(cwd), stdio: 'pipe' }).trim();
const tryGit = (cwd: string, ...args: string[]) => spawnSync('git', args, options(cwd));
const remote = (token: string, name = 'acme/shop') =>
  `${github.url.replace('://', `://x-access-token:${token}@`)}/${name}.git`;

describe('clone and fetch', () => {
  test('a public repository can be cloned by nobody, with and without .git', () => {
    for (const [index, url] of [`${github.url}/acme/shop`, `${github.url}/acme/shop.git`].entries()) {
      git(folder, 'clone', '-q', url, `public-${index}`);
      expect(git(join(folder, `public-${index}`), 'rev-list', '--count', 'HEAD')).toBe('1');
    }
  });

  test('a private one needs a token that may read contents', async () => {
    expect(tryGit(folder, 'ls-remote', `${github.url}/acme/secret`).status).not.toBe(0);
    const blind = await github.token({ contents: 'none', pull_requests: 'write' });
    expect(tryGit(folder, 'ls-remote', remote(blind, 'acme/secret')).stderr).toContain('403');
    const reader = await github.token({ contents: 'read' });
    expect(git(folder, 'ls-remote', remote(reader, 'acme/secret'))).toContain('refs/heads/main');
  });

  test('partial clones and single commits by id are served', async () => {
    const { headSha } = await github.pull('acme/shop', 1);
    git(folder, 'clone', '-q', '--bare', '--filter=blob:none', `${github.url}/acme/shop`, 'partial');
    const missing = git(join(folder, 'partial'), 'rev-list', '--objects', '--missing=print', '--all');
    expect(missing).toMatch(/^\?[0-9a-f]{40}$/m);
    git(folder, 'init', '-q', 'one');
    git(join(folder, 'one'), 'fetch', '-q', '--depth=1', `${github.url}/acme/shop`, headSha);
    expect(git(join(folder, 'one'), 'rev-parse', 'FETCH_HEAD')).toBe(headSha);
  });

  test('refs/pull/N/merge is a real merge of base and head', async () => {
    const { headSha, baseSha } = await github.pull('acme/shop', 1);
    git(folder, 'init', '-q', 'merge');
    git(join(folder, 'merge'), 'fetch', '-q', `${github.url}/acme/shop`, 'refs/pull/1/merge');
    expect(git(join(folder, 'merge'), 'log', '-1', '--format=%P%n%s', 'FETCH_HEAD')).toBe(
      `${baseSha} ${headSha}\nMerge ${headSha} into ${baseSha}`,
    );
  });

  test('two Authorization headers are a bad request', async () => {
    const token = await github.token();
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    const header = `http.${github.url}/.extraheader=AUTHORIZATION: basic ${basic}`;
    expect(tryGit(folder, '-c', header, 'ls-remote', `${github.url}/acme/shop`).status).toBe(0);
    expect(
      tryGit(folder, '-c', header, '-c', header, 'ls-remote', `${github.url}/acme/shop`).stderr,
    ).toContain('400');
  });
});

describe('push', () => {
  function clone(token: string, name: string): string {
    git(folder, 'clone', '-q', '--branch=feature', remote(token), name);
    return join(folder, name);
  }

  function commit(directory: string, file: string, content: string): string {
    writeFileSync(join(directory, file), content);
    git(directory, 'add', '.');
    git(directory, 'commit', '-q', '-m', `Write ${file}`);
    return git(directory, 'rev-parse', 'HEAD');
  }

  test('contents: read may not, contents: write may, and the pull request follows', async () => {
    const reading = clone(await github.token({ contents: 'read' }), 'reading');
    commit(reading, 'x.txt', 'x\n');
    expect(tryGit(reading, 'push', 'origin', 'feature').stderr).toContain('403');
    const before = await github.pull('acme/shop', 1);
    const writing = clone(await github.token({ contents: 'write' }), 'writing');
    const head = commit(writing, 'y.txt', 'y\n');
    git(writing, 'push', '-q', 'origin', 'feature');
    const after = await github.pull('acme/shop', 1);
    expect(after.headSha).toBe(head);
    expect(after.mergeSha).not.toBe(before.mergeSha);
    expect(git(writing, 'ls-remote', 'origin', 'refs/pull/1/head').split('\t')[0]).toBe(head);
  });

  test('a force push is an event with the commits before and after', async () => {
    const directory = clone(await github.token({ contents: 'write' }), 'forcing');
    const before = git(directory, 'rev-parse', 'HEAD');
    git(directory, 'reset', '-q', '--hard', 'HEAD^');
    const after = commit(directory, 'z.txt', 'z\n');
    git(directory, 'push', '-q', '--force', 'origin', 'feature');
    const { timeline } = await github.pull('acme/shop', 1);
    expect(timeline.filter(({ type }) => type === 'force_pushed')).toMatchObject([
      { before, after, actor: 'github-actions[bot]' },
    ]);
  });

  test('refs/pull cannot be pushed to, a hidden ref of ours can', async () => {
    const directory = clone(await github.token({ contents: 'write' }), 'hidden');
    expect(tryGit(directory, 'push', 'origin', 'HEAD:refs/pull/1/head').stderr).toContain(
      'deny updating a hidden ref',
    );
    git(directory, 'push', '-q', 'origin', 'HEAD:refs/review-vitals/coverage');
    expect(git(directory, 'ls-remote', 'origin')).toContain('refs/review-vitals/coverage');
  });

  test('a conflict takes the merge ref away', async () => {
    const token = await github.token({ contents: 'write' });
    const directory = clone(token, 'conflict');
    git(directory, 'checkout', '-q', '-B', 'main', 'origin/main');
    commit(directory, 'a.txt', 'everything else\n');
    git(directory, 'push', '-q', 'origin', 'main');
    expect((await github.pull('acme/shop', 1)).mergeSha).toBeNull();
    expect(git(directory, 'ls-remote', 'origin', 'refs/pull/1/merge')).toBe('');
  });
});

describe('forks', () => {
  test('a pull request from a fork has its commits and refs in the repository it goes to', async () => {
    const forked = await startGitHub({
      repositories: [
        { name: 'acme/shop', git: [{ commit: 'Start', files: { a: 'a\n' } }] },
        { name: 'eve/shop', forkOf: 'acme/shop' },
        {
          name: 'acme/shop',
          pullRequests: [
            {
              title: 'From afar',
              author: 'eve',
              head: 'eve:idea',
              commits: [{ commit: 'Idea', files: { b: 'b\n' } }],
            },
          ],
        },
      ],
    });
    const pull = await forked.pull('acme/shop', 1);
    expect(pull.headRepository).toBe('eve/shop');
    expect(git(folder, 'ls-remote', `${forked.url}/acme/shop`, 'refs/pull/1/*').split('\n')).toHaveLength(2);
    const event = await forked.event('pull_request', {
      repository: 'acme/shop',
      number: 1,
      action: 'opened',
    });
    expect(event.payload).toMatchObject({
      pull_request: { head: { repo: { full_name: 'eve/shop', fork: true } } },
    });
    await forked.apply({
      repositories: [
        {
          name: 'acme/shop',
          pullRequests: [{ number: 1, pushes: [{ commits: [{ commit: 'More', files: { c: 'c\n' } }] }] }],
        },
      ],
    });
    expect((await forked.pull('acme/shop', 1)).headSha).not.toBe(pull.headSha);
    expect(await forked.violations()).toEqual([]);
    await forked.stop();
  });
});
