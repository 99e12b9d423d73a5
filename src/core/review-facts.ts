import type { CommitId, LineRange } from './change.ts';
import type { Part } from './part.ts';
import type { Person, PersonKey } from './people.ts';
import type { ReviewBaseline } from './review-baseline.ts';

export type ReviewState = 'approved' | 'changes-requested' | 'commented' | 'dismissed' | 'pending';

export interface Review {
  readonly id: string;
  readonly by: Person;
  /** As GitHub has it today: an approval that was dismissed reads 'dismissed'. */
  readonly state: ReviewState;
  /** ISO 8601, UTC. */
  readonly submittedAt: string;
  /** The head the reviewer saw; absent when GitHub no longer knows it. */
  readonly commit?: CommitId;
  /** Words of the review's own text, without quotes, code blocks and hidden comments. */
  readonly words: number;
  readonly inlineComments: number;
  /** When and from which state it was dismissed, where GitHub tells. */
  readonly dismissed?: { readonly at: string; readonly from: ReviewState };
  /** What kind of machine gave it; absent for people. */
  readonly machine?: Machine;
  /** An approval written as a comment ("ACK 4f2c1ab"), counted because the repository asked for that. */
  readonly isByComment?: true;
}

/** `app`: a GitHub App; `ai`: one that is known, or configured, to review with a language model; `bot`: a machine user. */
export type Machine = 'app' | 'bot' | 'ai';

/** A conversation at a line of the change. */
export interface ReviewThread {
  readonly id: string;
  readonly path: string;
  /** Where it stands at the head; absent when it is outdated or about the whole file. */
  readonly line?: number;
  readonly startLine?: number;
  readonly side: 'head' | 'base';
  /** The commit it was opened on, where GitHub still knows it. */
  readonly commit?: CommitId;
  readonly isResolved: boolean;
  /** GitHub saw its lines change after it was opened. */
  readonly isOutdated: boolean;
  /** Oldest first; never empty. */
  readonly comments: readonly ThreadComment[];
}

export interface ThreadComment {
  readonly by: Person;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Words of its own text, without quotes, code and hidden comments. */
  readonly words: number;
  /** A sentence of its own text ends with a question mark. */
  readonly isQuestion: boolean;
}

/** A check run or a commit status, in its latest run. */
export interface Check {
  readonly name: string;
  readonly startedAt?: string;
  /** Absent while it runs. */
  readonly completedAt?: string;
  /** `neutral` covers skipped, stale and cancelled ones: they say nothing about the commit. */
  readonly result: 'success' | 'failure' | 'neutral' | 'running';
}

/** Checks of the head, and of the commit that was approved last where that is another one. */
export interface CommitChecks {
  readonly commit: CommitId;
  readonly checks: readonly Check[];
}

/** The pull request whose branch this one goes to: its reviews have seen the lines that both share. */
export interface StackedOn {
  readonly number: number;
  readonly state: 'open' | 'merged';
  readonly author: Person;
  readonly reviews: readonly Review[];
}

/** Open pull requests of the repository, without drafts and without this one. Nothing in it tells people apart. */
export interface ReviewQueue {
  /** Those that no human but their author has reviewed yet. */
  readonly waiting: number;
  readonly open: number;
  /** Open pull requests that ask each team, by its key. */
  readonly byTeam: readonly { readonly team: string; readonly open: number }[];
  /** GitHub has more open ones than were read. */
  readonly isCut: boolean;
}

/** Who has worked where: accounts, as GitHub tells them for the history of the changed paths up to the merge base. */
export interface Familiarity {
  /** ISO 8601: how far back the history was read. */
  readonly since: string;
  readonly files: readonly FileKnowledge[];
}

export interface FileKnowledge {
  readonly path: string;
  /** Authors, co-authors and reviewers of changes to this file since then. */
  readonly known: readonly PersonKey[];
  /** Teams that CODEOWNERS on the base names for it ("@acme/payments"); people named there are dropped. */
  readonly teams: readonly string[];
}

/** Lines of a changed file that nobody has to read closely, found by comparing the removed with the added text. */
export interface QuietLines {
  readonly path: string;
  /** Lines that differ in white space alone, added plus deleted. */
  readonly whitespace: number;
  /** Lines of blocks that stand elsewhere in the same form, added plus deleted. */
  readonly moved: number;
}

/** What `.gitattributes` on the base says of a changed path. `code`: an attribute takes back what its name suggests. */
export interface PathAttribute {
  readonly path: string;
  readonly is: 'generated' | 'vendored' | 'documentation' | 'code';
}

/** A moment the pull request entered or left a merge queue, or auto-merge was switched on or off. */
export interface MergeSignal {
  readonly at: string;
  readonly kind: 'queued' | 'left the queue' | 'auto-merge on' | 'auto-merge off';
}

/** A review that was asked for, or a request that was taken back. */
export interface ReviewRequest {
  readonly at: string;
  readonly kind: 'requested' | 'removed';
  /** A team stands for all of its members, whom GitHub does not tell: `team` is a key that can only be compared. */
  readonly of: { readonly person: Person } | { readonly team: string } | 'unknown';
}

/** Lines that differ between what was approved, carried onto today's merge base, and the head. */
export interface UnreviewedTail {
  /** The approved commit that lies nearest to the head. */
  readonly approvedCommit: CommitId;
  readonly approvedAt: string;
  /** Added plus deleted lines; an edited line counts twice, as in git's own numbers. 0 for a clean rebase or update-merge. */
  readonly addedLines: number;
  readonly deletedLines: number;
  readonly files: readonly TailFile[];
  /**
   * `replayed`: the approved change was replayed by git on today's merge base and compared tree by tree (exact).
   * `patches`: the replay had conflicts or git is older than 2.38, so the two patches were compared line by line.
   */
  readonly method: 'replayed' | 'patches';
}

export interface TailFile {
  readonly path: string;
  /** Head-side lines. */
  readonly added: readonly LineRange[];
  readonly deletedLines: number;
}

/** What GitHub knows of a pull request's review, in time order. */
export interface ReviewFacts {
  readonly author: Person;
  readonly createdAt: string;
  readonly mergedAt?: string;
  readonly mergedBy?: Person;
  /** Submitted reviews only: a pending one is seen by its writer alone. */
  readonly reviews: readonly Review[];
  readonly forcePushes: readonly ForcePush[];
  readonly requests: readonly ReviewRequest[];
  readonly readyForReviewAt: readonly string[];
  readonly convertedToDraftAt: readonly string[];
  /**
   * Accounts that wrote commits of the change, co-authors included: their approval is no second pair of eyes. Merges are
   * left out, since bringing a branch up to date writes none of the change.
   */
  readonly commitAuthors: readonly Person[];
  /** In time order; absent when there is none. */
  readonly mergeSignals?: readonly MergeSignal[];
  /** When the pull request was given another base branch, which keeps its reviews; absent when it never was. */
  readonly retargetedAt?: readonly string[];
  /** Added plus deleted lines, and files, as GitHub counts them; git's own numbers are in the change. */
  readonly size?: { readonly lines: number; readonly files: number };
  /** Every thread; absent where nobody asked for them. */
  readonly threads?: Part<readonly ReviewThread[]>;
  readonly checks?: Part<readonly CommitChecks[]>;
  /** Absent when the base is nobody's branch. */
  readonly stackedOn?: Part<StackedOn>;
  readonly queue?: Part<ReviewQueue>;
  readonly familiarity?: Part<Familiarity>;
  /** Lines (added plus deleted) of each commit, oldest first, merges left out. */
  readonly commitSizes?: readonly { readonly commit: CommitId; readonly lines: number }[];
  readonly quietLines?: readonly QuietLines[];
  readonly attributes?: readonly PathAttribute[];
  /** What is usual here; absent where nobody looked. */
  readonly baseline?: Part<ReviewBaseline>;
  /** Absent when nobody has approved; `unavailable` when the approved commit could not be read. */
  readonly tail?: UnreviewedTail | { readonly unavailable: string };
}

export interface ForcePush {
  readonly at: string;
  readonly before?: CommitId;
  readonly after?: CommitId;
}
