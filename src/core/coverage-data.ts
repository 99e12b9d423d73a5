import type { CommitId } from './change.ts';
import type { StatusRun, UnmappedPath } from './coverage-facts.ts';

export const coverageDataVersion = 1;

/** Bytes of the JSON of one shard. A repository of 50,000 files with a thousand lines each needs about 12 MB. */
export const largestCoverageData = 32 * 1024 * 1024;

/** Paths that no tracked file matches are counted beyond this many, and not named. */
export const mostUnmappedPaths = 20_000;

/** Where a shard's data was measured: a job of a workflow, and its place when a matrix multiplies the job. */
export interface ShardName {
  /** The job's key in its workflow file. */
  readonly job: string;
  /** From 1; 1 of 1 where there is no matrix. */
  readonly index: number;
  readonly total: number;
}

/**
 * What a test job leaves for whoever judges: line status and paths, nothing else. It comes from a job that runs the pull
 * request's own code, so every part of it is checked when it is read, and no text of it is shown as ours.
 */
export interface CoverageData {
  /** "owner/name" of the repository whose workflow measured. */
  readonly repository: string;
  /** The commit that was checked out when the tests ran. */
  readonly measuredCommit: CommitId;
  readonly shard: ShardName;
  readonly unit: 'lines';
  readonly reports: readonly ReportSummary[];
  /** Line status by path at the measured commit, in its numbering; sorted by path. */
  readonly files: ReadonlyMap<string, readonly StatusRun[]>;
  /** Files the reports speak of, mapped or not. */
  readonly reportedFiles: number;
  readonly unmapped: readonly UnmappedPath[];
}

export interface ReportSummary {
  /** Path of the report, relative to the workspace of its job. */
  readonly path: string;
  readonly format: string;
  readonly files: number;
  /** How many oddities the reading met; the job's log has their words. */
  readonly remarks: number;
}

/** "test", or "test-2of3" in a matrix. */
export function shardText({ job, index, total }: ShardName): string {
  return total > 1 ? `${job}-${index}of${total}` : job;
}
