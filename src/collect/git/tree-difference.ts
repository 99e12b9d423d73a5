import { readCommitObjects } from './commit-objects.ts';
import { type BlobPair, type DiffBlobsOptions, diffBlobs } from './diff-blobs.ts';
import type { ObjectStore } from './object-store.ts';
import type { FilePatch } from './patch-lines.ts';
import { isBlobMode, parseRawDiff, type RawRecord } from './raw-diff.ts';
import { largestDiffedFile, type ScratchRepository } from './scratch-repository.ts';

/** One changed file with what git says of its lines; no patch: the contents are equal, or there are none to compare. */
export interface FileDifference {
  readonly record: RawRecord;
  readonly patch?: FilePatch;
  /** Too large to be diffed, whatever it holds. */
  readonly isTooLarge: boolean;
}

/** `onLine` gets the index of the file in the result; `onRecords` what differs, before the lines are compared. */
export interface DifferenceOptions extends DiffBlobsOptions {
  readonly onRecords?: (records: readonly RawRecord[]) => void;
}

/**
 * Compares two trees (or commits), renames detected as git and GitHub do by default. In a repository that fetches
 * lazily, all trees come in one request and all blobs in a second one.
 */
export async function readDifference(
  scratch: ScratchRepository,
  store: ObjectStore,
  from: string,
  to: string,
  options: DifferenceOptions,
): Promise<readonly FileDifference[]> {
  await prefetchTrees(scratch, store, [from, to]);
  if (scratch.remote) {
    await store.prefetch((await readRawDiff(scratch, from, to, ['--no-renames'])).flatMap(blobIds));
  }
  const records = await readRawDiff(scratch, from, to, ['-M', '-l1000']);
  const comparing = diffBlobs(scratch, records.map(blobPair), options);
  options.onRecords?.(records);
  const patches = await comparing;
  const binary = records.filter((_, index) => patches.get(index)?.isBinary);
  const sizes = await store.inspect(binary.flatMap(blobIds));
  return records.map((record, index) => {
    const patch = patches.get(index);
    const isTooLarge =
      patch?.isBinary === true &&
      blobIds(record).some((id) => (sizes.get(id)?.bytes ?? 0) > largestDiffedFile);
    return { record, ...(patch ? { patch } : {}), isTooLarge };
  });
}

export async function readRawDiff(
  scratch: ScratchRepository,
  from: string,
  to: string,
  renames: readonly string[],
): Promise<readonly RawRecord[]> {
  const { stdout } = await scratch.run(
    [
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--no-abbrev',
      ...renames,
      '--no-ext-diff',
      '--no-textconv',
      '--end-of-options',
      from,
      to,
    ],
    { maxBytes: 256 * 1024 * 1024 },
  );
  return parseRawDiff(stdout);
}

/** Brings the whole trees of commits (or trees) in one request. */
export async function prefetchTrees(
  scratch: ScratchRepository,
  store: ObjectStore,
  ids: readonly string[],
): Promise<void> {
  if (!scratch.remote) return;
  const commits = await readCommitObjects(scratch, ids);
  await store.prefetch(ids.map((id) => commits.get(id)?.tree ?? id));
}

export function blobPair({ baseMode, baseId, headMode, headId }: RawRecord): BlobPair {
  return {
    ...(isBlobMode(baseMode) ? { base: baseId } : {}),
    ...(isBlobMode(headMode) ? { head: headId } : {}),
  };
}

export function blobIds(record: RawRecord): readonly string[] {
  const { base, head } = blobPair(record);
  return [base, head].filter((id) => id !== undefined);
}
