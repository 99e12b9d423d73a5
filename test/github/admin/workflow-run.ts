import type { GitHubState } from '../state/github-state.ts';
import { Refusal, type Repository, type WorkflowRun } from '../state/model.ts';
import { zipOf } from './zip.ts';

export interface NewRun {
  readonly repository: string;
  readonly headSha: string;
  readonly headBranch: string;
  /** The repository itself when absent. */
  readonly headRepository?: string;
  /** Name of the workflow, "CI" when absent. */
  readonly name?: string;
  readonly event?: string;
  /** `in_progress`: jobs can upload artifacts until the run is ended. `completed` when absent. */
  readonly status?: 'in_progress' | 'completed';
  readonly conclusion?: string;
  readonly attempt?: number;
  /** Conclusion by the name of the job; one job "test" that ends like the run when absent. */
  readonly jobs?: Readonly<Record<string, string>>;
  readonly by?: string;
  /** File contents by artifact name and path, or the whole archive in base64. */
  readonly artifacts?: Readonly<Record<string, Readonly<Record<string, string>> | { readonly zip: string }>>;
}

/** A workflow run with its artifacts. */
export function addWorkflowRun(state: GitHubState, wanted: NewRun): { readonly id: number } {
  const repository = state.repository(wanted.repository);
  const { name = 'CI', status = 'completed', conclusion = 'success', jobs = { test: conclusion } } = wanted;
  const run: WorkflowRun = {
    id: state.nextId(),
    workflowId: workflowOf(repository, name),
    attempt: wanted.attempt ?? 1,
    name,
    path: `.github/workflows/${name.toLowerCase().replace(/\W+/g, '-')}.yml`,
    event: wanted.event ?? 'pull_request',
    headSha: wanted.headSha,
    headBranch: wanted.headBranch,
    headRepository: wanted.headRepository ?? repository.fullName,
    status,
    conclusion: status === 'completed' ? conclusion : null,
    actor: wanted.by ?? repository.owner,
    createdAt: state.now(),
    jobs: Object.entries(jobs).map(([job, end]) => ({ id: state.nextId(), name: job, conclusion: end })),
  };
  repository.runs.push(run);
  for (const [artifact, content] of Object.entries(wanted.artifacts ?? {})) {
    repository.artifacts.push({
      id: state.nextId(),
      name: artifact,
      runId: run.id,
      zip: 'zip' in content ? Buffer.from(String(content.zip), 'base64') : zipOf(content),
      createdAt: state.now(),
    });
  }
  if (status === 'completed') announce(state, repository, run);
  return { id: run.id };
}

export interface RunEnd {
  readonly repository: string;
  readonly id: number;
  readonly conclusion?: string;
  /** Replaces what was known of the jobs. */
  readonly jobs?: Readonly<Record<string, string>>;
}

export function endWorkflowRun(
  state: GitHubState,
  { repository: fullName, id, conclusion = 'success', jobs }: RunEnd,
): void {
  const repository = state.repository(fullName);
  const run = runOf(repository, id);
  run.status = 'completed';
  run.conclusion = conclusion;
  if (jobs !== undefined) {
    run.jobs.length = 0;
    for (const [name, end] of Object.entries(jobs))
      run.jobs.push({ id: state.nextId(), name, conclusion: end });
  }
  announce(state, repository, run);
}

/** The token that a runner gives the actions of a job for the services beside the API. */
export function runtimeToken(
  state: GitHubState,
  { repository, id }: { readonly repository: string; readonly id: number },
): string {
  const run = runOf(state.repository(repository), id);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const scp = `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:run-${run.id}:job-${state.nextId()}`;
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ scp, repository })}.unsigned`;
}

function runOf(repository: Repository, id: number): WorkflowRun {
  const run = repository.runs.find((one) => one.id === id);
  if (run === undefined) throw new Refusal(422, `${repository.fullName} has no workflow run ${id}.`);
  return run;
}

function workflowOf(repository: Repository, name: string): number {
  const known = repository.runs.find((run) => run.name === name);
  return known?.workflowId ?? 1 + new Set(repository.runs.map((run) => run.workflowId)).size;
}

function announce(state: GitHubState, repository: Repository, run: WorkflowRun): void {
  state.emit({ name: 'workflow_run', action: 'completed', repository, sender: run.actor, id: run.id });
}
