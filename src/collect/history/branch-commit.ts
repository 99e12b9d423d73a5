import type { BranchCommit } from '../../core/health-facts.ts';
import type { LogEntry } from './log-reader.ts';
import { isForwardMigration } from './migration-path.ts';

/** Of an entry of the log, what the report uses; nothing in it says who wrote it. */
export function branchCommit(entry: LogEntry): BranchCommit {
  const number = pullRequestNumber(entry.message);
  return {
    id: entry.id,
    committedAt: isoTime(entry.committedAt),
    ...(number !== undefined && { pullRequest: number }),
    isRevert: isRevertMessage(entry.message),
    files: entry.paths.length,
    areas: areasOf(entry.paths.map(({ path }) => path)),
    migrations: entry.paths
      .filter(({ status, path }) => status === 'A' && isForwardMigration(path))
      .map(({ path }) => path),
  };
}

/** A commit can carry any number as its date; one that no calendar has becomes 1970. */
function isoTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString();
}

/**
 * Whether a message takes an earlier change back: `Revert "…"` as git and GitHub write it, also as the title in a merge
 * commit of GitHub's revert branch. A revert of a revert brings the change in again and is none; an even number of
 * "Revert" counts as that.
 */
export function isRevertMessage(message: string): boolean {
  const [first = '', ...rest] = message.split('\n');
  const isMergeOfRevert = /^Merge pull request #\d+ from [^/\s]+\/revert-\d+-/.test(first);
  const title = isMergeOfRevert ? (rest.find((line) => line.trim() !== '') ?? 'Revert "') : first;
  const times = /^(?:Revert "){1,50}/.exec(title.trim())?.[0].split('"').length ?? 1;
  return times % 2 === 0;
}

/** What GitHub puts into the messages of its three ways to merge; the number at the end of a squash's subject wins. */
export function pullRequestNumber(message: string): number | undefined {
  const first = message.split('\n', 1)[0] ?? '';
  const number = /\(#(\d{1,9})\)\s*$/.exec(first)?.[1] ?? /^Merge pull request #(\d{1,9}) /.exec(first)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Folders two levels deep: enough to tell parts of a repository apart, few enough to count in. */
function areasOf(paths: readonly string[]): BranchCommit['areas'] {
  const files = new Map<string, number>();
  for (const path of paths) {
    const area = path.split('/').slice(0, -1).slice(0, 2).join('/');
    files.set(area, (files.get(area) ?? 0) + 1);
  }
  return [...files]
    .map(([path, count]) => ({ path, files: count }))
    .toSorted((a, b) => b.files - a.files || (a.path < b.path ? -1 : 1))
    .slice(0, 20);
}
