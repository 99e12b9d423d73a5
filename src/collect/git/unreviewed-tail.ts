import type { CommitId } from '../../core/change.ts';
import type { UnreviewedTail } from '../../core/review-facts.ts';
import { GitFailure } from './git-failure.ts';
import type { TailQuestion } from './judged-repository.ts';
import { mergeBases } from './merge-bases.ts';
import type { ObjectStore } from './object-store.ts';
import { comparePatches } from './patch-comparison.ts';
import { pathText } from './raw-diff.ts';
import { type ChangeMove, replayChange } from './replay-change.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { type FileTail, linesIn } from './tail-lines.ts';
import { type FileDifference, readDifference } from './tree-difference.ts';

export type Tail = Omit<UnreviewedTail, 'approvedCommit' | 'approvedAt'>;

/**
 * The lines that differ between the approved change, replayed on today's merge base, and the head. The replay is a
 * three-way merge whose base is the old fork point, so a moved base, a rebase, a squash or an update-merge adds nothing.
 * Where it conflicts, those files' two patches are compared line by line instead; where git is older than 2.38, all are.
 */
export async function unreviewedTail(
  scratch: ScratchRepository,
  store: ObjectStore,
  { base, head, approved }: TailQuestion,
): Promise<Tail> {
  if (approved === head) return tailOf([], 'replayed');
  const [oldFork, newFork, version] = await Promise.all([
    fork(scratch, base, approved),
    fork(scratch, base, head),
    scratch.version(),
  ]);
  const move: ChangeMove = { oldFork, approved, newFork, head };
  if (!canReplay(version)) return tailOf(await comparePatches(scratch, store, move), 'patches');
  const replay = await replayChange(scratch, store, move);
  const differences = await readDifference(scratch, store, replay.tree, head, { context: 0 });
  const exact = differences
    .filter(
      ({ record }) =>
        !replay.conflicts.has(pathText(record.basePath)) && !replay.conflicts.has(pathText(record.headPath)),
    )
    .map(fileTail);
  if (replay.conflicts.size === 0) return tailOf(exact, 'replayed');
  const compared = await comparePatches(scratch, store, move, replay.conflicts);
  return tailOf([...exact, ...compared], 'patches');
}

/** `git merge-tree --write-tree` came with 2.38. */
function canReplay([major, minor]: readonly [major: number, minor: number]): boolean {
  return major > 2 || (major === 2 && minor >= 38);
}

async function fork(scratch: ScratchRepository, base: CommitId, tip: CommitId): Promise<CommitId> {
  const [first] = await mergeBases(scratch, base, tip);
  if (first === undefined) throw new GitFailure(`${base} and ${tip} have no commit in common`);
  return first;
}

function fileTail({ record, patch }: FileDifference): FileTail {
  const added = patch?.added ?? [];
  return {
    path: pathText(record.headPath),
    added,
    addedLines: linesIn(added),
    deletedLines: linesIn(patch?.deleted ?? []),
  };
}

function tailOf(files: readonly FileTail[], method: Tail['method']): Tail {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return {
    addedLines: sorted.reduce((sum, file) => sum + file.addedLines, 0),
    deletedLines: sorted.reduce((sum, file) => sum + file.deletedLines, 0),
    files: sorted.map(({ path, added, deletedLines }) => ({ path, added, deletedLines })),
    method,
  };
}
