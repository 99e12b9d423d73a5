import type { CommitId } from '../../core/change.ts';
import { GitFailure } from './git-failure.ts';
import type { ScratchRepository } from './scratch-repository.ts';

/**
 * All best common ancestors, the one git uses first; empty when the two histories never met. Throws `GitFailure` when a
 * commit in between is missing: `merge-base` alone then answers with another commit or with none, and no error.
 */
export async function mergeBases(
  scratch: ScratchRepository,
  one: CommitId,
  other: CommitId,
): Promise<readonly CommitId[]> {
  const [{ stdout }, walk] = await Promise.all([
    scratch.run(['merge-base', '--all', '--end-of-options', one, other], { answers: [1] }),
    // This walk passes every commit between the tips and the answer, and fails at the first one it cannot read.
    scratch.run(['rev-list', '--count', '--end-of-options', `${one}...${other}`], { answers: [128] }),
  ]);
  if (walk.code !== 0) {
    throw new GitFailure(
      `the history of ${one} and ${other} ends early, so their merge base would be a guess: it has to come from a complete repository`,
    );
  }
  return stdout.toString('latin1').split('\n').filter(Boolean);
}
