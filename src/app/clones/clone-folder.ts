import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lockFolder } from '../storage/lock-folder.ts';

/** A pack with the files that belong to it. */
export interface Pack {
  /** "pack-" and git's own name. */
  readonly name: string;
  /** Endings; the index comes last: git takes a pack for whole once it is there. */
  readonly endings: readonly string[];
}

export interface KeptPack {
  readonly name: string;
  readonly files: readonly KeptFile[];
}

interface KeptFile {
  readonly ending: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a folder holds of a repository: its commits with their whole history, and trees; no content of any file. */
export interface KeptCommits {
  readonly packs: readonly KeptPack[];
  /** Commits that were asked for, newest first: the next fetch offers them to the server. */
  readonly commits: readonly string[];
}

interface Manifest extends KeptCommits {
  readonly version: 1;
}

const manifestFile = 'manifest.json';
const knownEndings = ['pack', 'rev', 'promisor', 'idx'];
const lockMilliseconds = 5000;

export const nothingKept: KeptCommits = { packs: [], commits: [] };

/**
 * Whether every file is there, byte for byte. git itself would not notice: where a part is lost, a history ends early and
 * a merge base is another commit, without an error.
 */
export async function isWhole(folder: string, { packs }: KeptCommits): Promise<boolean> {
  for (const { name, files } of packs) {
    for (const { ending, sha256 } of files) {
      if ((await digestOf(join(folder, `${name}.${ending}`)).catch(() => undefined)) !== sha256) return false;
    }
  }
  return true;
}

/** Writes the manifest in one step. The files it names are there already; those it does not name are removed. */
export async function writeKept(folder: string, { packs, commits }: KeptCommits): Promise<void> {
  const manifest: Manifest = { version: 1, packs, commits };
  const file = join(folder, manifestFile);
  await writeFile(`${file}.new`, JSON.stringify(manifest), { mode: 0o600 });
  await rename(`${file}.new`, file);
  await removeStrays(folder, packs);
}

/** What no manifest names was left by a process that was killed, and may be half a file. */
export async function removeStrays(folder: string, packs: readonly KeptPack[]): Promise<void> {
  const named = new Set(packs.flatMap(({ name, files }) => files.map(({ ending }) => `${name}.${ending}`)));
  for (const name of await readdir(folder).catch(() => [])) {
    if (/\.(?:pack|rev|promisor|idx)$/.test(name) && !named.has(name)) await rm(join(folder, name));
  }
}

/** Bytes and last use of a clone; undefined when it has no manifest. */
export async function usageOf(
  folder: string,
): Promise<{ readonly bytes: number; readonly usedAt: number } | undefined> {
  const found = await stat(join(folder, manifestFile)).catch(() => undefined);
  const kept = found && (await readKept(folder));
  if (!kept) return undefined;
  const sizes = kept.packs.flatMap(({ files }) => files.map(({ bytes }) => bytes));
  return { bytes: sizes.reduce((sum, bytes) => sum + bytes, found.size), usedAt: found.mtimeMs };
}

/** Whoever comes next finds nothing. */
export async function emptyClone(folder: string): Promise<void> {
  await rm(join(folder, manifestFile), { force: true });
  await removeStrays(folder, []);
}

export async function noteUse(folder: string): Promise<void> {
  const now = new Date();
  await utimes(join(folder, manifestFile), now, now);
}

export async function isThere(folder: string): Promise<boolean> {
  return (await stat(join(folder, manifestFile)).catch(() => undefined)) !== undefined;
}

/** The packs of a git repository that are whole. */
export async function packsIn(packFolder: string): Promise<readonly Pack[]> {
  const names = new Set(await readdir(packFolder).catch(() => []));
  return [...names]
    .filter((name) => /^pack-[\da-f]+\.idx$/.test(name))
    .map((file) => file.slice(0, -4))
    .map((name) => ({ name, endings: knownEndings.filter((ending) => names.has(`${name}.${ending}`)) }));
}

/** What the manifest says of a pack. */
export async function describePack(packFolder: string, { name, endings }: Pack): Promise<KeptPack> {
  const files: KeptFile[] = [];
  for (const ending of endings) {
    const file = join(packFolder, `${name}.${ending}`);
    files.push({ ending, bytes: (await stat(file)).size, sha256: await digestOf(file) });
  }
  return { name, files };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The same bytes under a second name where the disk can do that, so that neither side can take them from the other. */
export async function linkPack({ name, files }: KeptPack, from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const { ending } of files) {
    const file = `${name}.${ending}`;
    await link(join(from, file), join(to, file)).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      if (error.code === 'ENOENT') throw error;
      await copyFile(join(from, file), join(to, file));
    });
  }
}

/** One at a time for a clone, in all processes that share the folder. False: it was taken for longer than 5 seconds. */
export async function holding(folder: string, work: () => Promise<void>): Promise<boolean> {
  const deadline = Date.now() + lockMilliseconds;
  for (;;) {
    const lock = await lockFolder(folder);
    if (lock) {
      try {
        await work();
        return true;
      } finally {
        lock.release();
      }
    }
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a clone's manifest says; undefined when there is none that can be read. */
export async function readKept(folder: string): Promise<KeptCommits | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, manifestFile), 'utf8'));
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { version, packs, commits } = value as Partial<Record<keyof Manifest, unknown>>;
  return (
    version === 1 &&
    Array.isArray(commits) &&
    commits.every((id) => typeof id === 'string' && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(id)) &&
    Array.isArray(packs) &&
    packs.every(isPack)
  );
}

function isPack(value: unknown): value is KeptPack {
  if (typeof value !== 'object' || value === null) return false;
  const { name, files } = value as Partial<Record<keyof KeptPack, unknown>>;
  return (
    typeof name === 'string' && /^pack-[\da-f]+$/.test(name) && Array.isArray(files) && files.every(isFile)
  );
}

function isFile(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false;
  const { ending, bytes, sha256 } = value as Partial<Record<keyof KeptFile, unknown>>;
  return (
    typeof ending === 'string' &&
    knownEndings.includes(ending) &&
    typeof bytes === 'number' &&
    typeof sha256 === 'string'
  );
}
