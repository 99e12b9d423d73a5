import type { BranchCommit } from '../../core/health-facts.ts';
import type { LogEntry } from './log-reader.ts';
import { isRevert, readMergeMessage } from './merge-message.ts';
import { isForwardMigration } from './migration-path.ts';

/** Of an entry of the log, what the report uses; nothing in it says who wrote it. */
export function branchCommit(entry: LogEntry): BranchCommit {
  const message = readMergeMessage(entry.message);
  const number = message.pullRequest;
  return {
    id: entry.id,
    committedAt: isoTime(entry.committedAt),
    ...(number !== undefined && { pullRequest: number }),
    isRevert: isRevert(message),
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
