import { kindOfMode, pathText, type RawRecord } from './raw-diff.ts';
import type { TreeFile } from './tree-files.ts';

/**
 * The list of files that a difference began with, from the list that it led to: reading a second list of a large
 * repository takes longer. Sizes of what the difference took away are not known. Undefined where a name is no text, since
 * two such names could read alike.
 */
export function filesBefore(
  after: readonly TreeFile[],
  records: readonly RawRecord[],
): readonly TreeFile[] | undefined {
  const changed = new Set<string>();
  const before: TreeFile[] = [];
  for (const { status, baseMode, baseId, basePath, headPath } of records) {
    const [from, to] = [pathText(basePath), pathText(headPath)];
    if (from.includes('\ufffd') || to.includes('\ufffd')) return undefined;
    changed.add(to);
    if (status !== 'added' && status !== 'copied')
      before.push({ path: from, oid: baseId, kind: kindOfMode(baseMode) });
  }
  const kept = after.filter(({ path }) => !changed.has(path));
  return before.length === 0 ? kept : merged(kept, before.toSorted(inGitsOrder));
}

/** Both in git's order, and so is the result. */
function merged(many: readonly TreeFile[], few: readonly TreeFile[]): readonly TreeFile[] {
  const pieces: (readonly TreeFile[])[] = [];
  let at = 0;
  for (const file of few) {
    const place = firstBehind(many, file, at);
    pieces.push(many.slice(at, place), [file]);
    at = place;
  }
  return [...pieces, many.slice(at)].flat();
}

function firstBehind(files: readonly TreeFile[], file: TreeFile, from: number): number {
  let [low, high] = [from, files.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = files[middle];
    if (other && inGitsOrder(other, file) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whole paths, byte by byte. */
function inGitsOrder(one: TreeFile, other: TreeFile): number {
  return Buffer.compare(Buffer.from(one.path), Buffer.from(other.path));
}
