import type { Side } from '../git/diff.ts';
import type { Permissions } from '../scenario.ts';

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
  readonly name: string | null;
  readonly email: string;
  readonly createdAt: string;
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: string;
  readonly publicKey?: string;
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly createdAt: string;
}

export interface Installation {
  readonly id: number;
  readonly appId: number;
  readonly account: string;
  readonly repositories?: readonly string[];
  readonly permissions: Permissions;
  readonly createdAt: string;
  suspendedAt: string | null;
}

export interface Token {
  readonly value: string;
  /** `actions` and `installation` tokens act for an app, `user` tokens for a person. */
  readonly kind: 'actions' | 'installation' | 'user';
  readonly login: string;
  readonly appId?: number;
  readonly permissions: Permissions;
  readonly repositories?: readonly string[];
  readonly expiresAt?: string;
}

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

export interface IssueComment {
  readonly id: number;
  readonly by: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  editedAt?: string;
  editedBy?: string;
  minimized?: string;
}

export interface Issue {
  readonly kind: 'issue' | 'pull';
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly author: string;
  association?: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null;
  labels: string[];
  assignees: string[];
  locked: boolean;
  readonly comments: IssueComment[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

export interface Review {
  readonly id: number;
  readonly by: string;
  state: ReviewState;
  body: string;
  readonly commitId: string;
  readonly createdAt: string;
  submittedAt: string | null;
  updatedAt: string;
  editedAt?: string;
  editedBy?: string;
}

export interface ReviewComment {
  readonly id: number;
  readonly by: string;
  body: string;
  readonly reviewId: number;
  readonly createdAt: string;
  updatedAt: string;
  editedAt?: string;
  editedBy?: string;
  minimized?: string;
  readonly replyTo?: number;
}

export interface Thread {
  readonly id: number;
  /** Path at the head the thread now hangs on. */
  path: string;
  readonly subjectType: 'LINE' | 'FILE';
  readonly side: Side;
  readonly startSide?: Side;
  /** Absent when the line was changed since: the thread is then outdated. */
  line: number | undefined;
  startLine: number | undefined;
  outdated: boolean;
  commitId: string;
  readonly originalLine?: number;
  readonly originalStartLine?: number;
  readonly originalCommitId: string;
  readonly originalPosition: number;
  readonly diffHunk: string;
  resolvedBy: string | null;
  comments: ReviewComment[];
}

export type TimelineEvent = { readonly id: number; readonly actor: string; readonly at: string } & (
  | {
      readonly type:
        | 'ready_for_review'
        | 'convert_to_draft'
        | 'auto_merge_enabled'
        | 'closed'
        | 'reopened'
        | 'locked';
    }
  | { readonly type: 'merged'; readonly commit: string }
  | { readonly type: 'comment_deleted'; readonly author: string }
  | { readonly type: 'review_requested' | 'review_request_removed'; readonly reviewer: string }
  | { readonly type: 'labeled'; readonly label: string }
  | {
      readonly type: 'review_dismissed';
      readonly reviewId: number;
      readonly message: string;
      readonly previous: ReviewState;
    }
  | { readonly type: 'force_pushed'; readonly before: string; readonly after: string }
  | { readonly type: 'base_changed'; readonly from: string; readonly to: string }
  | { readonly type: 'renamed'; readonly from: string; readonly to: string }
);

type EventDetails<T> = T extends unknown ? Omit<T, 'id' | 'actor' | 'at'> : never;
export type NewTimelineEvent = EventDetails<TimelineEvent>;

export interface PullRequest extends Issue {
  readonly kind: 'pull';
  /** Full name of the repository the head branch lives in; null when that fork was deleted. */
  headRepository: string | null;
  readonly headRef: string;
  baseRef: string;
  headSha: string;
  /** Tip of the base branch when the head was last pushed: as on GitHub it does not follow the branch. */
  baseSha: string;
  draft: boolean;
  /** The test merge; null when the two conflict. */
  mergeSha: string | null;
  mergedAt: string | null;
  mergedBy: string | null;
  mergeCommit: string | null;
  readonly reviews: Review[];
  threads: Thread[];
  readonly timeline: TimelineEvent[];
  requestedReviewers: string[];
  closesIssues: readonly number[];
}

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suiteId: number;
  readonly appId: number;
  name: string;
  readonly headSha: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: CheckAnnotation[];
}

export interface CheckSuite {
  readonly id: number;
  readonly appId: number;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly createdAt: string;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly by: string;
  readonly createdAt: string;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly zip: Buffer;
  readonly createdAt: string;
}

export interface WorkflowRun {
  readonly id: number;
  /** The same for all runs of one workflow. */
  readonly workflowId: number;
  readonly attempt: number;
  readonly name: string;
  readonly path: string;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  readonly headRepository: string;
  status: string;
  conclusion: string | null;
  readonly actor: string;
  readonly createdAt: string;
  readonly jobs: {
    readonly id: number;
    readonly name: string;
    readonly conclusion: string | null;
  }[];
}

type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read';

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly description: string | null;
  readonly isPrivate: boolean;
  readonly hasIssues: boolean;
  readonly defaultBranch: string;
  readonly directory: string;
  readonly forkOf?: string;
  readonly createdAt: string;
  pushedAt: string;
  readonly collaborators: Map<string, Role>;
  readonly labels: Label[];
  readonly issues: Map<number, Issue>;
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  readonly statuses: CommitStatus[];
  readonly artifacts: Artifact[];
  readonly runs: WorkflowRun[];
  /** Scenario names of commits. */
  readonly names: Map<string, string>;
}

/** A webhook on its way to an app, or arrived. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly appId: number;
  readonly deliveredAt: string;
  readonly redelivery: boolean;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly payload: string;
  readonly headers: Readonly<Record<string, string>>;
  /** 0 until there is an answer; 502 when the receiver could not be reached. */
  statusCode: number;
  answer: string;
}

/** GitHub says no: the status and the body it would send. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors?: readonly unknown[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export function isPullRequest(issue: Issue | undefined): issue is PullRequest {
  return issue?.kind === 'pull';
}
