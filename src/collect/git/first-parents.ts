import type { CommitId } from '../../core/change.ts';
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
      const date = new Date(Number(seconds) * 1000);
      return {
        id,
        committedAt: `${(Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString().slice(0, 19)}Z`,
      };
    });
}
