import type { CommitId, LineRange } from './change.ts';

/** `partial`: the line ran, but not all of its branches did. */
export type LineStatus = 'hit' | 'partial' | 'miss';

/** Run lengths instead of line numbers: `[first line, number of lines, status]`, ascending, never overlapping. */
export type StatusRun = readonly [start: number, lines: number, status: LineStatus];

export interface LineTotals {
  readonly hit: number;
  readonly partial: number;
  readonly miss: number;
}

export interface CoveredFile {
  /** Path of a tracked file at the measured commit. */
  readonly path: string;
  /** Every line the report knows, in the measured commit's numbering. */
  readonly totals: LineTotals;
}

/** A changed file whose lines were carried from the measured commit to the head. */
export interface CoveredChangedFile {
  /** Path at the head. */
  readonly path: string;
  /** Head-side numbering. */
  readonly runs: readonly StatusRun[];
  /** Lines of the report that do not exist at the head any more, in the measured commit's numbering. */
  readonly notCarried: readonly LineRange[];
  /** Head-side lines that the measured commit does not have in this form: no report can know them. */
  readonly newSinceMeasured: readonly LineRange[];
}

export interface CoverageReportSource {
  /** Path of the report file, relative to the workspace. */
  readonly path: string;
  readonly format: string;
  readonly files: number;
  /** Something odd that did not stop the reading ("3 negative counts read as run"). */
  readonly remarks: readonly string[];
}

export interface UnmappedPath {
  /** As the report writes it. Untrusted text. */
  readonly reportPath: string;
  readonly why: 'no tracked file matches' | 'several tracked files match';
  /** Lies in a folder of installed or system code: listed, but no sign of a wrong path mapping. */
  readonly isThirdParty: boolean;
}

export interface CoverageFacts {
  /** The commit that was checked out when the tests ran: merge ref, head or merge-group commit. */
  readonly measuredCommit: CommitId;
  readonly reports: readonly CoverageReportSource[];
  /** Unit of every number below. */
  readonly unit: 'lines';
  /** All mapped files, sorted by path. */
  readonly files: readonly CoveredFile[];
  readonly changed: readonly CoveredChangedFile[];
  readonly unmapped: readonly UnmappedPath[];
  /** Files the reports speak of, mapped or not. */
  readonly reportedFiles: number;
}
