import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type CoverageChain,
  coverageRef,
  openCoverageChain,
} from '../../../src/collect/coverage-history/coverage-chain.ts';
import type { ShardLines } from '../../../src/collect/coverage-history/shard-lines.ts';
import { isLostRace, outcomeOfPush } from '../../../src/collect/git/chain-push.ts';
import type { StatusRun } from '../../../src/core/coverage-facts.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { writeCoverageHistory } from '../../../src/publish/coverage-history/write-coverage-history.ts';
import { type GitHttpServerOptions, serveGitRepository } from '../../support/git-http-server.ts';
import { createGitRepository, type GitRepository } from '../../support/git-repository.ts';
import { createCleanup, present } from '../git/opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

function bare(objectFormat: 'sha1' | 'sha256' = 'sha1'): GitRepository {
  const repo = cleanup.add(createGitRepository({ bare: true, objectFormat }), (one) => one.remove());
  repo.git('config', 'http.receivepack', 'true');
  return repo;
}

async function serve(repo: GitRepository, options?: GitHttpServerOptions) {
  return cleanup.add(await serveGitRepository(repo.gitDirectory, options), (one) => one.close());
}

async function chainTo(url: string, token?: string): Promise<CoverageChain> {
  const chain = await openCoverageChain({
    remote: { url, ...(token !== undefined && { token }) },
    scratchFolder: cleanup.folder(),
  });
  return cleanup.add(present(chain), (one) => one.close());
}

const commitOf = (number: number) => number.toString(16).padStart(40, '0');

function lines(...runs: readonly StatusRun[]): readonly StatusRun[] {
  return runs;
}

function shard(name: string, files: Readonly<Record<string, readonly StatusRun[]>>): ShardLines {
  return new Map([[name, new Map(Object.entries(files))]]);
}

const unit = shard('unit', {
  'src/a.ts': lines([3, 4, 'hit'], [9, 2, 'miss']),
  'src/deep/b c.ts': lines([1, 1, 'partial']),
  'main.ts': lines([1, 2, 'hit']),
});

const noModules = () => [];

async function write(url: string, commit: string, shards: ShardLines, run?: string) {
  return writeCoverageHistory({
    chain: await chainTo(url),
    commit,
    shards,
    modulesOf: noModules,
    ...(run !== undefined && { run }),
    retry: { pause: 100, attempts: 40 },
  });
}

describe('the stored coverage', () => {
  test('is read as it was written, newest first', async () => {
    const { url } = await serve(bare());
    expect(await write(url, commitOf(1), unit, '77/1')).toEqual({ done: 'stored the coverage of 0000000' });
    await write(url, commitOf(2), shard('unit', { 'src/a.ts': lines([1, 1, 'hit']) }));
    const chain = await chainTo(url);
    const index = present(await chain.index());
    expect(index.refused).toEqual([]);
    expect(index.entries.map(({ commit, totals, shards, run }) => ({ commit, totals, shards, run }))).toEqual(
      [
        {
          commit: commitOf(2),
          totals: { hit: 1, partial: 0, miss: 0 },
          shards: [{ name: 'unit', totals: { hit: 1, partial: 0, miss: 0 } }],
          run: undefined,
        },
        {
          commit: commitOf(1),
          totals: { hit: 6, partial: 1, miss: 2 },
          shards: [{ name: 'unit', totals: { hit: 6, partial: 1, miss: 2 } }],
          run: '77/1',
        },
      ],
    );
    const [, first] = index.entries;
    if (!first) throw new Error('no entry');
    expect(present(await chain.read([first])).get(first.id)).toEqual(unit);
  });

  test('of a repository where nothing was stored is empty, and said so by the server', async () => {
    const { url } = await serve(bare());
    expect(await (await chainTo(url)).index()).toEqual({ entries: [], refused: [] });
  });

  test('of a server that cannot be reached is not available, which is not empty', async () => {
    const server = await serve(bare());
    const { url } = server;
    await server.close();
    const index = await (await chainTo(url)).index();
    expect(isUnavailable(index) && index.unavailable).toContain('the stored coverage could not be read: ');
  });

  test('of a deleted ref starts anew', async () => {
    const repo = bare();
    const { url } = await serve(repo);
    await write(url, commitOf(1), unit);
    const chain = await chainTo(url);
    expect(present(await chain.index()).entries).toHaveLength(1);
    repo.git('update-ref', '-d', coverageRef);
    expect(await chain.index()).toEqual({ entries: [], refused: [] });
    await write(url, commitOf(2), unit);
    expect(present(await chain.index()).entries.map(({ commit }) => commit)).toEqual([commitOf(2)]);
  });

  test('is read and written in a repository with SHA-256 ids', async () => {
    const repo = bare('sha256');
    const { url } = await serve(repo);
    const commit = 'ab'.repeat(32);
    expect(await write(url, commit, unit)).toEqual({ done: 'stored the coverage of abababa' });
    expect(present(await (await chainTo(url)).index()).entries.map((entry) => entry.commit)).toEqual([
      commit,
    ]);
  });

  test('of another shard of the same commit stays, and totals count a line that both know once', async () => {
    const { url } = await serve(bare());
    await write(url, commitOf(1), shard('one', { 'a.ts': lines([1, 1, 'hit'], [2, 1, 'miss']) }));
    await write(
      url,
      commitOf(1),
      shard('two', { 'a.ts': lines([2, 1, 'partial']), 'b.ts': lines([1, 1, 'miss']) }),
    );
    const chain = await chainTo(url);
    const index = present(await chain.index());
    expect(index.entries[0]).toMatchObject({
      commit: commitOf(1),
      totals: { hit: 1, partial: 1, miss: 1 },
      shards: [
        { name: 'one', totals: { hit: 1, partial: 0, miss: 1 } },
        { name: 'two', totals: { hit: 0, partial: 1, miss: 1 } },
      ],
    });
  });

  test('an unchanged directory is the same object in the next entry', async () => {
    const repo = bare();
    const { url } = await serve(repo);
    const big = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`big/f${i}.ts`, lines([i + 1, 7, 'hit'])]),
    );
    await write(url, commitOf(1), shard('unit', { ...big, 'small/a.ts': lines([1, 1, 'hit']) }));
    await write(url, commitOf(2), shard('unit', { ...big, 'small/a.ts': lines([1, 1, 'miss']) }));
    const leaf = (at: string) => repo.git('rev-parse', `${at}:unit/big/%lines`);
    expect(leaf(coverageRef)).toBe(leaf(`${coverageRef}~1`));
    expect(repo.git('diff-tree', '-r', '--name-only', `${coverageRef}~1`, coverageRef)).toBe(
      'unit/small/%lines',
    );
  });

  test('a push from a shallow, treeless clone keeps the whole chain on the server', async () => {
    const repo = bare();
    const { url } = await serve(repo);
    await write(url, commitOf(1), unit);
    repo.git('update-ref', 'refs/heads/long', coverageRef);
    for (let number = 2; number <= 60; number += 1) {
      repo.commit(
        {},
        {
          branch: 'long',
          message: `coverage ${commitOf(number)}\n\nformat: 1\nlines: 6 1 2\nshard: unit 6 1 2\n`,
        },
      );
    }
    repo.git('update-ref', coverageRef, 'refs/heads/long');
    repo.git('update-ref', '-d', 'refs/heads/long');
    await write(url, commitOf(61), unit);
    expect(repo.git('rev-list', '--count', coverageRef)).toBe('61');
    repo.git('fsck', '--connectivity-only');
  });
});

describe('writers at once', () => {
  test('twenty of them for twenty commits lose nothing, the first write included', {
    timeout: 120_000,
  }, async () => {
    const { url } = await serve(bare());
    const kept = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        write(url, commitOf(number + 1), shard('unit', { 'a.ts': lines([number + 1, 1, 'hit']) })),
      ),
    );
    expect(kept.filter(({ problem }) => problem)).toEqual([]);
    const index = present(await (await chainTo(url)).index());
    expect(new Set(index.entries.map(({ commit }) => commit)).size).toBe(20);
  });

  test('eight shards of one commit are all in its newest entry', { timeout: 120_000 }, async () => {
    const { url } = await serve(bare());
    const kept = await Promise.all(
      Array.from({ length: 8 }, (_, number) =>
        write(
          url,
          commitOf(1),
          shard(`job-${number}`, { [`dir${number}/a.ts`]: lines([1, number + 1, 'hit']) }),
        ),
      ),
    );
    expect(kept.filter(({ problem }) => problem)).toEqual([]);
    const chain = await chainTo(url);
    const [newest] = present(await chain.index()).entries;
    expect(newest?.shards).toHaveLength(8);
    expect(newest?.totals).toEqual({ hit: 36, partial: 0, miss: 0 });
  });
});

describe('a push that is refused', () => {
  const ref = `x:${coverageRef}\t`;
  test.each([
    [`!\t${ref}[rejected] (stale info)`],
    [`!\t${ref}[rejected] (fetch first)`],
    [`!\t${ref}[rejected] (non-fast-forward)`],
    [`!\t${ref}[remote rejected] (failed to update ref)`],
    [`!\t${ref}[remote rejected] (cannot lock ref 'x': is at 1 but expected 2)`],
  ])('%s is a race that was lost', (line) => {
    expect(isLostRace(line)).toBe(true);
    expect(outcomeOfPush(`To server\n${line}\nDone`, '', coverageRef, {})).toBe('moved');
  });

  test.each([
    [`!\t${ref}[remote rejected] (pre-receive hook declined)`, 'pre-receive hook declined'],
    [`!\t${ref}[remote rejected] (protected branch hook declined)`, 'protected branch hook declined'],
    [
      `!\t${ref}[remote rejected] (push declined due to repository rule violations)`,
      'repository rule violations',
    ],
  ])('%s is refused for good', (line, words) => {
    const outcome = outcomeOfPush(line, '', coverageRef, {});
    expect(isUnavailable(outcome) && outcome.unavailable).toContain(words);
  });

  test('by a hook is told once, without trying again', async () => {
    const repo = bare();
    const hook = `${repo.gitDirectory}/hooks/pre-receive`;
    spawnSync('sh', [
      '-c',
      `mkdir -p ${repo.gitDirectory}/hooks && printf '#!/bin/sh\\nexit 1\\n' > ${hook} && chmod +x ${hook}`,
    ]);
    const server = await serve(repo);
    const { problem } = await write(server.url, commitOf(1), unit);
    expect(problem).toBe(
      'The coverage of 0000000 was not stored: the server refused it ([remote rejected] (pre-receive hook declined)) (it needs contents: write; without it changes are judged by their own lines alone)',
    );
    expect(server.requests.filter((request) => request.endsWith('/git-receive-pack'))).toHaveLength(1);
  });

  test('for want of a token is told without the token of anybody', async () => {
    const server = await serve(bare(), { authorization: 'AUTHORIZATION of nobody' });
    const { problem } = await writeCoverageHistory({
      chain: await chainTo(server.url, 'secret-token'),
      commit: commitOf(1),
      shards: unit,
      modulesOf: noModules,
    });
    expect(problem).toContain('The coverage of 0000000 was not stored: ');
    expect(problem).not.toContain('secret-token');
  });
});

describe('what it costs', () => {
  test('the index of 200 is 3 requests, an entry 4 more, and each carries one Authorization header', async () => {
    const repo = bare();
    const open = await serve(repo);
    const writer = await chainTo(open.url);
    let tip: string | undefined;
    for (let number = 1; number <= 5; number += 1) {
      await writer.append({ commit: commitOf(number), shards: unit, modules: [] }, tip);
      tip = repo.git('rev-parse', coverageRef);
    }
    const header = `basic ${Buffer.from('x-access-token:token').toString('base64')}`;
    const server = await serve(repo, { authorization: header });
    const chain = await chainTo(server.url, 'token');
    const index = present(await chain.index());
    expect(server.requests.length).toBeLessThanOrEqual(3);
    const before = server.requests.length;
    present(await chain.read(index.entries));
    expect(server.requests.length - before).toBeLessThanOrEqual(4);
    expect(new Set(server.authorizations)).toEqual(new Set([header]));
  });
});

describe('forged and broken entries', () => {
  async function forged(message: string, files: Readonly<Record<string, string>>) {
    const repo = bare();
    const chain = await chainTo((await serve(repo)).url);
    await chain.append({ commit: commitOf(1), shards: unit, modules: [] }, undefined);
    const parents = [repo.git('rev-parse', coverageRef)];
    repo.commit(
      Object.fromEntries(['unit', ...Object.keys(files)].map((path) => [path, files[path] ?? null])),
      {
        branch: 'forged',
        parents,
        message,
      },
    );
    repo.git('update-ref', coverageRef, 'refs/heads/forged');
    return chain;
  }

  const good = `coverage ${commitOf(2)}\n\nformat: 1\nlines: 1 0 0\nshard: unit 1 0 0\n`;

  test.each([
    ['anything', 'its message names no commit'],
    [`coverage ${commitOf(2)}\n\nformat: 2\n`, 'it has format 2, and this version of Review Vitals reads 1'],
    [
      `coverage ${commitOf(2)}\n\nformat: 1\nlines: 1 0 0\n`,
      'its message names its shards in no way that is written',
    ],
    [`${good}${'x'.repeat(70_000)}`, 'its message is longer than any that is written'],
    [good.replace('lines: 1', 'lines: 900'), 'its totals and those of its shards contradict each other'],
  ])('message %# is refused with a sentence, and the entries below stay', async (message, why) => {
    const index = present(await (await forged(message, {})).index());
    expect(index.refused).toEqual([expect.stringMatching(/^the stored coverage [0-9a-f]{7} was refused: /)]);
    expect(index.refused[0]).toContain(why);
    expect(index.entries.map(({ commit }) => commit)).toEqual([commitOf(1)]);
  });

  test.each([
    [{ 'unit/%lines': 'a.ts 1 0 0 h\n' }, undefined],
    [{ 'unit/%lines': 'a.ts 2 0 0 h2\n' }, 'its message and its files contradict each other in `unit`'],
    [
      { 'unit/%lines': 'a.ts 1 0 0 h2\n' },
      'in `unit/%lines` line 1 has totals that its own lines contradict',
    ],
    [{ 'unit/%lines': 'a.ts 1 0 0 h' }, 'in `unit/%lines` its last line has no end'],
    [{ 'unit/%lines': '..%2Fa.ts 1 0 0 h\n' }, 'in `unit/%lines` line 1 names no file'],
    [{ 'unit/lines': 'a.ts 1 0 0 h\n' }, 'it holds `unit/lines`, which is no coverage'],
    [
      { 'unit/%2E%2E%2Fx/%lines': 'a.ts 1 0 0 h\n' },
      'it holds `unit/%2E%2E%2Fx/%lines`, which is no coverage',
    ],
    [{}, 'its message names a shard that it does not hold'],
    [{ 'unit/%lines': 'x'.repeat(4_100_000) }, 'larger than any that is written (over 4 MB)'],
  ] as const)('tree %# is read or refused with a sentence', async (files, why) => {
    const chain = await forged(good, { ...files } as Record<string, string>);
    const [entry] = present(await chain.index()).entries;
    if (!entry) throw new Error('no entry');
    const read = await chain.read([entry]);
    const lines = isUnavailable(read) ? read : read.get(entry.id);
    if (why === undefined) expect(lines).toEqual(shard('unit', { 'a.ts': lines_([1, 1, 'hit']) }));
    else expect(isUnavailable(lines) && lines.unavailable).toContain(why);
  });

  const lines_ = lines;

  test('an executable, a link or a submodule is refused', async () => {
    const repo = bare();
    const chain = await chainTo((await serve(repo)).url);
    repo.commit({ 'unit/%lines': { link: '/etc/passwd' } }, { branch: 'forged', message: good });
    repo.git('update-ref', coverageRef, 'refs/heads/forged');
    const [entry] = present(await chain.index()).entries;
    if (!entry) throw new Error('no entry');
    const read = await chain.read([entry]);
    expect(isUnavailable(read) && read.unavailable).toContain('holds something that is no plain file');
  });

  test('a refused entry for the same commit is written over', async () => {
    const repo = bare();
    const { url } = await serve(repo);
    repo.commit({ 'unit/%lines': 'nonsense' }, { branch: 'forged', message: good });
    repo.git('update-ref', coverageRef, 'refs/heads/forged');
    expect(await write(url, commitOf(2), unit)).toEqual({ done: 'stored the coverage of 0000000' });
    const chain = await chainTo(url);
    const [entry] = present(await chain.index()).entries;
    if (!entry) throw new Error('no entry');
    expect(present(await chain.read([entry])).get(entry.id)).toEqual(unit);
  });
});
