import type { CommitId } from '../../core/change.ts';
import { type Part, unavailable } from '../../core/part.ts';
import type { GitHubClient } from '../github/create-client.ts';

/** A finished run of a workflow, as GitHub tells it: nothing in it was written by the run itself. */
export interface WorkflowRun {
  readonly id: number;
  readonly workflow: number;
  /** Name of the workflow. Untrusted text where the workflow file comes from a fork. */
  readonly name: string;
  /** "pull_request", "push", … */
  readonly event: string;
  readonly attempt: number;
  readonly isDone: boolean;
  /** "success", "failure", "cancelled", …; "null" while it runs. */
  readonly conclusion: string;
  /** What was pushed; the tests may have run on a merge of it. */
  readonly head: CommitId;
  readonly branch: string;
  /** "owner/name" the branch lives in; absent when that repository is gone. */
  readonly repository?: string;
}

export interface RepositoryAddress {
  readonly owner: string;
  readonly name: string;
}

interface RunAnswer {
  readonly id: unknown;
  readonly workflow_id: unknown;
  readonly name?: unknown;
  readonly event: unknown;
  readonly run_attempt?: unknown;
  readonly head_sha: unknown;
  readonly head_branch: unknown;
  readonly status?: unknown;
  readonly conclusion?: unknown;
  readonly head_repository?: { readonly full_name?: unknown } | null;
}

/** The run an event or an answer describes; undefined when it lacks what makes it one. */
export function workflowRunOf(value: unknown): WorkflowRun | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const run = value as RunAnswer;
  const repository = run.head_repository?.full_name;
  if (!Number.isSafeInteger(run.id) || !Number.isSafeInteger(run.workflow_id)) return undefined;
  if (typeof run.head_sha !== 'string' || !/^(?:[\da-f]{40}|[\da-f]{64})$/.test(run.head_sha))
    return undefined;
  return {
    id: Number(run.id),
    workflow: Number(run.workflow_id),
    name: String(run.name ?? 'the workflow'),
    event: String(run.event),
    isDone: run.status === 'completed',
    conclusion: String(run.conclusion),
    attempt: Number.isSafeInteger(run.run_attempt) ? Number(run.run_attempt) : 1,
    head: run.head_sha,
    branch: String(run.head_branch ?? ''),
    ...(typeof repository === 'string' && { repository }),
  };
}

/** Workflows of a repository beyond this many are not asked for data. */
const mostRuns = 10;

export interface RunsOfHead {
  /** The latest of each workflow and kind of event, newest first. */
  readonly finished: readonly WorkflowRun[];
  readonly running: readonly WorkflowRun[];
}

export async function readRunsOfHead(
  client: GitHubClient,
  { owner, name }: RepositoryAddress,
  head: CommitId,
): Promise<Part<RunsOfHead>> {
  const answer = await client.rest<{ readonly workflow_runs: readonly unknown[] }>(
    'GET /repos/{owner}/{repo}/actions/runs',
    { owner, repo: name, head_sha: head, per_page: 100 },
  );
  if (!answer.ok) return unavailable(`the runs of the tests could not be read: ${answer.error.message}`);
  const latest = new Map<string, WorkflowRun>();
  for (const run of answer.data.workflow_runs.flatMap((value) => workflowRunOf(value) ?? [])) {
    const key = `${run.workflow} ${run.event}`;
    if (run.head === head && (latest.get(key)?.id ?? 0) < run.id) latest.set(key, run);
  }
  const runs = [...latest.values()].toSorted((a, b) => b.id - a.id);
  return {
    finished: runs.filter(({ isDone }) => isDone).slice(0, mostRuns),
    running: runs.filter(({ isDone }) => !isDone).slice(0, mostRuns),
  };
}
