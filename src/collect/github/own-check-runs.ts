import { checkRunName } from '../../core/check-run-name.ts';
import type { ApiResult, GitHubClient } from './create-client.ts';

interface CheckRuns<T> {
  readonly check_runs: readonly (T & { readonly external_id: string | null })[];
}

/** How a check run of an instance finds itself again; two instances could be given one name by hand. */
export function checkRunId(instance: string): string {
  return `review-vitals:${instance}`;
}

/** The check runs of an instance on a commit, whichever app made them, newest first. `T`: what of them is looked at. */
export async function ownCheckRuns<T>(
  client: GitHubClient,
  { owner, name, head }: { readonly owner: string; readonly name: string; readonly head: string },
  instance: string,
): Promise<ApiResult<readonly T[]>> {
  const answer = await client.rest<CheckRuns<T>>('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner,
    repo: name,
    ref: head,
    // Without the name, those of a large matrix would fill the page.
    check_name: checkRunName(instance),
    filter: 'all',
    per_page: 100,
  });
  if (!answer.ok) return answer;
  const own = answer.data.check_runs.filter(({ external_id }) => external_id === checkRunId(instance));
  return { ...answer, data: own };
}
