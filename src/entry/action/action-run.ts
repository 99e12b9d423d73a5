import type { WorkflowRun } from '../../collect/artifact/workflow-run.ts';
import type { GitHubClient } from '../../collect/github/create-client.ts';
import type { Inputs } from './inputs.ts';

/** What every duty of the Action works with. */
export interface ActionRun {
  readonly inputs: Inputs;
  readonly client: GitHubClient;
  readonly owner: string;
  readonly name: string;
  /** "https://github.com". */
  readonly serverUrl: string;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** The folder the job works in; it may be empty. */
  readonly workspace: string;
  /** The runner's folder for files that outlive the step and not the job. */
  readonly temporaryFolder: string;
  /** A folder of ours that is removed at the end. */
  readonly scratchFolder: string;
  /** The finished run of the tests that this run was started for. */
  readonly tests?: WorkflowRun;
  /** Why GitHub lets this run only read, whatever its permissions say. */
  readonly whyReadOnly?: string;
}
