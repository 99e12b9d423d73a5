import type { ChangedFile, CommitId } from '../../core/change.ts';
import { GitFailure } from './git-failure.ts';
import { parseObjectBatch } from './object-batch.ts';
import { askedInTurn } from './object-dialogue.ts';
import type { ObjectStore } from './object-store.ts';
import { isBlobMode, kindOfMode } from './raw-diff.ts';
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

/** The id of a blob to read, or its entry in a list of files: where that tells the size, nobody is asked for it again. */
export type WantedBlob = string | Pick<TreeFile, 'oid' | 'bytes'>;

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

/** The paths of what is neither a symlink nor a submodule. */
export function ordinaryPaths(files: readonly TreeFile[]): readonly string[] {
  return files.filter(({ kind }) => kind === 'file').map(({ path }) => path);
}

/**
 * Reads `git ls-tree -z` with or without `-l`. Decoded in one go: no broken character reaches over a NUL, so each name
 * reads as it would alone.
 */
function parseTree(bytes: Buffer): readonly TreeFile[] {
  const text = bytes.toString('utf8');
  const files: TreeFile[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\0', at);
    const tab = text.indexOf('\t', at);
    if (end < 0 || tab < 0 || tab > end)
      throw new GitFailure('git listed the files in a way that is not understood');
    // `<mode> <type> <id>`, and with `-l` the size, padded; a submodule has `-` for one.
    const type = text.indexOf(' ', at) + 1;
    const id = text.indexOf(' ', type) + 1;
    const space = text.indexOf(' ', id);
    const idEnd = space < 0 || space > tab ? tab : space;
    const size = Number.parseInt(text.slice(idEnd, tab), 10);
    files.push({
      path: text.slice(tab + 1, end),
      oid: text.slice(id, idEnd),
      kind: kindOfMode(text.slice(at, type - 1)),
      ...(Number.isNaN(size) ? {} : { bytes: size }),
    });
    at = end + 1;
  }
  return files;
}

/** Blobs that cannot be had are called missing, for whatever reason. */
export async function readBlobs(
  scratch: ScratchRepository,
  store: ObjectStore,
  wanted: readonly WantedBlob[],
  { maxBytes }: { readonly maxBytes: number },
): Promise<ReadonlyMap<string, BlobContent>> {
  const sizes = new Map<string, number | undefined>();
  for (const one of wanted) {
    const { oid, bytes } = typeof one === 'string' ? { oid: one } : one;
    sizes.set(oid, bytes ?? sizes.get(oid));
  }
  const unknown = [...sizes].flatMap(([id, bytes]) => (bytes === undefined ? [id] : []));
  await askForAll(unknown, store.prefetch);
  for (const [id, { type, bytes }] of await store.inspect(unknown)) if (type === 'blob') sizes.set(id, bytes);
  const contents = new Map<string, BlobContent>();
  let batch: string[] = [];
  let bytes = 0;
  async function readBatch(): Promise<void> {
    const asked = batch;
    for (const id of asked) contents.set(id, 'missing');
    // A list tells a size of whatever its entry points to, and calls it a blob.
    for (const { id, type, content } of await readObjects(asked))
      if (type === 'blob') contents.set(id, content);
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
  for (const [id, size] of sizes) {
    if (size === undefined) {
      contents.set(id, 'missing');
    } else if (size > maxBytes) {
      contents.set(id, 'too large');
    } else {
      if (batch.length > 0 && bytes + size > batchBytes) await readBatch();
      batch.push(id);
      bytes += size;
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
  const content = (await readBlobs(scratch, store, [entry], limits)).get(entry.oid);
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
