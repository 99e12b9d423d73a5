import { createPatchReader, type FilePatch, type LineListener } from './patch-lines.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { writeTree } from './write-tree.ts';

/** Two contents to compare; a side that does not exist is absent. */
export interface BlobPair {
  readonly base?: string;
  readonly head?: string;
}

export interface DiffBlobsOptions {
  readonly context: 0 | 3;
  readonly onLine?: (index: number, sign: '+' | '-', line: number, text: Uint8Array) => void;
  readonly keptBytes?: number;
  /** See `PatchReaderOptions`. */
  readonly mayMatter?: (piece: Uint8Array) => boolean;
}

/** A patch of more than this is no change that lines are judged in. */
const largestPatch = 512 * 1024 * 1024;

/**
 * Diffs many pairs of blobs in one process. The pairs are put into two trees of our own under names of our own, so that
 * no file name, mode, attribute or rename of the judged repository stands in the patch at all. Gives the patch of each
 * pair by its index; a pair without any difference has none.
 */
export async function diffBlobs(
  scratch: ScratchRepository,
  pairs: readonly BlobPair[],
  options: DiffBlobsOptions,
): Promise<ReadonlyMap<number, FilePatch>> {
  const base = writeTree(
    scratch,
    pairs.map((pair) => pair.base),
  );
  const head = writeTree(
    scratch,
    pairs.map((pair) => pair.head),
  );
  if (base === head) return new Map();
  const { onLine, keptBytes, mayMatter } = options;
  const listener: LineListener | undefined =
    onLine && ((name, sign, line, text) => onLine(indexOf(name), sign, line, text));
  const reader = createPatchReader({
    ...(listener ? { onLine: listener } : {}),
    ...(keptBytes === undefined ? {} : { keptBytes }),
    ...(mayMatter ? { mayMatter } : {}),
  });
  await scratch.run(
    [
      'diff-tree',
      '-r',
      '-p',
      `-U${options.context}`,
      '--inter-hunk-context=0',
      '--full-index',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      '--diff-algorithm=myers',
      '--src-prefix=a/',
      '--dst-prefix=b/',
      '--end-of-options',
      base,
      head,
    ],
    { onOutput: (chunk) => reader.push(chunk), maxBytes: largestPatch },
  );
  return new Map([...reader.end()].map(([name, patch]) => [indexOf(name), patch]));
}

function indexOf(name: string): number {
  return Number(name.slice(1));
}
