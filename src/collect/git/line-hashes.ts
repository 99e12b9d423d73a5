import { createHash } from 'node:crypto';
import type { CommitId } from '../../core/change.ts';
import type { ObjectStore } from './object-store.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { readFile } from './tree-files.ts';

/** So much of a line is told apart. */
export const keptBytes = 1024 * 1024;
const largestFile = 16 * 1024 * 1024;

/** What stands for a line's text, so that a line of any length takes little room. */
export function hashOf(line: Uint8Array): string {
  return createHash('sha256').update(line).digest('base64').slice(0, 24);
}

/** The lines of a file, each as its hash; none for one that is absent or too large. */
export async function hashesIn(
  scratch: ScratchRepository,
  store: ObjectStore,
  commit: CommitId,
  path: string,
): Promise<readonly string[]> {
  const content = await readFile(scratch, store, commit, path, { maxBytes: largestFile });
  if (typeof content === 'string') return [];
  const hashes: string[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0x0a, at);
    const stop = end < 0 ? content.length : end;
    hashes.push(hashOf(content.subarray(at, Math.min(stop, at + keptBytes - 1))));
    at = stop + 1;
  }
  return hashes;
}

/** Where lines stand at the head again, by number, past those in `taken`; one that stands there no more has no place. */
export function placesOf(
  lines: readonly string[],
  atHead: readonly string[],
  taken: readonly number[],
): number[] {
  const wanted = tally(lines);
  const known = new Set(taken);
  return atHead.flatMap((line, index) => {
    const left = wanted.get(line) ?? 0;
    if (left === 0 || known.has(index + 1)) return [];
    wanted.set(line, left - 1);
    return [index + 1];
  });
}

/** How many of the lines stand more often in the new base than in the old one: it has brought them itself. */
export function moreOf(
  lines: readonly string[],
  before: readonly string[],
  after: readonly string[],
): number {
  const [wanted, old, now] = [tally(lines), tally(before), tally(after)];
  return [...wanted].reduce(
    (sum, [line, count]) => sum + Math.min(count, Math.max(0, (now.get(line) ?? 0) - (old.get(line) ?? 0))),
    0,
  );
}

function tally(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
