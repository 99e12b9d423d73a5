import type { Hunk, LineRange } from '../../core/change.ts';
import type { StatusRun } from '../../core/coverage-facts.ts';
import { type FileLedger, fileLedger } from './coverage-ledger.ts';
import type { MovedBlock } from './moved-blocks.ts';

type FileLines = ReadonlyMap<string, readonly StatusRun[]>;

/** Where a file goes, with the changes to its lines. */
export interface Target {
  readonly path: string;
  readonly hunks: readonly Hunk[];
}

export interface TwoMeasurements {
  /** By path at the base commit. */
  readonly base: FileLines;
  /** By path at the measured commit. */
  readonly head: FileLines;
  /** From base to measured commit, by path at the base; unchanged files are absent. */
  readonly carried: ReadonlyMap<string, Target | 'deleted'>;
  readonly moved: readonly MovedBlock[];
  /** Is this a file of the base commit? */
  readonly isAtBase: (path: string) => boolean;
  /** Lines of a file of the measured commit that this change adds; absent: all that are new. */
  readonly addedHere?: (path: string) => readonly LineRange[];
  /** Lines of a file of the base commit that this change removes; absent: all that are gone. */
  readonly removedHere?: (path: string) => readonly LineRange[];
}

export interface ComparedFile {
  /** Absent when the base commit has no such file. */
  readonly basePath?: string;
  /** At the measured commit; absent when the file is gone. */
  readonly path?: string;
  readonly ledger: FileLedger;
}

const nowhere: readonly LineRange[] = [];

/** Pairs the files of two measurements, through renames, and gives the ledger of each. */
export function compareMeasurements(two: TwoMeasurements): readonly ComparedFile[] {
  const { base, head, carried, isAtBase } = two;
  const away = rangesBy(two.moved, 'from');
  const here = rangesBy(two.moved, 'to');
  const sourceOf = new Map<string, { readonly path: string; readonly hunks: readonly Hunk[] }>();
  for (const [path, target] of carried)
    if (target !== 'deleted') sourceOf.set(target.path, { path, hunks: target.hunks });

  function compared(
    basePath: string | undefined,
    path: string | undefined,
    hunks: readonly Hunk[] | undefined,
  ): ComparedFile {
    const ledger = fileLedger({
      base: basePath === undefined ? undefined : base.get(basePath),
      head: path === undefined ? undefined : head.get(path),
      hunks,
      ...(two.addedHere && { addedHere: path === undefined ? nowhere : two.addedHere(path) }),
      ...(two.removedHere && { removedHere: basePath === undefined ? nowhere : two.removedHere(basePath) }),
      movedAway: away.get(basePath ?? '') ?? nowhere,
      movedHere: here.get(path ?? '') ?? nowhere,
    });
    return { ...(basePath !== undefined && { basePath }), ...(path !== undefined && { path }), ledger };
  }

  const files: ComparedFile[] = [];
  const paired = new Set<string>();
  for (const basePath of base.keys()) {
    const target = carried.get(basePath) ?? { path: basePath, hunks: [] };
    if (target === 'deleted') {
      // A file that became another kind of file keeps its path: what the head has there comes as a new file below.
      files.push(compared(basePath, undefined, undefined));
      continue;
    }
    paired.add(target.path);
    files.push(compared(basePath, target.path, target.hunks));
  }
  for (const path of head.keys()) {
    if (paired.has(path)) continue;
    const source =
      sourceOf.get(path) ?? (isAtBase(path) && !carried.has(path) ? { path, hunks: [] } : undefined);
    files.push(compared(source?.path, path, source?.hunks));
  }
  return files;
}

function rangesBy(
  blocks: readonly MovedBlock[],
  side: 'from' | 'to',
): ReadonlyMap<string, readonly LineRange[]> {
  const ranges = new Map<string, LineRange[]>();
  for (const block of blocks) {
    const path = block[`${side}Path`];
    const start = block[`${side}Line`];
    const list = ranges.get(path) ?? [];
    ranges.set(path, list);
    list.push({ start, end: start + block.lines - 1 });
  }
  for (const list of ranges.values()) list.sort((a, b) => a.start - b.start);
  return ranges;
}
