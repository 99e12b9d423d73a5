import type { CommitId } from '../../core/change.ts';
import { readCommitObjects } from './commit-objects.ts';
import { GitFailure } from './git-failure.ts';
import type { ObjectStore } from './object-store.ts';
import { pathText } from './raw-diff.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { blobIds, prefetchTrees, readRawDiff } from './tree-difference.ts';

/** A change that was approved on one fork point and now stands on another. */
export interface ChangeMove {
  readonly oldFork: CommitId;
  readonly approved: CommitId;
  readonly newFork: CommitId;
  readonly head: CommitId;
}

export interface Replay {
  /** The tree the head would have, had nothing but the approved change been made. */
  readonly tree: string;
  /** Files in which the approved change and the new base met; their content in `tree` is no use. */
  readonly conflicts: ReadonlySet<string>;
}

/** Merges the approved change into today's fork point, in the object database alone. */
export async function replayChange(
  scratch: ScratchRepository,
  store: ObjectStore,
  { oldFork, approved, newFork, head }: ChangeMove,
): Promise<Replay> {
  const commits = await readCommitObjects(scratch, [oldFork, approved, newFork]);
  const treeOf = (id: CommitId) => {
    const tree = commits.get(id)?.tree;
    if (tree === undefined) throw new GitFailure(`commit ${id} is missing in the scratch repository`);
    return tree;
  };
  await prefetchTrees(scratch, store, [oldFork, approved, newFork, head]);
  await prefetchMerge(scratch, store, treeOf(oldFork), treeOf(newFork), treeOf(approved));

  // merge-tree looks for the merge base itself (the option to name one came with 2.40), and finds another one than the
  // fork point when the change moved to an older base. Twins of the three commits leave it no choice.
  const base = await scratch.ask('commit-tree', '-m', 'fork point', treeOf(oldFork));
  const ours = await scratch.ask('commit-tree', '-m', 'base', '-p', base, treeOf(newFork));
  const theirs = await scratch.ask('commit-tree', '-m', 'approved', '-p', base, treeOf(approved));
  const { code, stdout } = await scratch.run(
    [
      'merge-tree',
      '--write-tree',
      '-z',
      '--name-only',
      '--no-messages',
      '--allow-unrelated-histories',
      ours,
      theirs,
    ],
    { answers: [1] },
  );
  const [tree = '', ...names] = splitAtNul(stdout);
  if (!scratch.isObjectId(tree))
    throw new GitFailure('git merge-tree answered in a way that is not understood');
  return { tree, conflicts: new Set(code === 0 ? [] : names) };
}

/**
 * Brings the blobs a merge reads: those the approved change touches and the new base's side of the same paths. Where the
 * base has deleted one of them it may have been renamed, and whatever the base added is a candidate.
 */
async function prefetchMerge(
  scratch: ScratchRepository,
  store: ObjectStore,
  oldFork: string,
  newFork: string,
  approved: string,
): Promise<void> {
  if (!scratch.remote) return;
  const change = await readRawDiff(scratch, oldFork, approved, ['--no-renames']);
  const touched = new Set(change.map((record) => pathText(record.basePath)));
  const ofBase = await readRawDiff(scratch, oldFork, newFork, ['--no-renames']);
  const met = ofBase.filter((record) => touched.has(pathText(record.basePath)));
  const maybeRenamed = met.some(({ status }) => status === 'deleted')
    ? ofBase.filter(({ status }) => status === 'added' || status === 'deleted')
    : [];
  await store.prefetch([...change, ...met, ...maybeRenamed].flatMap(blobIds));
}

function splitAtNul(bytes: Buffer): readonly string[] {
  return bytes.toString('utf8').split('\0').filter(Boolean);
}
