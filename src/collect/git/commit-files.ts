import type { CommitId } from '../../core/change.ts';
import { createLogReader, readableLog } from '../history/log-reader.ts';
import { readCommitObjects } from './commit-objects.ts';
import type { ObjectStore } from './object-store.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { prefetchTrees } from './tree-difference.ts';

/** Paths that a commit adds, edits or removes against its parent; a rename has both of its paths, a merge none. */
export type FilesOfCommits = ReadonlyMap<CommitId, readonly string[]>;

/** In one process, and in a repository that fetches lazily with one request for all trees. */
export async function filesOfCommits(
  scratch: ScratchRepository,
  store: ObjectStore,
  ids: readonly CommitId[],
): Promise<FilesOfCommits> {
  if (scratch.remote) {
    const objects = await readCommitObjects(scratch, ids);
    const parents = [...objects.values()].flatMap((object) => object.parents.slice(0, 1));
    await prefetchTrees(scratch, store, [...new Set([...ids, ...parents])]);
  }
  const files = new Map<CommitId, readonly string[]>();
  const reader = createLogReader(({ id, paths }) =>
    files.set(
      id,
      paths.map(({ path }) => path),
    ),
  );
  await scratch.run(['log', '--no-walk=unsorted', '--stdin', ...readableLog], {
    input: `${ids.join('\n')}\n`,
    onOutput: (chunk) => reader.push(chunk),
    maxBytes: 2 ** 28,
  });
  reader.end();
  return files;
}
