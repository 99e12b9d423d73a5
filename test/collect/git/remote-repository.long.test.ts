import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openRepository } from '../../../src/collect/git/open-repository.ts';
import { type GitHttpServerOptions, serveGitRepository } from '../../support/git-http-server.ts';
import {
  createGitRepository,
  fixedGitEnvironment,
  type GitRepository,
} from '../../support/git-repository.ts';
import { createCleanup, fingerprintOf, opened, people, present } from './opened.ts';

const cleanup = createCleanup();
afterEach(async () => {
  vi.unstubAllEnvs();
  await cleanup.run();
});

function repository(): GitRepository {
  return cleanup.add(createGitRepository(), (repo) => repo.remove());
}

function serve(repo: GitRepository, options?: GitHttpServerOptions) {
  return serveGitRepository(repo.gitDirectory, options).then((server) =>
    cleanup.add(server, (one) => one.close()),
  );
}

function git(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd, env: fixedGitEnvironment });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.toString().trim();
}

/** What actions/checkout leaves: one commit of the merge ref, and the server's address as origin. */
function actionsCheckout(
  repo: GitRepository,
  merge: string,
  address: string,
  depth: readonly string[] = ['--depth=1'],
) {
  const folder = cleanup.folder();
  git(folder, 'init', '-q');
  git(
    folder,
    'fetch',
    '-q',
    '--no-tags',
    ...depth,
    `file://${repo.gitDirectory}`,
    `+${merge}:refs/remotes/pull/1/merge`,
  );
  git(folder, 'checkout', '-q', '--force', 'refs/remotes/pull/1/merge');
  git(folder, 'remote', 'add', 'origin', address);
  return folder;
}

/**
 * The fork point lies behind ten commits on either side, while an older commit is near to both tips: a clone that ends
 * early sees that one alone, and calls it the merge base.
 */
function deceptive() {
  const repo = repository();
  const root = repo.commit({ 'a.txt': 'a\n', 'changed.txt': 'old\n' });
  repo.commit({ 's.txt': 's\n' }, { branch: 'one-side', parents: [root] });
  repo.commit({ 's.txt': 's\n' }, { branch: 'other-side', parents: [root] });
  repo.commit({ 'a.txt': 'b\n' });
  const fork = repo.commit({ 'fork.txt': 'fork\n' });
  repo.branch('feature', fork);
  for (let index = 0; index < 10; index += 1) {
    repo.commit({ 'base.txt': `${index}\n` });
    repo.commit({ 'changed.txt': `${index}\n` }, { branch: 'feature' });
  }
  const base = repo.merge('main', 'one-side');
  const head = repo.merge('feature', 'other-side');
  repo.branch('merge', base);
  const merge = repo.merge('merge', 'feature');
  return { repo, root, fork, base, head, merge };
}

describe('From a checkout of depth 1', () => {
  test('the merge base is right where a deeper one gets it wrong without an error', async () => {
    const { repo, root, fork, base, head, merge } = deceptive();
    const deeper = actionsCheckout(repo, merge, 'https://host/x', ['--depth=4']);
    expect(git(deeper, 'merge-base', base, head)).toBe(root);

    const server = await serve(repo);
    const folder = actionsCheckout(repo, merge, server.url);
    const before = fingerprintOf(folder);
    const judged = await opened(cleanup, { checkout: folder, remote: { url: server.url } });
    expect(await judged.resolve('HEAD')).toBe(merge);
    expect(await judged.parentsOf(merge)).toEqual([base, head]);
    expect(await judged.mergeBase(base, head)).toBe(fork);
    const change = present(await judged.readChange({ base, head, baseName: 'main' }));
    expect(change.files.map(({ path }) => path)).toEqual(['changed.txt', 's.txt']);
    expect(change.commits).toHaveLength(12);
    expect(server.requests.length).toBeLessThanOrEqual(10);
    expect(fingerprintOf(folder)).toEqual(before);
  });

  test('history is whole where --shallow-since cuts it at a merge with an old parent', async () => {
    const repo = repository();
    const root = repo.commit({ 'a.txt': 'a\n' }, { date: '2025-01-01T00:00:00Z' });
    repo.commit({ 'old.txt': 'o\n' }, { branch: 'old', parents: [root], date: '2025-02-01T00:00:00Z' });
    const fork = repo.commit({ 'f.txt': 'f\n' }, { date: '2026-05-01T00:00:00Z' });
    const head = repo.commit(
      { 'h.txt': 'h\n' },
      { branch: 'feature', parents: [fork], date: '2026-05-04T00:00:00Z' },
    );
    const base = repo.merge('main', 'old');
    repo.branch('merge', base);
    const merge = repo.merge('merge', 'feature');
    const server = await serve(repo);
    const folder = actionsCheckout(repo, merge, server.url, ['--shallow-since=2026-01-01']);
    expect(git(folder, 'rev-list', '--first-parent', base).split('\n')).toEqual([base]);
    const judged = await opened(cleanup, { checkout: folder });
    expect(await judged.mergeBase(base, head)).toBe(fork);
    expect(await judged.parentsOf(base)).toEqual([fork, repo.id('old')]);
    expect(await judged.resolve('HEAD~3')).toBe(root);
  });

  test('two histories that never met are answered with a sentence', async () => {
    const repo = repository();
    const base = repo.commit({ 'a.txt': 'a\n' });
    const head = repo.commit({ 'b.txt': 'b\n' }, { branch: 'feature', parents: [] });
    const server = await serve(repo);
    const folder = actionsCheckout(repo, head, server.url);
    const judged = await opened(cleanup, { checkout: folder });
    const why = `${base} and ${head} have no commit in common, so there is nothing to compare the head with.`;
    expect(await judged.mergeBase(base, head)).toEqual({
      unavailable: `The merge base could not be read: ${why}`,
    });
    expect(await judged.readChange({ base, head, baseName: 'main' })).toEqual({
      unavailable: `The change could not be read: ${why}`,
    });
  });

  test('a commit that only the checkout has is not taken for one with history', async () => {
    const { repo, base, merge } = deceptive();
    const server = await serve(repo);
    const folder = actionsCheckout(repo, merge, server.url);
    git(
      folder,
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@example.test',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'local',
    );
    const local = git(folder, 'rev-parse', 'HEAD');
    const judged = await opened(cleanup, { checkout: folder });
    expect(await judged.mergeBase(base, local)).toEqual({
      unavailable: `The merge base could not be read: commit ${local} could not be had: git fetch ended with 128: remote error: upload-pack: not our ref ${local}.`,
    });
  });

  test('a partial clone is not borrowed from, and stays as it is', async () => {
    const { repo, fork, base, head } = deceptive();
    repo.git('config', 'uploadpack.allowFilter', 'true');
    const folder = join(cleanup.folder(), 'partial');
    repo.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${repo.folder}`, folder);
    const before = fingerprintOf(folder);
    const server = await serve(repo);
    const judged = await opened(cleanup, { checkout: folder, remote: { url: server.url } });
    expect(await judged.mergeBase(base, head)).toBe(fork);
    expect(present(await judged.readChange({ base, head, baseName: 'main' })).files).toHaveLength(2);
    expect(fingerprintOf(folder)).toEqual(before);
  });
});

describe('From a remote alone', () => {
  test('forty changed files with renames cost no more requests than one', async () => {
    const repo = repository();
    const text = (index: number) =>
      Array.from({ length: 30 }, (_, line) => `file ${index} line ${line}\n`).join('');
    const all = (folder: string, change: string) =>
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [`${folder}/${index}.txt`, text(index) + change]),
      );
    repo.commit({ ...all('src', ''), ...all('keep', '') });
    const gone = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`src/${index}.txt`, null]));
    const head = repo.commit({ ...gone, ...all('lib', 'more\n') }, { branch: 'feature', parents: ['main'] });
    const base = repo.commit({ 'keep/0.txt': 'k\n' });
    const server = await serve(repo);
    const judged = await opened(cleanup, { remote: { url: server.url } });
    expect(await judged.mergeBase(base, head)).toBe(repo.id('main~1'));
    const { files } = present(await judged.readChange({ base, head, baseName: 'main' }));
    expect(files).toHaveLength(40);
    expect(files[0]).toMatchObject({
      path: 'lib/0.txt',
      previousPath: 'src/0.txt',
      status: 'renamed',
      added: [{ start: 31, end: 31 }],
    });
    expect(server.requests.length).toBeLessThanOrEqual(10);
  });

  test('blobs come in one batch, and unknown ones cost the others nothing', async () => {
    const repo = repository();
    const names = Array.from({ length: 30 }, (_, index) => `f${index}.txt`);
    const commit = repo.commit(Object.fromEntries(names.map((name) => [name, `${name}\n`])));
    const server = await serve(repo);
    const judged = await opened(cleanup, { remote: { url: server.url } });
    const files = present(await judged.listFiles(commit));
    expect(files.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
    const before = server.requests.length;
    const unknown = 'f'.repeat(40);
    const blobs = await judged.readBlobs([...files.map(({ oid }) => oid), unknown], { maxBytes: 100 });
    expect(blobs.get(unknown)).toBe('missing');
    expect(
      files.map(({ path, oid }) => Buffer.from(blobs.get(oid) as Uint8Array).toString() === `${path}\n`),
    ).not.toContain(false);
    expect(server.requests.length - before).toBeLessThanOrEqual(4);
  });

  test('a commit that a force-push left behind is still found by its id', async () => {
    const { repo, base } = deceptive();
    const lost = repo.commit({ 'x.txt': 'x\n' }, { branch: 'gone', parents: [base] });
    repo.git('update-ref', '-d', 'refs/heads/gone');
    const server = await serve(repo);
    const judged = await opened(cleanup, { remote: { url: server.url } });
    expect(await judged.ensureCommits([lost, '4'.repeat(40), base])).toEqual([
      {
        id: '4'.repeat(40),
        reason: `git fetch ended with 128: remote error: upload-pack: not our ref ${'4'.repeat(40)}`,
      },
    ]);
    expect(await judged.parentsOf(lost)).toEqual([base]);
  });

  test('of many commits only those that the server lacks are not had', async () => {
    const { repo, base, head } = deceptive();
    const server = await serve(repo);
    const judged = await opened(cleanup, { remote: { url: server.url } });
    const unknown = Array.from({ length: 12 }, (_, index) => index.toString(16).repeat(40));
    const lost = await judged.ensureCommits([...unknown, base, head, 'main']);
    expect(lost.map(({ id }) => id).toSorted()).toEqual([...unknown, 'main'].toSorted());
    const before = server.requests.length;
    expect(await judged.parentsOf(base)).toHaveLength(2);
    expect(server.requests).toHaveLength(before);
  });

  test('the unreviewed tail is exact, conflicts and renames in the base included', async () => {
    const repo = repository();
    const ten = Array.from({ length: 10 }, (_, index) => `line ${index}\n`).join('');
    repo.commit({
      'a.txt': ten,
      'b.txt': ten.replaceAll('line', 'row'),
      ...Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`n${index}.txt`, 'n\n'])),
    });
    const approved = repo.commit(
      {
        'a.txt': ten.replace('line 9', 'line nine'),
        'b.txt': ten.replaceAll('line', 'row').replace('row 3', 'row three'),
      },
      { branch: 'feature', parents: ['main'] },
    );
    repo.commit({
      'b.txt': null,
      'moved.txt': ten.replaceAll('line', 'row'),
      'n1.txt': 'm\n',
      'n2.txt': 'm\n',
    });
    repo.branch('rebased', 'feature');
    const rebased = repo.rebase('rebased', 'main');
    const rebasedBase = repo.id('main');
    const base = repo.commit({ 'a.txt': ten.replace('line 9', 'line IX') });
    const head = repo.merge('feature', 'main', { 'a.txt': ten.replace('line 9', 'line nine and IX') });
    const server = await serve(repo);
    const judged = await opened(cleanup, { remote: { url: server.url } });
    expect(await judged.unreviewedTail({ base: rebasedBase, head: rebased, approved })).toEqual({
      addedLines: 0,
      deletedLines: 0,
      files: [],
      method: 'replayed',
    });
    const conflicting = await opened(cleanup, { remote: { url: server.url } });
    const before = server.requests.length;
    expect(await conflicting.unreviewedTail({ base, head, approved })).toEqual({
      addedLines: 1,
      deletedLines: 2,
      files: [{ path: 'a.txt', added: [{ start: 10, end: 10 }], deletedLines: 2 }],
      method: 'patches',
    });
    expect(server.requests.length - before).toBeLessThanOrEqual(16);
  });

  test('branch names are looked up there', async () => {
    const { repo, base, head } = deceptive();
    const server = await serve(repo);
    const judged = await opened(cleanup, { remote: { url: server.url } });
    expect(await judged.resolve('main')).toBe(base);
    expect(await judged.resolve('origin/feature')).toBe(head);
    expect(await judged.resolve('HEAD')).toBe(base);
    expect(await judged.resolve('origin/HEAD')).toBe(base);
    expect(await judged.resolve('heads/main~1')).toBe(repo.id('main~1'));
    expect(await judged.resolve('mai*')).toEqual({
      unavailable: `The revision could not be read: no branch, tag or commit \`mai*\` is known here or at ${server.url}.`,
    });
  });

  test('a server without filters sends more, and the answer is the same', async () => {
    const { repo, fork, base, head } = deceptive();
    const server = await serve(repo, { withoutFilter: true });
    const judged = await opened(cleanup, { remote: { url: server.url } });
    expect(await judged.mergeBase(base, head)).toBe(fork);
    expect(present(await judged.readChange({ base, head, baseName: 'main' })).files).toHaveLength(2);
  });

  test('a remote that is shallow itself is refused', async () => {
    const { repo, base, head, merge } = deceptive();
    const shallow = actionsCheckout(repo, merge, 'https://host/x', ['--depth=4']);
    const judged = await opened(cleanup, { remote: { url: `file://${shallow}` } });
    const answer = await judged.mergeBase(base, head);
    expect(answer).toEqual({
      unavailable: `The merge base could not be read: the history of ${base} and ${head} ends early, so their merge base would be a guess: it has to come from a complete repository.`,
    });
  });
});

describe('A server that demands credentials', () => {
  const authorization = `basic ${Buffer.from('x-access-token:s3cret').toString('base64')}`;

  test('gets exactly one header, on lazy fetches too', async () => {
    const { repo, fork, base, head, merge } = deceptive();
    const server = await serve(repo, { authorization });
    const folder = actionsCheckout(repo, merge, server.url);
    const judged = await opened(cleanup, { checkout: folder, remote: { url: server.url, token: 's3cret' } });
    expect(await judged.mergeBase(base, head)).toBe(fork);
    expect(present(await judged.readChange({ base, head, baseName: 'main' })).files).toHaveLength(2);
    expect(await judged.unreviewedTail({ base, head, approved: fork })).toHaveProperty('method');
    expect(new Set(server.authorizations)).toEqual(new Set([authorization]));
  });

  test('gets one header where the user has another one configured', async () => {
    const { repo, fork, base, head } = deceptive();
    const server = await serve(repo, { authorization });
    const home = cleanup.folder();
    writeFileSync(
      join(home, '.gitconfig'),
      `[http "${new URL(server.url).origin}/"]\n\textraheader = Authorization: basic old\n`,
    );
    vi.stubEnv('HOME', home);
    const judged = await opened(cleanup, {
      remote: { url: server.url, token: 's3cret' },
      trustUserConfig: true,
    });
    expect(await judged.mergeBase(base, head)).toBe(fork);
  });

  test("gets the user's own credentials when the user is trusted, and none otherwise", async () => {
    const { repo, fork, base, head } = deceptive();
    const server = await serve(repo, { authorization });
    const home = cleanup.folder();
    writeFileSync(
      join(home, '.gitconfig'),
      `[http "${new URL(server.url).origin}/"]\n\textraheader = Authorization: ${authorization}\n`,
    );
    vi.stubEnv('HOME', home);
    const trusted = await opened(cleanup, { remote: { url: server.url }, trustUserConfig: true });
    expect(await trusted.mergeBase(base, head)).toBe(fork);
    const untrusted = await opened(cleanup, { remote: { url: server.url } });
    expect(await untrusted.mergeBase(base, head)).toEqual({
      unavailable: `The merge base could not be read: commit ${base} could not be had: git fetch ended with 128: could not read Username for '${new URL(server.url).origin}': terminal prompts disabled — the server wants other credentials: give a token with contents: read.`,
    });
  });

  test('is named without the token when it refuses it', async () => {
    const { repo, base, head } = deceptive();
    const server = await serve(repo, { authorization });
    const address = server.url.replace('//', '//x-access-token:wr0ng@');
    const scratchFolder = cleanup.folder();
    const judged = present(
      await openRepository({ remote: { url: address, token: 'wr0ng' }, scratchFolder, people }),
    );
    const answer = JSON.stringify(await judged.mergeBase(base, head));
    await judged.close();
    expect(answer).toContain('could not be had: git fetch ended with 128');
    expect(answer).not.toContain('wr0ng');
    expect(answer).not.toContain(Buffer.from('x-access-token:wr0ng').toString('base64'));
  });
});
