import { checkRunId } from '../collect/github/own-check-runs.ts';
import { checkRunName } from '../core/check-run-name.ts';
import type { Publisher, Written } from './publish-conversation.ts';

/** A queue that requires our check would wait for ever without an answer; what there is to say was said on the pull requests. */
export async function answerMergeGroup(
  head: string,
  { client, owner, name, instance }: Publisher,
): Promise<Written> {
  const answer = () =>
    client.rest('POST /repos/{owner}/{repo}/check-runs', {
      owner,
      repo: name,
      name: checkRunName(instance),
      head_sha: head,
      external_id: checkRunId(instance),
      status: 'completed',
      conclusion: 'success',
      output: {
        title: 'Judged on the pull request',
        summary: 'Merge queue candidates are not judged again: their pull requests were.',
      },
    });
  let written = await answer();
  // A second one says the same; none at all would hold the queue up.
  if (!written.ok && written.error.mayHaveHappened) written = await answer();
  return written.ok
    ? { done: 'answered the merge queue' }
    : { problem: `The merge queue could not be answered: ${written.error.message}` };
}
