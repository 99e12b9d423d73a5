import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptObjects, ScratchRepository } from '../../collect/git/scratch-repository.ts';
import {
  describePack,
  emptyClone,
  holding,
  isThere,
  isWhole,
  type KeptCommits,
  linkPack,
  noteUse,
  nothingKept,
  type Pack,
  packsIn,
  readKept,
  removeStrays,
  writeKept,
} from './clone-folder.ts';

/** What a job borrows and gives back. */
export interface KeptClone extends KeptObjects {
  /** Git met something it could not read among what was lent. The clone is gone, and the next try starts without. */
  isBroken(): boolean;
  drop(): Promise<void>;
}

export interface KeptCloneOptions {
  readonly folder: string;
  /** Told what went wrong, in words; nothing hangs on it. */
  readonly warn: (problem: string) => void;
  /** After the clone has grown. */
  readonly grown: () => Promise<void>;
  /** Git looks through every pack for every object; above this they are made one. Default 32. */
  readonly mostPacks?: number;
}

/** Offered to the server at the next fetch, which finds the newest ones in common and needs no older ones. */
const mostCommits = 500;
const repackSeconds = 300;
/** Names of about four million objects; what is larger is fetched anew each time. */
const largestListing = 256 * 1024 * 1024;
const hasPromisor = ['-c', 'remote.origin.promisor=true', '-c', 'remote.origin.partialclonefilter=tree:0'];

/**
 * The clone of one repository: commits and trees, without the content of files. What it lends has two names on the disk,
 * so it can be thrown away while a job still works with it.
 */
export function keptClone({ folder, warn, grown, mostPacks = 32 }: KeptCloneOptions): KeptClone {
  let lent: KeptCommits = nothingKept;
  let isBroken = false;

  async function lend(scratch: ScratchRepository): Promise<void> {
    if (!(await isThere(folder))) return;
    const packFolder = packFolderOf(scratch);
    try {
      await holding(folder, async () => {
        const kept = await readKept(folder);
        if (!kept || !(await isWhole(folder, kept))) {
          warn('the clone is not whole and starts anew');
          await emptyClone(folder);
          return;
        }
        for (const pack of kept.packs) await linkPack(pack, folder, packFolder);
        await writeFile(join(scratch.gitDirectory, 'packed-refs'), refsOf(kept.commits));
        await noteUse(folder);
        lent = kept;
      });
    } catch (error) {
      // Some commits without what lies behind them would be worse than none.
      await rm(packFolder, { recursive: true, force: true });
      await rm(join(scratch.gitDirectory, 'packed-refs'), { force: true });
      warn(`the clone could not be lent: ${String(error)}`);
    }
  }

  async function take(scratch: ScratchRepository, failed: boolean): Promise<void> {
    try {
      if (!failed) return await keepFetched(scratch);
      if (lent.packs.length === 0) return;
      isBroken = true;
      warn('git failed on the clone, which starts anew');
      await drop();
    } catch (error) {
      warn(`the clone could not be kept: ${String(error)}`);
    }
  }

  async function keepFetched(scratch: ScratchRepository): Promise<void> {
    // Where history ends early nothing can be kept: commits are taken for whole when they are there.
    if (await exists(join(scratch.gitDirectory, 'shallow'))) return;
    const packFolder = packFolderOf(scratch);
    const known = new Set(lent.packs.map(({ name }) => name));
    const fresh: Pack[] = [];
    for (const pack of await packsIn(packFolder)) {
      if (known.has(pack.name)) continue;
      if (await holdsFiles(scratch, pack)) await removePack(packFolder, pack);
      else fresh.push(pack);
    }
    if (fresh.length === 0) return;
    const isMany = lent.packs.length + fresh.length > mostPacks;
    if (isMany) await scratch.run([...hasPromisor, 'repack', '-a', '-d', '-q'], { seconds: repackSeconds });
    const own = await Promise.all(
      (isMany ? await packsIn(packFolder) : fresh).map((pack) => describePack(packFolder, pack)),
    );
    const replaced = isMany ? known : new Set<string>();
    const before = new Set(lent.commits);
    const fetched = (await keptCommits(scratch)).filter((id) => !before.has(id));
    await holding(folder, async () => {
      const now = (await readKept(folder)) ?? nothingKept;
      await removeStrays(folder, now.packs);
      for (const pack of own) await linkPack(pack, packFolder, folder);
      const names = new Set([...replaced, ...own.map(({ name }) => name)]);
      await writeKept(folder, {
        packs: [...own, ...now.packs.filter(({ name }) => !names.has(name))],
        commits: [...new Set([...fetched, ...now.commits])].slice(0, mostCommits),
      });
    });
    await grown();
  }

  async function drop(): Promise<void> {
    if (await holding(folder, () => emptyClone(folder))) await rm(folder, { recursive: true, force: true });
  }

  return { lend, take, drop, isBroken: () => isBroken };
}

function packFolderOf({ gitDirectory }: ScratchRepository): string {
  return join(gitDirectory, 'objects', 'pack');
}

/** The names under which fetched commits are kept, so that the next fetch offers them. */
const keptRefs = 'refs/review-vitals/kept/';

function refsOf(commits: readonly string[]): string {
  return commits.map((id) => `${id} ${keptRefs}${id}\n`).join('');
}

async function keptCommits(scratch: ScratchRepository): Promise<readonly string[]> {
  const { stdout } = await scratch.run(['for-each-ref', '--format=%(objectname)', keptRefs]);
  return stdout.toString('latin1').split('\n').filter(scratch.isObjectId);
}

/** Whether a pack holds content of files, which is not kept; so it is taken for when it cannot be told. */
async function holdsFiles(scratch: ScratchRepository, { name, endings }: Pack): Promise<boolean> {
  // Without this mark it was not fetched in part, and git would miss what it points to.
  if (!endings.includes('promisor')) return true;
  const index = await readFile(join(packFolderOf(scratch), `${name}.idx`));
  const listed = await scratch.run(['show-index', `--object-format=${scratch.objectFormat}`], {
    input: index,
    maxBytes: largestListing,
  });
  const ids = listed.stdout.toString('latin1').replace(/^\d+ ([\da-f]+).*$/gm, '$1');
  const { stdout } = await scratch.run(['cat-file', '--batch-check=%(objecttype)', '--buffer'], {
    input: ids,
    maxBytes: largestListing,
  });
  return /^blob$/m.test(stdout.toString('latin1'));
}

async function removePack(folder: string, { name, endings }: Pack): Promise<void> {
  for (const ending of endings.toReversed()) await rm(join(folder, `${name}.${ending}`));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
