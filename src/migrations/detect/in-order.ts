import { compareVersions } from './compare-versions.ts';
import type { Detected } from './framework.ts';

interface Ordered {
  readonly path: string;
  readonly detected: Pick<Detected, 'version' | 'after' | 'root'>;
}

/**
 * Files in the order their framework runs them: by version, and where they say what they come after, behind that. Files
 * that come after each other in a circle stay in the order of their versions.
 */
export function inOrder<T extends Ordered>(files: readonly T[]): readonly T[] {
  const sorted = files.toSorted(
    (a, b) => compareVersions(a.detected.version, b.detected.version) || (a.path < b.path ? -1 : 1),
  );
  if (!sorted.some(({ detected }) => detected.after !== undefined)) return sorted;
  const keyOf = (root: string, version: string) => `${root}\0${version}`;
  const byKey = new Map(sorted.map((file) => [keyOf(file.detected.root, file.detected.version), file]));
  const placed = new Set<T>();
  const begun = new Set<T>();
  const ordered: T[] = [];
  // Without recursion: a history of thousands is one chain.
  for (const start of sorted) {
    const open: T[] = [start];
    for (let file = open.at(-1); file; file = open.at(-1)) {
      begun.add(file);
      const { root, after = [] } = file.detected;
      const next = after
        .map((version) => byKey.get(keyOf(root, version)))
        .find((other): other is T => other !== undefined && !begun.has(other));
      if (next) open.push(next);
      else {
        open.pop();
        if (!placed.has(file)) ordered.push(file);
        placed.add(file);
      }
    }
  }
  return ordered;
}
