import type { CommitId } from '../../core/change.ts';
import { isoTime, readCommitObjects } from './commit-objects.ts';
import type { ScratchRepository } from './scratch-repository.ts';

export interface DatedCommit {
  readonly id: CommitId;
  /** ISO 8601, UTC. */
  readonly committedAt: string;
}

/** A commit and its first parents, newest first, `most` at most. The commit and its history have to be here. */
export async function firstParents(
  scratch: ScratchRepository,
  commit: CommitId,
  most: number,
): Promise<readonly DatedCommit[]> {
  if (most === 1) {
    const object = (await readCommitObjects(scratch, [commit])).get(commit);
    return object ? [dated(commit, object.committedAt)] : [];
  }
  const { stdout } = await scratch.run([
    'log',
    '--first-parent',
    `--max-count=${most}`,
    '--format=%H %ct',
    '--no-show-signature',
    '--end-of-options',
    commit,
  ]);
  return stdout
    .toString('latin1')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [id = '', seconds = '0'] = line.split(' ');
      return dated(id, Number(seconds));
    });
}

function dated(id: CommitId, seconds: number): DatedCommit {
  return { id, committedAt: isoTime(seconds) };
}
