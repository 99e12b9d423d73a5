import type { ApiError } from '../collect/github/api-error.ts';
import { checkRunName } from '../core/check-run-name.ts';
import type { CheckRun } from '../render/check-run.ts';
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
  const own = existing.ok
    ? existing.data.check_runs.filter(({ external_id }) => external_id === externalId)
    : [];
  if (checkRun.isUnread && own.length > 0)
    return {
      problem:
        'The check run of this commit stands as an earlier run left it: this time the change could not be read',
    };
  const fields = {
    owner,
    repo: name,
    status: 'completed',
    conclusion: checkRun.conclusion,
    output: { title: checkRun.title, summary: checkRun.summary, text: checkRun.text },
  };
  for (const { id } of own) {
    const edited = await client.rest('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...fields,
      check_run_id: id,
    });
    if (edited.ok) return { done: `updated the check run (${checkRun.conclusion})` };
    if (!isOfOtherApp(edited.error)) return problem(edited.error);
  }
  const written = await client.rest('POST /repos/{owner}/{repo}/check-runs', {
    ...fields,
    name: checkRunName(instance),
    head_sha: head,
    external_id: externalId,
  });
  return written.ok ? { done: `wrote the check run (${checkRun.conclusion})` } : problem(written.error);
}

/** A check run can be edited by the app alone that made it: where two ran on one head, each has its own. */
function isOfOtherApp({ status, permission, message }: ApiError): boolean {
  return status === 403 && permission === undefined && !/rate limit/.test(message);
}

function problem({ message }: ApiError): Written {
  return { problem: `The check run could not be written: ${message}` };
}
