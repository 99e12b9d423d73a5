import { type WorkflowRun, workflowRunOf } from '../../collect/artifact/workflow-run.ts';
import type { GitHubClient } from '../../collect/github/create-client.ts';
import type { RepositoryName } from './repository.ts';

/** A run as it is now; undefined when there is none of this number, or it runs again. Throws what may pass. */
export async function readWorkflowRun(
  client: GitHubClient,
  { owner, name }: RepositoryName,
  run: number,
): Promise<WorkflowRun | undefined> {
  const answer = await client.rest<{ readonly status?: unknown }>(
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
    {
      owner,
      repo: name,
      run_id: run,
    },
  );
  if (answer.ok) return answer.data.status === 'completed' ? workflowRunOf(answer.data) : undefined;
  const { status, message } = answer.error;
  // Deleted, or the App may not read runs: what the tests left is then looked for, and missed, in the usual place.
  if (status === 404 || (status === 403 && !/rate limit/i.test(message))) return undefined;
  throw new Error(`Workflow run ${run} could not be read: ${message}`);
}
