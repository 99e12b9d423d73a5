import type { GitHubState } from '../state/github-state.ts';
import type { WorkflowRun } from '../state/model.ts';
import { zipOf } from './zip.ts';

export interface NewRun {
  readonly repository: string;
  readonly headSha: string;
  readonly headBranch: string;
  /** The repository itself when absent. */
  readonly headRepository?: string;
  readonly name?: string;
  readonly event?: string;
  readonly conclusion?: string;
  readonly by?: string;
  /** File contents by artifact name and path. */
  readonly artifacts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A finished workflow run with its artifacts. */
export function addWorkflowRun(state: GitHubState, wanted: NewRun): { readonly id: number } {
  const repository = state.repository(wanted.repository);
  const run: WorkflowRun = {
    id: state.nextId(),
    name: wanted.name ?? 'CI',
    path: '.github/workflows/ci.yml',
    event: wanted.event ?? 'pull_request',
    headSha: wanted.headSha,
    headBranch: wanted.headBranch,
    headRepository: wanted.headRepository ?? repository.fullName,
    status: 'completed',
    conclusion: wanted.conclusion ?? 'success',
    actor: wanted.by ?? repository.owner,
    createdAt: state.now(),
    jobs: [{ id: state.nextId(), name: 'test', conclusion: wanted.conclusion ?? 'success' }],
  };
  repository.runs.push(run);
  for (const [name, files] of Object.entries(wanted.artifacts ?? {})) {
    repository.artifacts.push({
      id: state.nextId(),
      name,
      runId: run.id,
      zip: zipOf(files),
      createdAt: state.now(),
    });
  }
  state.emit({ name: 'workflow_run', action: 'completed', repository, sender: run.actor, id: run.id });
  return { id: run.id };
}
