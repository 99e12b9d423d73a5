import type { CommitId } from '../../core/change.ts';
import { GitFailure } from './git-failure.ts';
import type { ChainFile, ChainLimits } from './hidden-chain.ts';
import { parseObjectBatch } from './object-batch.ts';
import { pathText } from './raw-diff.ts';
import type { ScratchRepository } from './scratch-repository.ts';

const seconds = 120;
const fetch = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];

interface Leaf {
  readonly path: string;
  readonly oid: string;
}

/** The files of several commits of a chain, with one request for all trees and one for all blobs. Throws `GitFailure`. */
export async function readChainEntries(
  scratch: ScratchRepository,
  ids: readonly CommitId[],
  limits: ChainLimits,
): Promise<ReadonlyMap<CommitId, readonly ChainFile[]>> {
  await prefetch(scratch, await treesOf(scratch, ids));
  const leaves = new Map<CommitId, readonly Leaf[]>();
  for (const id of ids) leaves.set(id, await leavesOf(scratch, id, limits));
  const oids = [...new Set([...leaves.values()].flatMap((files) => files.map(({ oid }) => oid)))];
  await prefetch(scratch, oids);
  const contents = await readContents(scratch, oids, limits);
  return new Map(
    [...leaves].map(([id, files]) => [
      id,
      files.map(({ path, oid }) => {
        const content = contents.get(oid);
        if (content === undefined)
          throw new GitFailure(`a file of the stored record ${id.slice(0, 7)} is missing`);
        return { path, content };
      }),
    ]),
  );
}

export async function treesOf(
  scratch: ScratchRepository,
  ids: readonly CommitId[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const { stdout } = await scratch.run(['log', '--no-walk=unsorted', '--format=%T', '--stdin'], {
    input: `${ids.join('\n')}\n`,
  });
  return stdout.toString('latin1').split('\n').filter(Boolean);
}

async function leavesOf(
  scratch: ScratchRepository,
  id: CommitId,
  limits: ChainLimits,
): Promise<readonly Leaf[]> {
  const { stdout } = await scratch.run(['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', id]);
  const leaves: Leaf[] = [];
  let at = 0;
  while (at < stdout.length) {
    const end = stdout.indexOf(0, at);
    const tab = stdout.indexOf(0x09, at);
    if (end < 0 || tab < 0 || tab > end)
      throw new GitFailure('the stored record is listed in a way that is not understood');
    const [mode, type, oid = ''] = stdout.subarray(at, tab).toString('latin1').split(' ');
    const path = pathText(stdout.subarray(tab + 1, end));
    if (mode !== '100644' || type !== 'blob')
      throw new GitFailure(`the stored record ${id.slice(0, 7)} holds something that is no plain file`);
    leaves.push({ path, oid });
    if (leaves.length > limits.files)
      throw new GitFailure(`the stored record ${id.slice(0, 7)} has more than ${limits.files} files`);
    at = end + 1;
  }
  return leaves;
}

/** Brings objects in one request; trees bring all trees below them. Objects that are here are asked for again by nobody. */
export async function prefetch(scratch: ScratchRepository, oids: readonly string[]): Promise<void> {
  const known = await inspect(scratch, oids);
  const missing = oids.filter((oid) => !known.has(oid));
  if (missing.length === 0) return;
  await scratch.run(
    ['-c', 'fetch.negotiationAlgorithm=noop', ...fetch, '--filter=blob:none', '--stdin', 'origin'],
    { input: `${missing.join('\n')}\n`, mayFetch: true, seconds },
  );
}

async function inspect(
  scratch: ScratchRepository,
  oids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (oids.length === 0) return new Map();
  const { stdout } = await scratch.run(['cat-file', '--batch-check', '--buffer'], {
    input: `${oids.join('\n')}\n`,
  });
  const sizes = new Map<string, number>();
  for (const line of stdout.toString('latin1').split('\n')) {
    const [oid = '', , bytes] = line.split(' ');
    if (bytes !== undefined) sizes.set(oid, Number(bytes));
  }
  return sizes;
}

async function readContents(
  scratch: ScratchRepository,
  oids: readonly string[],
  limits: ChainLimits,
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (oids.length === 0) return new Map();
  const sizes = await inspect(scratch, oids);
  let sum = 0;
  for (const bytes of sizes.values()) {
    sum += bytes;
    if (bytes > limits.fileBytes || sum > limits.allBytes)
      throw new GitFailure(
        `the stored records are larger than any that is written (over ${Math.floor((bytes > limits.fileBytes ? limits.fileBytes : limits.allBytes) / 1_000_000)} MB)`,
      );
  }
  const { stdout } = await scratch.run(['cat-file', '--batch', '--buffer'], {
    input: `${oids.join('\n')}\n`,
    maxBytes: sum + oids.length * 200,
  });
  return new Map(parseObjectBatch(stdout).map(({ id, content }) => [id, content]));
}
