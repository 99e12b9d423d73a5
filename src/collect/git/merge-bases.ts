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

/**
 * The same, with the commits of the head's side, and mostly from one process: where the two sides meet common history at
 * one commit alone, that commit is their only merge base (every way down from either side leads through it).
 */
export async function historyBetween(
  scratch: ScratchRepository,
  base: CommitId,
  head: CommitId,
): Promise<HistoryBetween> {
  if (base === head) return { mergeBases: [base], commits: [] };
  const { code, stdout } = await scratch.run(
    [
      'rev-list',
      '--topo-order',
      '--reverse',
      '--left-right',
      '--boundary',
      '--end-of-options',
      `${base}...${head}`,
    ],
    { answers: [128] },
  );
  if (code !== 0) throw endsEarly(base, head);
  const marked = linesOf(stdout);
  const those = (mark: string) =>
    marked.flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
  const met = those('-');
  if (met.length === 1) return { mergeBases: met, commits: those('>') };
  const found = await scratch.run(['merge-base', '--all', '--end-of-options', base, head], { answers: [1] });
  return { mergeBases: linesOf(found.stdout), commits: those('>') };
}

function linesOf(bytes: Buffer): readonly string[] {
  return bytes.toString('latin1').split('\n').filter(Boolean);
}

function endsEarly(one: CommitId, other: CommitId): GitFailure {
  return new GitFailure(
    `the history of ${one} and ${other} ends early, so their merge base would be a guess: it has to come from a complete repository`,
  );
}
