import type { CommitId } from '../../core/change.ts';
import type { TailFile, UnreviewedTail } from '../../core/review-facts.ts';
import { GitFailure } from './git-failure.ts';
import type { TailQuestion } from './judged-repository.ts';
import { mergeBases } from './merge-bases.ts';
import type { ObjectStore } from './object-store.ts';
import { comparePatches } from './patch-comparison.ts';
import { pathText } from './raw-diff.ts';
import { type ChangeMove, replayChange } from './replay-change.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { linesIn } from './tail-lines.ts';
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
  const [oldForks, newForks, version] = await Promise.all([
    forks(scratch, base, approved),
    forks(scratch, base, head),
    scratch.version(),
  ]);
  if (!canReplay(version)) {
    const move = { oldFork: oldForks[0], approved, newFork: newForks[0], head };
    return tailOf(await comparePatches(scratch, store, move), 'patches');
  }
  const move: ChangeMove = {
    oldFork: await joined(scratch, store, oldForks),
    approved,
    newFork: await joined(scratch, store, newForks),
    head,
  };
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

type Forks = readonly [CommitId, ...CommitId[]];

async function forks(scratch: ScratchRepository, base: CommitId, tip: CommitId): Promise<Forks> {
  const [first, ...others] = await mergeBases(scratch, base, tip);
  if (first === undefined) throw new GitFailure(`${base} and ${tip} have no commit in common`);
  return [first, ...others];
}

/**
 * Where two branches have merged one another crosswise there are several merge bases, and any one of them lacks what the
 * others brought. Like git's own merge this one takes them merged; the first alone where they conflict.
 */
async function joined(
  scratch: ScratchRepository,
  store: ObjectStore,
  [first, ...others]: Forks,
): Promise<CommitId> {
  let fork = first;
  for (const other of others) {
    const [oldFork] = await mergeBases(scratch, fork, other);
    if (oldFork === undefined) return first;
    const { tree, conflicts } = await replayChange(scratch, store, {
      oldFork,
      approved: other,
      newFork: fork,
      head: fork,
    });
    if (conflicts.size > 0) return first;
    fork = await scratch.ask('commit-tree', '-m', 'merge bases', '-p', fork, '-p', other, tree);
  }
  return fork;
}

function fileTail({ record, patch }: FileDifference): TailFile {
  return {
    path: pathText(record.headPath),
    added: patch?.added ?? [],
    deletedLines: linesIn(patch?.deleted ?? []),
  };
}

function tailOf(files: readonly TailFile[], method: Tail['method']): Tail {
  return {
    addedLines: files.reduce((sum, { added }) => sum + linesIn(added), 0),
    deletedLines: files.reduce((sum, { deletedLines }) => sum + deletedLines, 0),
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    method,
  };
}
