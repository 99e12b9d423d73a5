import type { CommitId } from '../../core/change.ts';
import type { ScratchRepository } from '../git/scratch-repository.ts';
import { createLogReader, type LogPath, readableLogWith } from '../history/log-reader.ts';

/** A merge, squash or direct commit of the branch, with the contents it replaced. */
export interface BranchEntry {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of whoever wrote the commit; used to tell machines apart and dropped before anything is judged. */
  readonly authorName: string;
  readonly authorEmail: string;
  /** Cut at 64 kB. */
  readonly message: string;
  /** What differs from the first parent. */
  readonly files: readonly LogPath[];
}

const seconds = 900;

/** The first-parent line below `tip` from `since` (ISO 8601) on, handed over oldest first as git tells it. Throws `GitFailure`. */
export async function readBranchEntries(
  scratch: ScratchRepository,
  tip: CommitId,
  since: string,
  onEntry: (entry: BranchEntry) => void,
): Promise<void> {
  // A commit with a wrong, old date ends the plain `--since` walk; the filter goes on behind it.
  const [major, minor] = await scratch.version();
  const after = major > 2 || (major === 2 && minor >= 37) ? '--since-as-filter' : '--since';
  const reader = createLogReader(({ id, parents, committedAt, message, paths, more }) => {
    const [authorName = '', authorEmail = ''] = more;
    onEntry({ id, parents, at: committedAt * 1000, authorName, authorEmail, message, files: paths });
  }, 2);
  await scratch.run(
    [
      'log',
      '--first-parent',
      '--reverse',
      `${after}=${since}`,
      '-m',
      ...readableLogWith('%an', '%ae'),
      '--end-of-options',
      tip,
    ],
    { onOutput: (chunk) => reader.push(chunk), maxBytes: 2 ** 32, seconds },
  );
  reader.end();
}
