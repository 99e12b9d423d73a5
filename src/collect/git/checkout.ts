import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CommitId } from '../../core/change.ts';
import { offline } from './git-environment.ts';
import { GitFailure } from './git-failure.ts';
import { type Environment, runGit } from './git-process.ts';

export type ObjectFormat = 'sha1' | 'sha256';

/** What is known of a checkout after looking at it. It is only ever read. */
export interface Checkout {
  /** Its real path. */
  readonly folder: string;
  readonly objectsFolder: string;
  readonly objectFormat: ObjectFormat;
  /** Why its objects cannot stand for the whole history; absent when they can. */
  readonly incomplete?: 'shallow' | 'partial';
  /** The address of its `origin`, as its configuration has it: untrusted, and never given a token. */
  readonly origin?: string;
  readonly head?: CommitId;
  /** Full ref name → id, as stored (an annotated tag is the tag's id); of a bare one with its HEAD as that of `origin`. */
  readonly refs: ReadonlyMap<string, CommitId>;
}

const describing = [
  'rev-parse',
  '--git-path',
  'objects',
  '--is-shallow-repository',
  '--show-object-format',
  '--is-bare-repository',
];

/** `git rev-parse` and its like touch neither index nor work tree, so they are done in no time or something is wrong. */
const seconds = 30;

/**
 * Looks at a work tree, a linked work tree, a submodule's work tree or a bare repository. Only plumbing runs that reads
 * no index and starts no helper, without network; the scratch `.gitconfig` calls every folder safe, since nothing of
 * its configuration is carried out. Throws `GitFailure`.
 */
export async function inspectCheckout(folder: string, environment: Environment): Promise<Checkout> {
  const cwd = realFolder(folder);
  const env = offline(environment);
  const read = async (args: readonly string[], answers: readonly number[] = []) =>
    runGit({ args, cwd, env, seconds, answers });
  const [description, settings, refs] = await allInOrder([
    // On a branch without a commit it ends with 1, after the first four answers.
    read([...describing, '--verify', '--quiet', 'HEAD'], [1]),
    read(
      [
        'config',
        '--null',
        '--get-regexp',
        '^(extensions\\.partialclone|remote\\..*\\.(promisor|partialclonefilter|url))$',
      ],
      [1],
    ),
    readRefs(read),
  ]);

  const [objects, shallow, format, bare, head = '', ...more] = description.stdout
    .toString('utf8')
    .replace(/\n$/, '')
    .split('\n');
  if (objects === undefined || more.length > 0 || (format !== 'sha1' && format !== 'sha256')) {
    throw new GitFailure(
      'git describes the folder in a way that is not understood; is there a line break in its path?',
    );
  }
  const objectsFolder = await realpath(resolve(cwd, objects));
  const entries = settings.stdout
    .toString('utf8')
    .split('\0')
    .map((entry) => {
      const end = entry.indexOf('\n');
      return end < 0 ? ([entry, ''] as const) : ([entry.slice(0, end), entry.slice(end + 1)] as const);
    });
  const isPartial =
    entries.some(([key]) => /^extensions\.partialclone$|\.(promisor|partialclonefilter)$/i.test(key)) ||
    (await holdsPromisorPack(objectsFolder));
  const origin = entries.find(([key]) => key === 'remote.origin.url')?.[1];
  // A bare clone keeps the branches of its origin as its own, and the origin's HEAD with them.
  const names = bare === 'true' && head ? new Map([...refs, ['refs/remotes/origin/HEAD', head]]) : refs;
  const incomplete = shallow !== 'false' ? 'shallow' : isPartial ? 'partial' : undefined;
  return {
    folder: cwd,
    objectsFolder,
    objectFormat: format,
    ...(incomplete ? { incomplete } : {}),
    ...(origin ? { origin: absoluteAddress(origin, cwd) } : {}),
    ...(head ? { head } : {}),
    refs: names,
  };
}

/** What they give, or the failure of the first in the list that failed, whichever failed first in time. */
async function allInOrder<const T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

async function readRefs(
  read: (args: readonly string[]) => Promise<{ readonly stdout: Buffer }>,
): Promise<ReadonlyMap<string, CommitId>> {
  const refs = new Map<string, CommitId>();
  const { stdout } = await read(['for-each-ref', '--format=%(objectname) %(refname)']);
  for (const line of stdout.toString('utf8').split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) refs.set(line.slice(space + 1), line.slice(0, space));
  }
  return refs;
}

function realFolder(folder: string): string {
  try {
    const status = statSync(folder, { throwIfNoEntry: false });
    if (!status) throw new GitFailure('there is no such folder');
    if (!status.isDirectory()) throw new GitFailure('it is a file: name the folder of a repository');
    accessSync(folder, constants.X_OK);
    return realpathSync(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error;
    // Started there, git itself would seem to be missing.
    throw new GitFailure(
      'this user may not enter the folder: run as its owner, or give the permission to read it',
    );
  }
}

async function holdsPromisorPack(objectsFolder: string): Promise<boolean> {
  const names = await readdir(join(objectsFolder, 'pack')).catch(() => []);
  return names.some((name) => name.endsWith('.promisor'));
}

/** A path is relative to the checkout, and ours is elsewhere. An address has a scheme or is `host:path`. */
function absoluteAddress(address: string, cwd: string): string {
  const isPath = !/^[^/]*:/.test(address);
  return isPath ? resolve(cwd, address) : address;
}
