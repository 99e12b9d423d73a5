import { type WorkflowRun, workflowRunOf } from '../../collect/artifact/workflow-run.ts';
import type { CommitId } from '../../core/change.ts';

/** What an event asks for. */
export type Occasion =
  | { readonly kind: 'pull-request'; readonly pullRequest: JudgedPullRequest }
  /** A comment on a pull request that holds a command: the pull request is looked up and judged again. */
  | { readonly kind: 'comment'; readonly number: number }
  /** A merge queue's candidate: its pull requests were judged, and the queue waits for an answer. */
  | { readonly kind: 'merge-group'; readonly head: CommitId }
  /** The tests of a commit are done in another workflow. */
  | { readonly kind: 'tests-done'; readonly tests: WorkflowRun }
  /** The default branch moved, and this job ran its tests. */
  | { readonly kind: 'tested-default-branch'; readonly branch: string }
  | { readonly kind: 'weekly' }
  | { readonly kind: 'nothing-to-do'; readonly reason: string };

export interface JudgedPullRequest {
  readonly number: number;
  readonly head: CommitId;
  /** Tip of the base branch, as the event tells it. */
  readonly base: CommitId;
  readonly baseName: string;
  /** The merge commit the run was started for, when the event has one. */
  readonly mergeCommit?: CommitId;
}

interface Payload {
  readonly ref?: unknown;
  readonly repository?: Readonly<Record<string, unknown>> | undefined;
  readonly action?: string | undefined;
  readonly workflow_run?: unknown;
  readonly issue?: { readonly number: number; readonly pull_request?: unknown } | undefined;
  readonly comment?: Readonly<Record<string, unknown>> | undefined;
  readonly merge_group?: { readonly head_sha?: unknown } | undefined;
  readonly pull_request?:
    | {
        readonly number: number;
        readonly head?: { readonly sha?: unknown };
        readonly base?: { readonly sha?: unknown; readonly ref?: unknown };
      }
    | undefined;
}

const pullRequestEvents = new Set(['pull_request', 'pull_request_review', 'pull_request_target']);

/** Reads the event's payload. Ids are checked here, so that nothing else has to doubt them. */
export function occasionOf(event: string, payload: Payload, sha: string): Occasion {
  if (event === 'schedule' || event === 'workflow_dispatch') return { kind: 'weekly' };
  const branch = payload.repository?.default_branch;
  if (event === 'push' && typeof branch === 'string' && payload.ref === `refs/heads/${branch}`) {
    return { kind: 'tested-default-branch', branch };
  }
  if (event === 'issue_comment') return commentOccasion(payload);
  if (event === 'workflow_run') return testsOccasion(payload);
  if (event === 'merge_group' && isCommitId(payload.merge_group?.head_sha)) {
    return { kind: 'merge-group', head: payload.merge_group.head_sha };
  }
  const pullRequest = payload.pull_request;
  if (!pullRequestEvents.has(event) || !pullRequest) {
    return {
      kind: 'nothing-to-do',
      reason: `Review Vitals has nothing to do on the event ${event}: it judges pull requests and their reviews.`,
    };
  }
  const [head, base] = [pullRequest.head?.sha, pullRequest.base?.sha];
  if (!isCommitId(head) || !isCommitId(base)) {
    return {
      kind: 'nothing-to-do',
      reason: `The event ${event} names no head and base commit of pull request ${pullRequest.number}; nothing was judged.`,
    };
  }
  return {
    kind: 'pull-request',
    pullRequest: {
      number: pullRequest.number,
      head,
      base,
      baseName: String(pullRequest.base?.ref ?? 'base'),
      // pull_request_target runs on the base branch: its commit is no merge of this pull request.
      ...(event !== 'pull_request_target' && isCommitId(sha) && { mergeCommit: sha }),
    },
  };
}

function testsOccasion({ action, workflow_run: run }: Payload): Occasion {
  const tests = workflowRunOf(run);
  if (action !== 'completed' || !tests)
    return {
      kind: 'nothing-to-do',
      reason: 'The run of the tests is not done; what it leaves is read then.',
    };
  return { kind: 'tests-done', tests };
}

function commentOccasion({ issue, comment }: Payload): Occasion {
  if (!issue?.pull_request)
    return {
      kind: 'nothing-to-do',
      reason: 'The comment is on an issue; Review Vitals answers on pull requests.',
    };
  if (!/^ {0,3}\/vitals[ \t]/m.test(String(comment?.body ?? ''))) {
    return { kind: 'nothing-to-do', reason: 'The comment holds no /vitals command.' };
  }
  return { kind: 'comment', number: issue.number };
}

export function isCommitId(value: unknown): value is CommitId {
  return typeof value === 'string' && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(value);
}
