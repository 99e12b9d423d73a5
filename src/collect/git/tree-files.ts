import type { ChangedFile, CommitId } from '../../core/change.ts';
import { GitFailure } from './git-failure.ts';
import { parseObjectBatch } from './object-batch.ts';
import { askedInTurn } from './object-dialogue.ts';
import type { ObjectStore } from './object-store.ts';
import { isBlobMode, kindOfMode, pathText } from './raw-diff.ts';
import { askForAll } from './refused-ids.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { prefetchTrees } from './tree-difference.ts';
import { treeEntry } from './tree-entry.ts';

export interface TreeFile {
  /** Bytes that are not UTF-8 become U+FFFD. */
  readonly path: string;
  readonly oid: string;
  readonly kind: ChangedFile['kind'];
  /** Absent for submodules and where the size is known only at the remote. */
  readonly bytes?: number;
}

export type BlobContent = Uint8Array | 'too large' | 'missing';

/** Objects asked of one process are at most this much together. */
const batchBytes = 64 * 1024 * 1024;
const smallBytes = 4 * 1024 * 1024;

export async function listFiles(
  scratch: ScratchRepository,
  store: ObjectStore,
  commit: CommitId,
): Promise<readonly TreeFile[]> {
  await prefetchTrees(scratch, store, [commit]);
  const list = (options: readonly string[], answers: readonly number[] = []) =>
    scratch.run(['ls-tree', '-r', '-z', '--full-tree', ...options, '--end-of-options', commit], {
      maxBytes: 256 * 1024 * 1024,
      answers,
    });
  // Sizes would have to be fetched blob by blob; where one is missing the list is given without.
  const withSizes = await list(['-l'], [1, 128]);
  return parseTree((withSizes.code === 0 ? withSizes : await list([])).stdout);
}

/** Reads `git ls-tree -z` with or without `-l`. */
function parseTree(bytes: Buffer): readonly TreeFile[] {
  const files: TreeFile[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(0, at);
    const tab = bytes.indexOf(0x09, at);
    if (end < 0 || tab < 0 || tab > end)
      throw new GitFailure('git listed the files in a way that is not understood');
    const [mode = '', , oid = '', size] = bytes.subarray(at, tab).toString('latin1').split(/ +/);
    files.push({
      path: pathText(bytes.subarray(tab + 1, end)),
      oid,
      kind: kindOfMode(mode),
      ...(size !== undefined && /^\d+$/.test(size) ? { bytes: Number(size) } : {}),
    });
    at = end + 1;
  }
  return files;
}

/** Blobs that cannot be had are called missing, for whatever reason. */
export async function readBlobs(
  scratch: ScratchRepository,
  store: ObjectStore,
  ids: readonly string[],
  { maxBytes }: { readonly maxBytes: number },
): Promise<ReadonlyMap<string, BlobContent>> {
  await askForAll(ids, store.prefetch);
  const known = await store.inspect(ids);
  const contents = new Map<string, BlobContent>();
  let batch: string[] = [];
  let bytes = 0;
  async function readBatch(): Promise<void> {
    const asked = batch;
    for (const id of asked) contents.set(id, 'missing');
    for (const { id, content } of await readObjects(asked)) contents.set(id, content);
    batch = [];
    bytes = 0;
  }
  async function readObjects(asked: readonly string[]) {
    if (asked.length <= askedInTurn && bytes <= smallBytes) return scratch.objects.read(asked);
    const { stdout } = await scratch.run(['cat-file', '--batch', '--buffer'], {
      input: `${asked.join('\n')}\n`,
      maxBytes: bytes + asked.length * 200,
    });
    return parseObjectBatch(stdout);
  }
  for (const id of new Set(ids)) {
    const info = known.get(id);
    if (info?.type !== 'blob') {
      contents.set(id, 'missing');
    } else if (info.bytes > maxBytes) {
      contents.set(id, 'too large');
    } else {
      if (batch.length > 0 && bytes + info.bytes > batchBytes) await readBatch();
      batch.push(id);
      bytes += info.bytes;
    }
  }
  if (batch.length > 0) await readBatch();
  return contents;
}

export async function readFile(
  scratch: ScratchRepository,
  store: ObjectStore,
  commit: CommitId,
  path: string,
  limits: { readonly maxBytes: number },
): Promise<Uint8Array | 'too large' | 'absent'> {
  if (!isTreePath(path)) return 'absent';
  await prefetchTrees(scratch, store, [commit]);
  const entry = await treeEntry(scratch, commit, path);
  if (!entry || !isBlobMode(entry.mode)) return 'absent';
  const content = (await readBlobs(scratch, store, [entry.oid], limits)).get(entry.oid);
  if (content === undefined || content === 'missing') {
    throw new GitFailure(
      `the content of \`${path.replace(/[\p{Cc}`]/gu, ' ')}\` is missing in the repository`,
    );
  }
  return content;
}

/** No tree has such names; git would take them as leading out of the repository. */
function isTreePath(path: string): boolean {
  return (
    !path.includes('\0') && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
  );
}
