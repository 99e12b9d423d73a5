import type { CheckRun } from '../render/check-run.ts';
import { checkRunName } from '../render/check-run.ts';
import type { PullRequestTarget, Written } from './publish-conversation.ts';

interface CheckRuns {
  readonly check_runs: readonly { readonly id: number; readonly external_id: string | null }[];
}

/** One check run per head and instance: a later run on the same head edits it. */
export async function writeCheckRun(checkRun: CheckRun, target: PullRequestTarget): Promise<Written> {
  const { client, owner, name, head, instance } = target;
  const externalId = `review-vitals:${instance}`;
  const existing = await client.rest<CheckRuns>('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner,
    repo: name,
    ref: head,
    check_name: checkRunName(instance),
    filter: 'all',
    per_page: 100,
  });
  const id = existing.ok
    ? existing.data.check_runs.find(({ external_id }) => external_id === externalId)?.id
    : undefined;
  const fields = {
    owner,
    repo: name,
    status: 'completed',
    conclusion: checkRun.conclusion,
    output: { title: checkRun.title, summary: checkRun.summary, text: checkRun.text },
  };
  const written =
    id === undefined
      ? await client.rest('POST /repos/{owner}/{repo}/check-runs', {
          ...fields,
          name: checkRunName(instance),
          head_sha: head,
          external_id: externalId,
        })
      : await client.rest('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
          ...fields,
          check_run_id: id,
        });
  return written.ok
    ? { done: `${id === undefined ? 'wrote' : 'updated'} the check run (${checkRun.conclusion})` }
    : { problem: `The check run could not be written: ${written.error.message}` };
}
