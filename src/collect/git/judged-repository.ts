import type { Change, CommitId, Hunk } from '../../core/change.ts';
import type { BranchCommit } from '../../core/health-facts.ts';
import type { Part, Unavailable } from '../../core/part.ts';
import type { UnreviewedTail } from '../../core/review-facts.ts';
import type { ChangedText } from '../../review/measure/quiet-lines.ts';
import type { CarriedLines } from './carried-lines.ts';
import type { FilesOfCommits } from './commit-files.ts';
import type { DatedCommit } from './first-parents.ts';
import type { MissingCommit } from './object-store.ts';
import type { PastChanges } from './past-changes.ts';
import type { ChangedContents, ChangeQuestion } from './read-change.ts';
import type { TreeFile, WantedBlob } from './tree-files.ts';

/** How a file of one commit goes on in another: under which path, and with which changes (no context lines). */
export interface CarriedFile {
  readonly path: string;
  readonly hunks: readonly Hunk[];
}

export interface TailQuestion {
  readonly base: CommitId;
  readonly head: CommitId;
  readonly approved: CommitId;
}

/**
 * The repository a pull request lives in, to be read and never written. What cannot be had is said in a sentence that
 * holds no credentials. Ids are full ones, as `resolve` gives them.
 */
export interface JudgedRepository {
  /** A branch, tag, id, abbreviated id or `HEAD`, with `~2` or `^` behind it, to the id of its commit. */
  resolve(revision: string): Promise<Part<CommitId>>;
  /** As the commit itself says, also where a shallow checkout calls it a root. */
  parentsOf(commit: CommitId): Promise<Part<readonly CommitId[]>>;
  /** Fetches what is missing, with history. Gives those that could not be had, with the reason. */
  ensureCommits(ids: readonly CommitId[]): Promise<readonly MissingCommit[]>;
  /** From the full history, so it is right from a checkout of depth 1 too; of several the one git uses. */
  mergeBase(base: CommitId, head: CommitId): Promise<CommitId | Unavailable>;
  readChange(question: ChangeQuestion): Promise<Part<Change>>;
  /** Where the contents of the files of a change stand, by path; undefined for one that `readChange` did not give. */
  contentsOf(change: Change): ReadonlyMap<string, ChangedContents> | undefined;
  /**
   * For every path at `from` that differs at `to`; unchanged files are absent. `'deleted'`: none of its lines can be
   * carried, since the file is gone, binary or over 16 MB.
   */
  hunksBetween(from: CommitId, to: CommitId): Promise<Part<ReadonlyMap<string, CarriedFile | 'deleted'>>>;
  /** The same with the blocks that stand elsewhere now. */
  linesBetween(from: CommitId, to: CommitId): Promise<Part<CarriedLines>>;
  /** Added and deleted lines with their text, by file; empty for a difference of more than 200,000 lines. */
  changedTexts(from: CommitId, to: CommitId): Promise<Part<readonly ChangedText[]>>;
  /** A commit and its first parents, newest first. */
  firstParents(commit: CommitId, most: number): Promise<Part<readonly DatedCommit[]>>;
  /** How often files were changed before a commit since a time (ISO 8601), and how often to fix something. */
  pastChanges(
    commit: CommitId,
    since: string,
    paths: readonly string[],
  ): Promise<Part<ReadonlyMap<string, PastChanges>>>;
  /** What each of these commits changes against its parent; merges change nothing. */
  filesOf(commits: readonly CommitId[]): Promise<Part<FilesOfCommits>>;
  /** Every file, symlink and submodule of a commit, in git's order. */
  listFiles(commit: CommitId): Promise<Part<readonly TreeFile[]>>;
  /** By id. `maxBytes` bounds each single blob. */
  readBlobs(
    wanted: readonly WantedBlob[],
    limits: { readonly maxBytes: number },
  ): Promise<ReadonlyMap<string, Uint8Array | 'too large' | 'missing'>>;
  /** `'absent'` when the commit has no such file; a symlink gives the path it points to. */
  readFile(
    commit: CommitId,
    path: string,
    limits?: { readonly maxBytes: number },
  ): Promise<Part<Uint8Array | 'too large' | 'absent'>>;
  /** What was changed after `approved`, whatever happened to base and commits in between. `approvedAt` is the caller's. */
  unreviewedTail(
    question: TailQuestion,
  ): Promise<Part<Omit<UnreviewedTail, 'approvedCommit' | 'approvedAt'>>>;
  /** The first-parent line below a commit from a time (ISO 8601) on, oldest first, read in one stream. */
  branchCommits(tip: CommitId, since: string): Promise<Part<readonly BranchCommit[]>>;
  /** Removes the scratch folder. */
  close(): Promise<void>;
}
