import type { CommitId } from '../../core/change.ts';
import { isUnavailable, type Part, type Unavailable, unavailable } from '../../core/part.ts';
import { readChainEntries } from './chain-files.ts';
import { appendToChain } from './chain-push.ts';
import { hardenedEnvironment, type Remote } from './git-environment.ts';
import { GitFailure } from './git-failure.ts';
import { createScratchHome, createScratchRepository, type ScratchRepository } from './scratch-repository.ts';

export interface ChainOptions {
  readonly remote: Remote;
  /** An existing temporary folder; a new one is made in it and removed by `close`. */
  readonly scratchFolder: string;
  /** A ref that no clone fetches ("refs/review-vitals/coverage"). */
  readonly ref: string;
}

export interface ChainEntry {
  readonly id: CommitId;
  /** ISO 8601, UTC; as the writer's clock had it. */
  readonly writtenAt: string;
  readonly message: string;
}

export interface ChainFile {
  readonly path: string;
  readonly content: Uint8Array;
}

export interface ChainLimits {
  readonly files: number;
  /** Of one file. */
  readonly fileBytes: number;
  /** Of all files that are read together. */
  readonly allBytes: number;
}

/**
 * Records in a chain of ordinary commits under a hidden ref of the remote: the message holds the summary, the tree the
 * rest. It has a scratch repository of its own, because its history is fetched shallow on purpose. Whoever can push can
 * forge it: what comes out is input like any other.
 */
export interface HiddenChain {
  /** The permission that writing takes ("contents: write"); absent where it takes none. */
  readonly needs?: string;
  /** The newest `most` entries, newest first; empty when the ref does not exist. One fetch, no tree and no blob. */
  list(most: number): Promise<Part<readonly ChainEntry[]>>;
  /**
   * All files of several listed entries: one request for their trees and one for the blobs. A chain that keeps files for a
   * while only leaves those entries out.
   */
  read(
    ids: readonly CommitId[],
    limits: ChainLimits,
  ): Promise<Part<ReadonlyMap<CommitId, readonly ChainFile[]>>>;
  /** Puts an entry on top of `tip` (undefined: the ref must not exist). `moved`: another writer was first. */
  append(
    entry: { readonly message: string; readonly files: readonly ChainFile[] },
    tip: CommitId | undefined,
  ): Promise<'written' | 'moved' | Unavailable>;
  close(): Promise<void>;
}

const seconds = 120;
const mostMessageBytes = 64 * 1024 * 1024;
const fetch = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];

export async function openHiddenChain(options: ChainOptions): Promise<Part<HiddenChain>> {
  const { remote, ref } = options;
  let scratch: ScratchRepository;
  try {
    scratch = await openScratch(options, 'sha1');
  } catch (error) {
    return unavailable(messageOf(error));
  }

  /** A repository with SHA-256 ids says so in its first answer; nothing asks it beforehand. */
  async function inItsFormat<T>(work: () => Promise<Part<T>>): Promise<Part<T>> {
    const outcome = await attempt(work);
    if (!isUnavailable(outcome) || scratch.objectFormat === 'sha256' || !speaksOfFormat(outcome.unavailable))
      return outcome;
    return attempt(async () => {
      await scratch.close();
      scratch = await openScratch(options, 'sha256');
      return work();
    });
  }

  return {
    needs: 'contents: write',
    list: (most) => inItsFormat(() => list(scratch, ref, most)),
    read: (ids, limits) => attempt(() => readChainEntries(scratch, ids, limits)),
    append: (entry, tip) => inItsFormat(() => appendToChain(scratch, remote, ref, entry, tip)),
    close: () => scratch.close(),
  };
}

async function openScratch(
  { remote, scratchFolder }: ChainOptions,
  objectFormat: 'sha1' | 'sha256',
): Promise<ScratchRepository> {
  const home = createScratchHome(scratchFolder);
  return createScratchRepository(home, {
    environment: hardenedEnvironment({ home }),
    objectFormat,
    remote,
    trustUserConfig: false,
  });
}

async function list(scratch: ScratchRepository, ref: string, most: number): Promise<readonly ChainEntry[]> {
  try {
    await scratch.run([...fetch, `--depth=${most}`, '--filter=tree:0', 'origin', `+${ref}:${ref}`], {
      mayFetch: true,
      seconds,
    });
  } catch (error) {
    // A failed fetch is no proof that the ref is absent; an answer that lists it not is.
    if (speaksOfFormat(messageOf(error)) || (await exists(scratch, ref))) throw error;
    await scratch.run(['update-ref', '-d', ref]);
    return [];
  }
  const { stdout } = await scratch.run(
    ['log', '-z', `--max-count=${most}`, '--format=%H %ct%n%B', '--encoding=UTF-8', '--end-of-options', ref],
    { maxBytes: mostMessageBytes },
  );
  const commits = stdout.toString('utf8').split('\0').filter(Boolean);
  if (commits.length === 0) throw new GitFailure(`${ref} at the remote leads to no commit`);
  return commits.map((text) => {
    const end = text.indexOf('\n');
    const [id = '', time = ''] = text.slice(0, end).split(' ');
    if (!scratch.isObjectId(id))
      throw new GitFailure('the stored records are listed in a way that is not understood');
    return { id, writtenAt: isoTime(Number(time)), message: text.slice(end + 1) };
  });
}

async function exists(scratch: ScratchRepository, ref: string): Promise<boolean> {
  const { stdout } = await scratch.run(['ls-remote', '--quiet', '--', 'origin', ref], {
    mayFetch: true,
    seconds,
  });
  return stdout
    .toString('latin1')
    .split('\n')
    .some((line) => line.endsWith(`\t${ref}`));
}

function speaksOfFormat(text: string): boolean {
  return /mismatched algorithms|object format|hash algorithm/i.test(text);
}

function isoTime(secondsSince1970: number): string {
  const date = new Date(secondsSince1970 * 1000);
  return `${(Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString().slice(0, 19)}Z`;
}

async function attempt<T>(work: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await work();
  } catch (error) {
    return unavailable(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
