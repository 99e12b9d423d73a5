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
  if (walk.code !== 0) throw endsEarly(one, other);
  return linesOf(stdout);
}

export interface HistoryBetween {
  readonly mergeBases: readonly CommitId[];
  /** What the head has and the base has not, parents before children. */
  readonly commits: readonly CommitId[];
}

/** The same, with the commits of the head's side: the walk that proves the merge base passes them anyway. */
export async function historyBetween(
  scratch: ScratchRepository,
  base: CommitId,
  head: CommitId,
): Promise<HistoryBetween> {
  const walk = ['rev-list', '--topo-order', '--reverse', '--right-only', '--end-of-options'];
  const [found, commits] = await Promise.all([
    scratch.run(['merge-base', '--all', '--end-of-options', base, head], { answers: [1] }),
    scratch.run([...walk, `${base}...${head}`], { answers: [128] }),
  ]);
  if (commits.code !== 0) throw endsEarly(base, head);
  return { mergeBases: linesOf(found.stdout), commits: linesOf(commits.stdout) };
}

function linesOf(bytes: Buffer): readonly string[] {
  return bytes.toString('latin1').split('\n').filter(Boolean);
}

function endsEarly(one: CommitId, other: CommitId): GitFailure {
  return new GitFailure(
    `the history of ${one} and ${other} ends early, so their merge base would be a guess: it has to come from a complete repository`,
  );
}
