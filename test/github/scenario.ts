/**
 * What a scenario file may say; README.md describes it for people. A part without a time takes the next second of the
 * server's clock, so that a scenario with `now` gives the same commits on every machine.
 */
export type Level = 'read' | 'write' | 'none';
export type PermissionName =
  | 'contents'
  | 'pull_requests'
  | 'checks'
  | 'issues'
  | 'actions'
  | 'statuses'
  | 'metadata'
  | 'administration'
  | 'merge_queues';
export type Permissions = Partial<Readonly<Record<PermissionName, Level>>>;

export interface Scenario {
  /** Where the server's clock starts (ISO 8601); it then moves one second per event. Without it the real time is used. */
  readonly now?: string;
  /** By login. Logins used elsewhere appear by themselves; `[bot]` at the end makes a Bot. */
  readonly users?: Readonly<Record<string, ScenarioUser>>;
  readonly apps?: readonly ScenarioApp[];
  /** By token value. */
  readonly tokens?: Readonly<Record<string, ScenarioToken>>;
  readonly repositories?: readonly ScenarioRepository[];
  readonly limits?: Partial<Limits>;
}

interface ScenarioUser {
  readonly type?: 'User' | 'Bot' | 'Organization';
  readonly name?: string;
  readonly email?: string;
}

export interface ScenarioToken {
  /** Login of the identity; `github-actions[bot]` when absent. */
  readonly as?: string;
  /** Absent for a person's token, which may do what the person may. */
  readonly permissions?: Permissions;
  /** Full names; every repository when absent. */
  readonly repositories?: readonly string[];
}

interface ScenarioApp {
  readonly id: number;
  readonly slug: string;
  readonly name?: string;
  readonly owner?: string;
  /** PEM; JWTs are verified with it. */
  readonly publicKey?: string;
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  readonly installations?: readonly ScenarioInstallation[];
}

interface ScenarioInstallation {
  readonly id: number;
  readonly account: string;
  /** Full names; all repositories of the account when absent. */
  readonly repositories?: readonly string[];
  readonly permissions?: Permissions;
}

export interface ScenarioRepository {
  /** owner/name. */
  readonly name: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly description?: string;
  /** A git repository on disk (working or bare) whose branches and tags are copied. */
  readonly from?: string;
  /** Full name of the repository this one was forked from; its branches are copied. */
  readonly forkOf?: string;
  readonly collaborators?: Readonly<Record<string, 'admin' | 'maintain' | 'write' | 'triage' | 'read'>>;
  readonly labels?: readonly {
    readonly name: string;
    readonly color?: string;
    readonly description?: string;
  }[];
  readonly git?: readonly GitStep[];
  readonly issues?: readonly ScenarioIssue[];
  readonly pullRequests?: readonly ScenarioPullRequest[];
  readonly hasIssues?: boolean;
}

/** A file's content; null deletes it. */
export type FileContent =
  | string
  | null
  | { readonly base64: string }
  | { readonly symlink: string }
  | { readonly submodule: string }
  | { readonly executable: string };

interface CommitStep {
  readonly commit: string;
  readonly branch?: string;
  readonly files?: Readonly<Record<string, FileContent>>;
  readonly by?: string;
  readonly at?: string;
  /** A name for this commit, usable wherever a commit is asked for. */
  readonly as?: string;
  readonly tag?: string;
}

export type GitStep =
  | CommitStep
  | { readonly branch: string; readonly from: string }
  | {
      readonly merge: string;
      readonly into: string;
      readonly message?: string;
      readonly by?: string;
      readonly at?: string;
      readonly as?: string;
      readonly squash?: boolean;
    }
  | { readonly reset: string; readonly to: string }
  | { readonly delete: string };

interface ScenarioComment {
  readonly by: string;
  readonly body: string;
  readonly at?: string;
}

export interface ScenarioIssue {
  readonly number?: number;
  readonly title: string;
  readonly body?: string;
  readonly by?: string;
  readonly at?: string;
  readonly state?: 'open' | 'closed';
  readonly labels?: readonly string[];
  readonly comments?: readonly ScenarioComment[];
}

export interface ScenarioThread extends ScenarioComment {
  readonly path: string;
  /** Absent for a comment on the whole file. */
  readonly line?: number;
  readonly side?: 'LEFT' | 'RIGHT';
  readonly startLine?: number;
  readonly startSide?: 'LEFT' | 'RIGHT';
  readonly replies?: readonly ScenarioComment[];
  /** Login of who resolved it. */
  readonly resolved?: string;
  readonly commit?: string | number;
}

export interface ScenarioReview {
  readonly by: string;
  readonly state?: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly body?: string;
  readonly submittedAt?: string;
  /** `head` (default), an index into the pull request's commits (negative from the end), a name given by `as`, or a SHA. */
  readonly commit?: string | number;
  readonly comments?: readonly Omit<ScenarioThread, 'by'>[];
  readonly dismissed?: { readonly by: string; readonly message?: string; readonly at?: string };
}

export interface ScenarioEvent {
  readonly type:
    | 'ready_for_review'
    | 'convert_to_draft'
    | 'review_requested'
    | 'review_request_removed'
    | 'auto_merge_enabled'
    | 'labeled'
    | 'locked'
    | 'closed'
    | 'reopened';
  readonly by?: string;
  readonly at?: string;
  /** Requested reviewer or label. */
  readonly what?: string;
}

/** A new pull request; with a `number` that exists, what is to change or to be added. */
export interface ScenarioPullRequest {
  readonly number?: number;
  readonly title?: string;
  readonly body?: string | null;
  readonly author?: string;
  readonly authorAssociation?: string;
  /** Branch, or `owner:branch` of a fork in the scenario. */
  readonly head?: string;
  readonly base?: string;
  readonly draft?: boolean;
  readonly at?: string;
  readonly labels?: readonly string[];
  /** Commits to put on the head branch first (it is made from the base branch when it does not exist). */
  readonly commits?: readonly Omit<CommitStep, 'branch'>[];
  readonly events?: readonly ScenarioEvent[];
  readonly comments?: readonly ScenarioComment[];
  readonly reviews?: readonly ScenarioReview[];
  readonly threads?: readonly ScenarioThread[];
  /** More commits pushed afterwards, one push; `force` replaces the branch from its base on. */
  readonly pushes?: readonly {
    readonly commits: readonly Omit<CommitStep, 'branch'>[];
    readonly force?: boolean;
    readonly by?: string;
    readonly at?: string;
  }[];
  readonly locked?: boolean;
  readonly closed?: { readonly by?: string; readonly at?: string };
  readonly merged?: { readonly by?: string; readonly at?: string; readonly method?: 'merge' | 'squash' };
  readonly closesIssues?: readonly number[];
}

export interface Limits {
  /** Requests that create content, per minute and token, before the secondary limit answers 403. */
  readonly contentPerMinute: number;
  /** Nodes that a GraphQL page may hold before the answer is 502. */
  readonly graphqlNodes: number;
  /** Files that a pull request lists. */
  readonly pullRequestFiles: number;
  /** What Retry-After says, in seconds. */
  readonly retryAfter: number;
}
