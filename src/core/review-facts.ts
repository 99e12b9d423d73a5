import type { CommitId, LineRange } from './change.ts';
import type { Person } from './people.ts';

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
  /** Absent when nobody has approved; `unavailable` when the approved commit could not be read. */
  readonly tail?: UnreviewedTail | { readonly unavailable: string };
}

export interface ForcePush {
  readonly at: string;
  readonly before?: CommitId;
  readonly after?: CommitId;
}
