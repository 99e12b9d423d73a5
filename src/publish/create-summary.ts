import { readExistingOutput } from './existing-output.ts';
import type { PullRequestTarget, Written } from './publish-conversation.ts';

/**
 * Posts the summary comment. Without a clear answer (a 502 after the effect) it looks before it posts again; and since
 * two runs can both have seen none, it looks afterwards too: the oldest stays, the others go.
 */
export async function createSummary(body: string, target: PullRequestTarget): Promise<Written> {
  const { client, owner, name, number } = target;
  const post = () =>
    client.rest('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner,
      repo: name,
      issue_number: number,
      body,
    });
  let posted = await post();
  if (!posted.ok && posted.error.mayHaveHappened) {
    const now = await readExistingOutput(client, target, target.instance);
    if (now.ok && now.data.summaries.length > 0) return { done: 'posted the summary comment' };
    posted = await post();
  }
  if (!posted.ok) return { problem: `The summary comment could not be posted: ${posted.error.message}` };
  const after = await readExistingOutput(client, target, target.instance);
  for (const { id } of after.ok ? after.data.summaries.slice(1) : []) {
    await client.rest('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      owner,
      repo: name,
      comment_id: id,
    });
  }
  return { done: 'posted the summary comment' };
}
