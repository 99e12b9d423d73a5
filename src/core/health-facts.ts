import type { CommitId } from './change.ts';
import type { TrendPoint } from './coverage-facts.ts';
import type { Repository } from './facts.ts';
import type { HealthRecord, RuleUse } from './health-record.ts';
import type { Part } from './part.ts';
import type { ReviewFacts } from './review-facts.ts';
import type { ConfiguredWaiver } from './settings.ts';
import type { Sprints } from './sprints.ts';

/** Everything the weekly report looks at, as plain JSON; the repository's last 26 complete weeks. */
export interface HealthFacts {
  readonly schemaVersion: 1;
  /** ISO 8601, UTC: the only clock the report knows. */
  readonly now: string;
  readonly repository: Repository;
  readonly pulls: Part<MergedPulls>;
  readonly history: Part<BranchHistory>;
  readonly migrations: Part<MigrationLedger>;
  /** Stored measurements of the branch's commits, oldest first; absent where nobody looked. */
  readonly coverage?: Part<readonly TrendPoint[]>;
  /** What earlier weekly runs left in the repository, newest first; empty when there is nothing. */
  readonly records: Part<readonly HealthRecord[]>;
  /** Of the findings on pull requests that were merged or closed in the last complete week; absent where nobody looked. */
  readonly usefulness?: Part<readonly RuleUse[]>;
  /** From the settings of the branch; absent where there are none. */
  readonly waivers?: readonly ConfiguredWaiver[];
  /** Where deadlines lay; absent where nobody looked. */
  readonly sprints?: Part<Sprints>;
  /** Oddities that made no part unavailable. */
  readonly remarks: readonly string[];
}

export interface MergedPulls {
  /** Every pull request merged into the default branch from here on is in the list. */
  readonly completeSince: string;
  /** By time of merge, oldest first. */
  readonly pulls: readonly MergedPull[];
}

export interface MergedPull {
  readonly number: number;
  readonly createdAt: string;
  readonly mergedAt: string;
  /** It takes an earlier pull request back. */
  readonly isRevert: boolean;
  /** Added plus deleted lines, as GitHub counts them. */
  readonly lines: number;
  readonly head: CommitId;
  /** The commit that brought it onto the branch; the last one, where it was rebased. */
  readonly mergeCommit?: CommitId;
  readonly review: Part<ReviewFacts>;
}

/** The first-parent line of the default branch: one entry per merge, squash or direct commit. */
export interface BranchHistory {
  readonly tip: CommitId;
  readonly completeSince: string;
  /** Oldest first. */
  readonly commits: readonly BranchCommit[];
}

export interface BranchCommit {
  readonly id: CommitId;
  readonly committedAt: string;
  /** The number its message names ("(#12)", "Merge pull request #12"). */
  readonly pullRequest?: number;
  readonly isRevert: boolean;
  /** Files that differ from the first parent. */
  readonly files: number;
  /** Folders (two levels at most) with the files changed in each, most files first, at most 20; "" is the root. */
  readonly areas: readonly { readonly path: string; readonly files: number }[];
  /** Forward migrations that it adds, by path. */
  readonly migrations: readonly string[];
}

export interface MigrationLedger {
  /** Oldest first. */
  readonly entries: readonly MigrationEntry[];
  /** What limits the judgement of the reasons ("pull request descriptions were not read because …"). */
  readonly limits: readonly string[];
}

/** A first-parent commit that adds migrations, and whether a reason is written anywhere for it. */
export interface MigrationEntry {
  readonly commit: CommitId;
  readonly committedAt: string;
  readonly pullRequest?: number;
  readonly paths: readonly string[];
  /** `not-needed`: a machine wrote it, or nothing in it goes forward. */
  readonly reason: 'written' | 'missing' | 'not-needed' | 'not-judged';
}
