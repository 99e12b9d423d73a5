import type { ApiError } from '../collect/github/api-error.ts';
import { checkRunId, ownCheckRuns } from '../collect/github/own-check-runs.ts';
import { checkRunName } from '../core/check-run-name.ts';
import type { CheckRun } from '../render/check-run.ts';
import type { PullRequestTarget, Written } from './publish-conversation.ts';

/**
 * One check run per head and instance: a later run on the same head edits it. An answer that was lost is asked for once
 * more: where the check is required, a pull request without it cannot be merged.
 */
export async function writeCheckRun(checkRun: CheckRun, target: PullRequestTarget): Promise<Written> {
  const { client, owner, name, head, instance } = target;
  const existing = await ownCheckRuns<{ readonly id: number }>(client, target, instance);
  const own = existing.ok ? existing.data : [];
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
    const edit = () =>
      client.rest('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', { ...fields, check_run_id: id });
    let edited = await edit();
    if (!edited.ok && edited.error.mayHaveHappened) edited = await edit();
    if (edited.ok) return { done: `updated the check run (${checkRun.conclusion})` };
    if (!isOfOtherApp(edited.error)) return problem(edited.error);
  }
  const create = () =>
    client.rest('POST /repos/{owner}/{repo}/check-runs', {
      ...fields,
      name: checkRunName(instance),
      head_sha: head,
      external_id: checkRunId(instance),
    });
  let written = await create();
  if (!written.ok && written.error.mayHaveHappened) {
    const now = await ownCheckRuns<{ readonly id: number }>(client, target, instance);
    const known = new Set(own.map(({ id }) => id));
    if (now.ok && now.data.some(({ id }) => !known.has(id)))
      return { done: `wrote the check run (${checkRun.conclusion})` };
    written = await create();
  }
  return written.ok ? { done: `wrote the check run (${checkRun.conclusion})` } : problem(written.error);
}

/** A check run can be edited by the app alone that made it: where two ran on one head, each has its own. */
function isOfOtherApp({ status, permission, message }: ApiError): boolean {
  return status === 403 && permission === undefined && !/rate limit/.test(message);
}

function problem({ message }: ApiError): Written {
  return { problem: `The check run could not be written: ${message}` };
}
