import type { CommitId } from '../../core/change.ts';
import { type ChangedLine, type MovedBlock, movedBlocks } from '../../coverage/measure/moved-blocks.ts';
import { carriedFile } from './carried-files.ts';
import type { CarriedFile } from './judged-repository.ts';
import type { ObjectStore } from './object-store.ts';
import { pathText } from './raw-diff.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { readDifference } from './tree-difference.ts';

/** How the lines of one commit go on in another, blocks that were moved elsewhere included. */
export interface CarriedLines {
  /** By path at the first commit; unchanged files are absent. */
  readonly files: ReadonlyMap<string, CarriedFile | 'deleted'>;
  readonly moved: readonly MovedBlock[];
}

/** Beyond this many changed lines nobody looks for moved blocks: such a difference is no move. */
const mostLines = 200_000;

export async function carriedLines(
  scratch: ScratchRepository,
  store: ObjectStore,
  from: CommitId,
  to: CommitId,
): Promise<CarriedLines> {
  const removed: (ChangedLine & { readonly index: number })[] = [];
  const added: (ChangedLine & { readonly index: number })[] = [];
  const differences = await readDifference(scratch, store, from, to, {
    context: 0,
    keptBytes: 400,
    onLine: (index, sign, line, bytes) => {
      if (removed.length + added.length >= mostLines) return;
      const text = Buffer.from(bytes).toString('latin1').trim();
      (sign === '-' ? removed : added).push({ index, path: '', line, text });
    },
  });
  const files = new Map<string, CarriedFile | 'deleted'>();
  for (const difference of differences) {
    const carried = carriedFile(difference);
    if (carried) files.set(pathText(difference.record.basePath), carried);
  }
  const isWhole = removed.length + added.length < mostLines;
  const named = (lines: typeof removed, side: 'basePath' | 'headPath') =>
    lines.map((line) => {
      const record = differences[line.index]?.record;
      return { ...line, path: record ? pathText(record[side]) : '' };
    });
  return { files, moved: isWhole ? movedBlocks(named(removed, 'basePath'), named(added, 'headPath')) : [] };
}
