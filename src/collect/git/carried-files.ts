import type { CommitId } from '../../core/change.ts';
import type { CarriedFile } from './judged-repository.ts';
import type { ObjectStore } from './object-store.ts';
import { kindOfMode, pathText } from './raw-diff.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { type FileDifference, readDifference } from './tree-difference.ts';

/** Where the lines of one commit's files are in another commit: the means to carry line numbers from one to the other. */
export async function carriedFiles(
  scratch: ScratchRepository,
  store: ObjectStore,
  from: CommitId,
  to: CommitId,
): Promise<ReadonlyMap<string, CarriedFile | 'deleted'>> {
  const files = new Map<string, CarriedFile | 'deleted'>();
  for (const difference of await readDifference(scratch, store, from, to, { context: 0 })) {
    const carried = carriedFile(difference);
    if (carried) files.set(pathText(difference.record.basePath), carried);
  }
  return files;
}

/** Undefined for a file that the first commit does not have. */
export function carriedFile({ record, patch }: FileDifference): CarriedFile | 'deleted' | undefined {
  if (record.status === 'added' || record.status === 'copied') return undefined;
  const isCarried =
    record.status !== 'deleted' &&
    !patch?.isBinary &&
    kindOfMode(record.headMode) === kindOfMode(record.baseMode);
  return isCarried ? { path: pathText(record.headPath), hunks: patch?.hunks ?? [] } : 'deleted';
}
