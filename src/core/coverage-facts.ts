import type { CommitId, LineRange } from './change.ts';
import type { Part } from './part.ts';

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
  /** Name of its module; absent where nobody looked. */
  readonly module?: string;
  /** Of the base branch in the half year before; absent where nobody looked. */
  readonly past?: { readonly changes: number; readonly fixes: number };
  /** Mean number of branches and loops around its added lines that no test runs; absent where nobody looked. */
  readonly branchDepth?: number;
  /** The tracked test file that carries its name, if there is one. */
  readonly nearestTest?: string;
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
  /** Changed source files that only declare types: no report lists them, and nothing is missing. */
  readonly withoutCode?: readonly string[];
  /** Top folders with source files at the measured commit of which the report knows none. */
  readonly foldersLeftOut?: readonly string[];
  /** What was measured before this change, carried to the measured commit; absent where nobody looked. */
  readonly base?: Part<BaseCoverage>;
  /** Where each module stands, by name; absent where nobody looked. */
  readonly modules?: readonly CoverageModule[];
  /** Stored measurements of the base branch, oldest first, the base included; absent where nobody looked. */
  readonly trend?: Part<readonly TrendPoint[]>;
}

/** Lines: how many ran (wholly or in part) out of how many hold code. As a difference both may be negative. */
export interface LineCount {
  readonly ran: number;
  readonly lines: number;
}

/**
 * Where a difference between two measurements comes from, line by line and in whole numbers: the parts add up to `head`
 * minus `base`.
 */
export interface CoverageLedger {
  readonly base: LineCount;
  readonly head: LineCount;
  /** Lines that this change adds or rewrites. */
  readonly added: LineCount;
  /** Lines that this change removes or rewrites, as they were. */
  readonly removed: LineCount;
  /** Lines of blocks and files that stand elsewhere in the same form: taken from one place and put to the other. */
  readonly moved: LineCount;
  /** Unchanged lines that run, or are counted, otherwise than before. */
  readonly indirect: LineCount;
  /** Lines that other changes between the base measurement and this one add or remove. */
  readonly elsewhere: LineCount;
  /** Unchanged lines of files that only one of the two measurements knows. */
  readonly unmapped: LineCount;
}

export interface BaseCoverage {
  /** The commit that was measured: the merge base or one of its first parents, never a descendant. */
  readonly commit: CommitId;
  /** `history`: stored in the repository, where anybody who can push can write; `reports`: given with this run. */
  readonly from: 'history' | 'reports';
  /** First-parent commits from the merge base down to it. */
  readonly distance: number;
  /** When it was stored, ISO 8601. */
  readonly storedAt?: string;
  /** "<run id>/<attempt>" of the workflow that stored it, as it says itself. */
  readonly run?: string;
  /** All files together. */
  readonly ledger: CoverageLedger;
  /** Unchanged lines that one or both measurements count as code, and those that only one does, of files both know. */
  readonly unchanged: { readonly lines: number; readonly knownToOne: number };
  /** Base lines of code in all, and those that other changes removed since. */
  readonly carried: { readonly lines: number; readonly lost: number };
  /** Unchanged lines that ran and do not run any more, by file. */
  readonly lostLines: readonly LostLines[];
  /** Reports that the base has and this run has not, although their files are still there. */
  readonly missingShards: readonly MissingShard[];
}

export interface LostLines {
  /** Path at the head. */
  readonly path: string;
  /** Head-side numbering. */
  readonly ranges: readonly LineRange[];
  /** Further lines that came and went without any change to them before: left out of the ranges. */
  readonly flaky: number;
}

export interface MissingShard {
  /** Name of the job or path of the report. Untrusted text. */
  readonly name: string;
  readonly files: number;
  readonly lines: number;
}

export interface CoverageModule {
  /** Path of its folder, or the name that the settings or the owners give it; "" is what no other module holds. */
  readonly name: string;
  readonly kind: 'configured' | 'workspace' | 'go module' | 'maven module' | 'owned area' | 'folder';
  /** Measured files at the measured commit. */
  readonly files: number;
  readonly count: LineCount;
  /** The change touches a file of it. */
  readonly isTouched: boolean;
  /** Absent without a base. */
  readonly ledger?: CoverageLedger;
}

/** One stored measurement of a commit on the base branch. */
export interface TrendPoint {
  readonly commit: CommitId;
  /** ISO 8601, UTC. */
  readonly committedAt: string;
  readonly count: LineCount;
  readonly modules: readonly { readonly name: string; readonly count: LineCount }[];
}
