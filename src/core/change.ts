import type { Person } from './people.ts';

/** A full object id: 40 hexadecimal characters in a SHA-1 repository, 64 in a SHA-256 one. */
export type CommitId = string;

/** Both ends included, numbered from 1. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/**
 * One hunk of the three-line-context diff between merge base and head, as GitHub shows it: a comment can be anchored on
 * the head side to `headStart … headStart + headLines - 1` and on the base side likewise, and a multi-line comment may
 * not leave one hunk. A count of 0 means that side is empty (its start is then the line before, as git prints it).
 */
export interface Hunk {
  readonly baseStart: number;
  readonly baseLines: number;
  readonly headStart: number;
  readonly headLines: number;
}

export type ChangeStatus = 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type-changed';

export interface ChangedFile {
  /** Path at the head (at the base for a deleted file). Bytes that are not UTF-8 become U+FFFD. */
  readonly path: string;
  /** Path at the merge base, where a rename or copy was detected. */
  readonly previousPath?: string;
  readonly status: ChangeStatus;
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** Judged by content alone: the repository's `.gitattributes` cannot hide a file as binary. */
  readonly isBinary: boolean;
  /** Over 16 MB on one side: its lines were not compared, and `isBinary` says nothing about its content. */
  readonly isTooLarge?: true;
  readonly hunks: readonly Hunk[];
  /** Head-side lines that the change adds (an edited line counts as one deleted and one added). */
  readonly added: readonly LineRange[];
  /** Base-side lines that the change removes. */
  readonly deleted: readonly LineRange[];
}

export interface Commit {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  readonly author: Person;
  /** From `Co-authored-by` trailers; absent when there are none. */
  readonly coAuthors?: readonly Person[];
  /** ISO 8601, UTC. */
  readonly committedAt: string;
  readonly subject: string;
  /**
   * Everything after the subject, trailers included, except lines that name a person ("Signed-off-by: …"); empty when
   * there is none.
   */
  readonly body: string;
}

/** What a pull request (or a local branch) changes: the three-dot diff between its merge base and its head. */
export interface Change {
  /** Tip of the branch the change goes to. */
  readonly base: CommitId;
  readonly head: CommitId;
  readonly mergeBase: CommitId;
  /** How the base was named by whoever asked ("main"); for reading only. */
  readonly baseName: string;
  /** Sorted by path, byte order. */
  readonly files: readonly ChangedFile[];
  /** Commits reachable from the head and not from the base, oldest first. */
  readonly commits: readonly Commit[];
  /** Something odd about the history that did not stop the reading ("2 commits could serve as merge base …"). */
  readonly remarks?: readonly string[];
}
