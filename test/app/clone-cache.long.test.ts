import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CloneCache, openCloneCache } from '../../src/app/clones/clone-cache.ts';
import { describePack, isWhole, readKept, writeKept } from '../../src/app/clones/clone-folder.ts';
import { type KeptClone, keptClone } from '../../src/app/clones/kept-clone.ts';
import { createLog } from '../../src/app/log.ts';
import type { Change } from '../../src/core/change.ts';
import { createCleanup, opened, present } from '../collect/git/opened.ts';
import { serveGitRepository } from '../support/git-http-server.ts';
import { createGitRepository, fixedGitEnvironment } from '../support/git-repository.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const token = 'ghs_aTokenThatStandsInNoFile0000000000';
const place = { installation: 11, repository: 1 };

function cacheIn(folder: string, mostBytes = 2 ** 30): { cache: CloneCache; lines: string[] } {
  const lines: string[] = [];
  return {
    cache: openCloneCache({ folder, mostBytes, log: createLog('info', (line) => lines.push(line)) }),
    lines,
  };
}

function clone(cache: CloneCache, of = place): KeptClone {
  const found = cache.of(of);
  if (!found) throw new Error('The cache keeps nothing.');
  return found;
}

/** A repository with a pull request of one commit, and a server for it that wants the token. */
async function remote() {
  const repo = cleanup.add(createGitRepository(), (one) => one.remove());
  repo.commit({ 'a.txt': 'one\n', 'src/b.txt': 'two\n' });
  const base = repo.commit({ 'a.txt': 'one\nmore\n' });
  repo.branch('feature', base);
  const head = repo.commit({ 'src/b.txt': 'two\nchanged\n' }, { branch: 'feature' });
  const server = await serveGitRepository(repo.gitDirectory, {
    authorization: `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
  });
  cleanup.add(server, (one) => one.close());
  return { repo, base, head, server };
}

type Served = Awaited<ReturnType<typeof remote>>;

/** Opens the repository as a job does, reads the change, closes it; gives the change and how often the server was asked. */
async function job(
  { server }: Served,
  ends: { readonly base: string; readonly head: string },
  kept?: KeptClone,
): Promise<{ readonly change: Change; readonly fetches: number }> {
  const before = server.requests.length;
  const repository = await opened(cleanup, { remote: { url: server.url, token, ...(kept && { kept }) } });
  const change = present(await repository.readChange({ ...ends, baseName: 'main' }));
  await repository.close();
  const asked = server.requests.slice(before);
  return { change, fetches: asked.filter((line) => line.startsWith('POST')).length };
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .toSorted();
}

/** How many objects of each kind the packs of a clone hold. */
function kindsIn(folder: string): Readonly<Record<string, number>> {
  const git = cleanup.folder();
  spawnSync('git', ['init', '-q', '--bare', git], { env: fixedGitEnvironment });
  for (const name of readdirSync(folder).filter((file) => file.startsWith('pack-')))
    writeFileSync(join(git, 'objects/pack', name), readFileSync(join(folder, name)));
  const { stdout } = spawnSync('git', ['cat-file', '--batch-all-objects', '--batch-check=%(objecttype)'], {
    cwd: git,
    env: fixedGitEnvironment,
  });
  const kinds = stdout.toString().trim().split('\n').filter(Boolean);
  return Object.fromEntries([...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
}

describe('a kept clone', () => {
  it('saves the next job the history and the trees, and nothing of what it finds differs', async () => {
    const served = await remote();
    const { cache, lines } = cacheIn(cleanup.folder());
    const without = await job(served, served);
    const first = await job(served, served, clone(cache));
    const second = await job(served, served, clone(cache));
    expect(first).toEqual(without);
    expect(second.change).toEqual(without.change);
    // The content of the changed file is all that is asked for.
    expect(second.fetches).toBe(1);
    expect(without.fetches).toBeGreaterThan(second.fetches);
    expect(lines).toEqual([]);
  });

  it('holds commits and trees, and no content of any file', async () => {
    const served = await remote();
    const folder = cleanup.folder();
    const { cache } = cacheIn(folder);
    await job(served, served, clone(cache));
    const kinds = kindsIn(join(folder, '11/1'));
    expect(kinds).toEqual({ commit: 3, tree: 4 });
  });

  it('holds no token', async () => {
    const served = await remote();
    const folder = cleanup.folder();
    const { cache } = cacheIn(folder);
    await job(served, served, clone(cache));
    expect(filesOf(folder).length).toBeGreaterThan(4);
    for (const name of filesOf(folder)) {
      const content = readFileSync(join(folder, name)).toString('latin1');
      expect(content).not.toContain(token);
      expect(content).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64'));
    }
  });

  it('takes on what is pushed later', async () => {
    const served = await remote();
    const { cache } = cacheIn(cleanup.folder());
    await job(served, served, clone(cache));
    const head = served.repo.commit({ 'src/b.txt': 'two\nchanged again\n' }, { branch: 'feature' });
    const ends = { base: served.base, head };
    const third = await job(served, ends, clone(cache));
    expect(third.change).toEqual((await job(served, ends)).change);
    expect((await job(served, ends, clone(cache))).fetches).toBeLessThan(third.fetches);
  });

  it('is given to two jobs at once, and takes from both', async () => {
    const served = await remote();
    const folder = cleanup.folder();
    const { cache } = cacheIn(folder);
    served.repo.branch('other', served.base);
    const other = served.repo.commit({ 'c.txt': 'three\n' }, { branch: 'other' });
    await job(served, { base: served.base, head: served.base }, clone(cache));
    await Promise.all([
      job(served, served, clone(cache)),
      job(served, { base: served.base, head: other }, clone(cache)),
    ]);
    expect(kindsIn(join(folder, '11/1')).commit).toBe(4);
    expect((await job(served, { base: served.base, head: other }, clone(cache))).fetches).toBeLessThan(
      (await job(served, { base: served.base, head: other })).fetches,
    );
  });

  it('of many packs is made one pack, without losing a commit', async () => {
    const served = await remote();
    const folder = join(cleanup.folder(), 'clone');
    const problems: string[] = [];
    const kept = () =>
      keptClone({
        folder,
        warn: (problem) => problems.push(problem),
        grown: async () => undefined,
        mostPacks: 4,
      });
    let head = served.head;
    const packs: number[] = [];
    for (let push = 0; push < 4; push += 1) {
      await job(served, { base: served.base, head }, kept());
      packs.push(readdirSync(folder).filter((name) => name.endsWith('.pack')).length);
      head = served.repo.commit({ 'src/b.txt': `push ${push}\n` }, { branch: 'feature' });
    }
    expect(problems).toEqual([]);
    expect(Math.max(...packs)).toBeLessThanOrEqual(4);
    expect(packs).toContain(1);
    expect(kindsIn(folder).blob).toBeUndefined();
    expect(kindsIn(folder).commit).toBe(6);
    expect((await job(served, { base: served.base, head }, kept())).change).toEqual(
      (await job(served, { base: served.base, head })).change,
    );
  });
});

describe('a clone that is not as it was left', () => {
  const packName = `pack-${'1'.repeat(40)}`;
  const manifestFile = 'manifest.json';
  const edit = (file: string, change: (text: string) => string): void =>
    writeFileSync(file, change(readFileSync(file, 'latin1')), 'latin1');

  /** What a clone's folder holds; git is not asked here. */
  async function written(): Promise<string> {
    const folder = cleanup.folder();
    for (const ending of ['pack', 'promisor', 'idx']) {
      writeFileSync(join(folder, `${packName}.${ending}`), `the content of ${ending}`);
    }
    const pack = await describePack(folder, { name: packName, endings: ['pack', 'promisor', 'idx'] });
    await writeKept(folder, { packs: [pack], commits: ['2'.repeat(40)] });
    return folder;
  }

  async function isBelieved(folder: string): Promise<boolean> {
    const kept = await readKept(folder);
    return kept !== undefined && (await isWhole(folder, kept));
  }

  it('is believed when it is as it was left', async () => {
    expect(await isBelieved(await written())).toBe(true);
  });

  it.each<[string, string, (text: string) => string]>([
    ['with one other byte in a pack', `${packName}.pack`, (text) => text.replace('c', 'k')],
    ['with a pack that is too long', `${packName}.pack`, (text) => `${text}.`],
    ['with a pack that is cut off', `${packName}.pack`, (text) => text.slice(0, -1)],
    ['with an empty index', `${packName}.idx`, () => ''],
    ['whose manifest is cut off', manifestFile, (text) => text.slice(0, -20)],
    ['whose manifest is empty', manifestFile, () => ''],
    ['whose manifest says nothing', manifestFile, () => 'null'],
    ['whose manifest names a file elsewhere', manifestFile, (text) => text.replace(packName, '../pack-1')],
    ['whose manifest names a file of another kind', manifestFile, (text) => text.replace('"idx"', '"keep"')],
    ['whose manifest names no commit', manifestFile, (text) => text.replace('2222', '../x')],
    ['of another version', manifestFile, (text) => text.replace('"version":1', '"version":2')],
  ])('%s is not believed', async (_case, file, change) => {
    const folder = await written();
    edit(join(folder, file), change);
    expect(await isBelieved(folder)).toBe(false);
  });

  it.each(['pack', 'promisor', 'idx'])('whose .%s is gone is not believed', async (ending) => {
    const folder = await written();
    rmSync(join(folder, `${packName}.${ending}`));
    expect(await isBelieved(folder)).toBe(false);
  });

  it('starts anew, and what a killed process has left in it goes', async () => {
    const served = await remote();
    const folder = cleanup.folder();
    const { cache, lines } = cacheIn(folder);
    const whole = await job(served, served, clone(cache));
    const at = join(folder, '11/1');
    const pack = readdirSync(at).find((name) => name.endsWith('.pack')) ?? '';
    const bytes = readFileSync(join(at, pack));
    rmSync(join(at, pack));
    writeFileSync(join(at, pack), bytes.fill((bytes[40] ?? 0) ^ 1, 40, 41));
    writeFileSync(join(at, `${packName}.pack`), 'half a pa');
    expect(await job(served, served, clone(cache))).toEqual(whole);
    expect(lines.map((line) => JSON.parse(line).problem)).toEqual(['the clone is not whole and starts anew']);
    expect(readdirSync(at)).not.toContain(`${packName}.pack`);
    expect((await job(served, served, clone(cache))).fetches).toBe(1);
  });

  it('and still passes for whole is thrown away when git fails on it, and the job is told', async () => {
    const served = await remote();
    const folder = cleanup.folder();
    const { cache, lines } = cacheIn(folder);
    await job(served, served, clone(cache));
    // A tree whose folder is not there: as a defect of ours would leave it.
    const head = served.repo.commit({ 'src/b.txt': 'later\n' }, { branch: 'feature' });
    addPack(served, join(folder, '11/1'), [head, served.repo.git('rev-parse', `${head}^{tree}`)]);

    const broken = clone(cache);
    const repository = await opened(cleanup, { remote: { url: served.server.url, token, kept: broken } });
    const read = await repository.readChange({ base: served.base, head, baseName: 'main' });
    await repository.close();
    expect('unavailable' in read ? read.unavailable : 'nothing was missed').toMatch(/could not be read/);
    expect(broken.isBroken()).toBe(true);
    expect(existsSync(join(folder, '11/1'))).toBe(false);
    expect(lines.map((line) => JSON.parse(line).problem)).toEqual([
      'git failed on the clone, which starts anew',
    ]);
    const again = clone(cache);
    expect((await job(served, { base: served.base, head }, again)).change.head).toBe(head);
    expect(again.isBroken()).toBe(false);
  });

  it('and lacks a commit in between gives no wrong merge base', async () => {
    const served = await remote();
    const folder = cleanup.folder();
    const { cache } = cacheIn(folder);
    await job(served, served, clone(cache));
    served.repo.commit({ 'src/b.txt': 'between\n' }, { branch: 'feature' });
    const head = served.repo.commit({ 'src/b.txt': 'later\n' }, { branch: 'feature' });
    addPack(served, join(folder, '11/1'), [head]);
    const kept = clone(cache);
    const repository = await opened(cleanup, { remote: { url: served.server.url, token, kept } });
    const read = await repository.readChange({ base: served.base, head, baseName: 'main' });
    await repository.close();
    expect('unavailable' in read ? read.unavailable : 'nothing was missed').toMatch(/ends early/);
    // What a job does then.
    await kept.drop();
    expect((await job(served, { base: served.base, head }, clone(cache))).change.commits).toHaveLength(3);
  });
});

describe('the limit of all clones', () => {
  /** Three clones, used at nine, ten and eleven o'clock. */
  async function three(folder: string): Promise<Served> {
    const served = await remote();
    for (const repository of [1, 2, 3]) {
      await job(served, served, clone(cacheIn(folder).cache, { installation: 11, repository }));
      const hour = new Date(`2026-11-16T${String(8 + repository).padStart(2, '0')}:00:00Z`);
      utimesSync(join(folder, `11/${repository}/manifest.json`), hour, hour);
    }
    return served;
  }
  const bytesOf = (folder: string): number =>
    readdirSync(folder)
      .filter((name) => name !== 'lock')
      .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const repositoriesIn = (folder: string): readonly string[] =>
    existsSync(join(folder, '11')) ? readdirSync(join(folder, '11')).toSorted() : [];

  it('lets those make way that were unused for longest', async () => {
    const folder = cleanup.folder();
    const served = await three(folder);
    const each = bytesOf(join(folder, '11/1'));
    // The one that was used first is used again, so the second one is the oldest.
    await job(served, served, clone(cacheIn(folder).cache, { installation: 11, repository: 1 }));
    const { cache, lines } = cacheIn(folder, Math.floor(each * 3.5));
    await job(served, served, clone(cache, { installation: 11, repository: 4 }));
    expect(repositoriesIn(folder)).toEqual(['1', '3', '4']);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { message: 'a kept clone made way', installation: 11, repository: 2, megabytes: 1 },
    ]);
  });

  it('keeps all that fit exactly, and one fewer below', async () => {
    const folder = cleanup.folder();
    const served = await three(folder);
    const total = [1, 2, 3].reduce((sum, one) => sum + bytesOf(join(folder, `11/${one}`)), 0);
    const fourth = { installation: 11, repository: 4 };
    const each = bytesOf(join(folder, '11/1'));
    await job(served, served, clone(cacheIn(folder, total + each).cache, fourth));
    expect(repositoriesIn(folder)).toEqual(['1', '2', '3', '4']);
    rmSync(join(folder, '11/4'), { recursive: true });
    await job(served, served, clone(cacheIn(folder, total + each - 1).cache, fourth));
    expect(repositoriesIn(folder)).toEqual(['2', '3', '4']);
  });

  it('throws a clone away that does not fit alone', async () => {
    const folder = cleanup.folder();
    const served = await remote();
    await job(served, served, clone(cacheIn(folder, 10).cache));
    expect(repositoriesIn(folder)).toEqual([]);
  });

  it('of 0 keeps nothing', () => {
    expect(cacheIn(cleanup.folder(), 0).cache.of(place)).toBeUndefined();
  });
});

describe('clones of what the App no longer sees', () => {
  function made(folder: string): void {
    for (const path of ['11/1', '11/2', '22/3']) {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, 'manifest.json'), '{"version":1,"packs":[],"commits":[]}');
    }
  }
  const clonesIn = (folder: string): readonly string[] =>
    filesOf(folder)
      .filter((name) => name.endsWith('manifest.json'))
      .map((name) => name.slice(0, -14));

  it('are deleted with the installation', async () => {
    const folder = cleanup.folder();
    made(folder);
    await cacheIn(folder).cache.retainOf(11, []);
    expect(clonesIn(folder)).toEqual(['22/3']);
    expect(existsSync(join(folder, '11'))).toBe(false);
  });

  it('are deleted with the repository', async () => {
    const folder = cleanup.folder();
    made(folder);
    await cacheIn(folder).cache.retainOf(11, [2]);
    expect(clonesIn(folder)).toEqual(['11/2', '22/3']);
  });

  it('are found on a machine that did not hear of it', async () => {
    const folder = cleanup.folder();
    made(folder);
    mkdirSync(join(folder, '22/4'));
    await cacheIn(folder).cache.retain([{ installation: 11, repository: 1 }]);
    expect(clonesIn(folder)).toEqual(['11/1']);
    expect(existsSync(join(folder, '22/4'))).toBe(false);
  });
});

/** Puts a pack of these objects alone into a clone, as if it had been kept. */
function addPack({ repo }: Served, folder: string, ids: readonly string[]): void {
  const at = join(cleanup.folder(), 'pack');
  const packed = spawnSync('git', ['pack-objects', '-q', at], {
    cwd: repo.folder,
    env: fixedGitEnvironment,
    input: ids.map((id) => `${id}\n`).join(''),
  });
  const name = `pack-${packed.stdout.toString().trim()}`;
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const files = ['pack', 'idx'].map((ending) => {
    const bytes = readFileSync(`${at}-${name.slice(5)}.${ending}`);
    writeFileSync(join(folder, `${name}.${ending}`), bytes);
    return { ending, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  const packs = [...manifest.packs, { name, files }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, packs }));
}
