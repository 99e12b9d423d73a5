import type { CommitId } from '../../core/change.ts';
import { GitFailure } from '../git/git-failure.ts';
import type { ObjectStore } from '../git/object-store.ts';
import type { ScratchRepository } from '../git/scratch-repository.ts';
import { prefetchTrees } from '../git/tree-difference.ts';
import { createLogReader, type LogEntry, readableLog } from './log-reader.ts';

/** A year of the busiest repositories; more would be a history that is not one. */
const mostCommits = 50_000;
const seconds = 300;

/**
 * Streams the first-parent line below `tip` from `since` on, newest first: what each entry changes against its first
 * parent. A clone without trees gets those it needs in one request before. Throws `GitFailure`.
 */
export async function firstParentLog(
  scratch: ScratchRepository,
  store: ObjectStore,
  tip: CommitId,
  since: string,
  onEntry: (entry: LogEntry) => void,
): Promise<void> {
  // A commit with a wrong, old date ends the plain `--since` walk; the filter goes on behind it.
  const [major, minor] = await scratch.version();
  const after = `${major > 2 || (major === 2 && minor >= 37) ? '--since-as-filter' : '--since'}=${since}`;
  const walk = ['log', '--first-parent', after, `--max-count=${mostCommits}`];

  const { stdout } = await scratch.run([...walk, '--format=%H %P', '--end-of-options', tip]);
  const lines = stdout.toString('latin1').split('\n').filter(Boolean);
  if (lines.length === 0) return;
  if (lines.length === mostCommits) {
    throw new GitFailure(`its first-parent line has more than ${mostCommits} commits in 26 weeks`);
  }
  const ids = new Set(lines.flatMap((line) => line.split(' ').slice(0, 2)));
  if (scratch.remote) await prefetchTrees(scratch, store, [...ids]);

  const reader = createLogReader(onEntry);
  await scratch.run([...walk, '-m', ...readableLog, '--end-of-options', tip], {
    onOutput: (chunk) => reader.push(chunk),
    maxBytes: 2 ** 31,
    seconds,
  });
  reader.end();
}
