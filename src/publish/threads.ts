import { addressedWords, type ExistingThread } from './existing-output.ts';
import type { PullRequestTarget, Written } from './publish-conversation.ts';

const resolveThread =
  'mutation Resolve($id:ID!){resolveReviewThread(input:{threadId:$id}){thread{isResolved}}}';
const unresolveThread =
  'mutation Unresolve($id:ID!){unresolveReviewThread(input:{threadId:$id}){thread{isResolved}}}';

/**
 * Ends the thread of a finding that is gone: resolved where the token may (GitHub asks for contents: write), else our
 * comment is deleted when nobody answered or edited it, else edited to say so.
 */
export async function closeThread(thread: ExistingThread, target: PullRequestTarget): Promise<Written> {
  const { client, owner, name } = target;
  if (thread.canBeResolved) {
    const resolved = await client.graphql<{
      resolveReviewThread: { thread: { isResolved: boolean } | null } | null;
    }>(resolveThread, { id: thread.id });
    if (resolved.ok && resolved.data.resolveReviewThread?.thread?.isResolved) {
      return { done: `resolved the thread of ${thread.fingerprint}` };
    }
  }
  if (!thread.hasReplies && !thread.isEditedByOthers) {
    const deleted = await client.rest('DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
      owner,
      repo: name,
      comment_id: thread.commentId,
    });
    // 404: another run was first.
    if (deleted.ok || deleted.error.status === 404)
      return { done: `deleted the comment of ${thread.fingerprint}` };
    return { problem: `The comment of an addressed finding could not be removed: ${deleted.error.message}` };
  }
  const edited = await client.rest('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
    owner,
    repo: name,
    comment_id: thread.commentId,
    body: `${thread.body.split('\n')[0]}\n${addressedWords}\`${target.head.slice(0, 7)}\`._\n\n${thread.body.split('\n').slice(1).join('\n')}`,
  });
  return edited.ok
    ? { done: `marked the comment of ${thread.fingerprint} as addressed` }
    : { problem: `The comment of an addressed finding could not be edited: ${edited.error.message}` };
}

/** A finding that we had closed is back. */
export async function reopenThread(thread: ExistingThread, { client }: PullRequestTarget): Promise<Written> {
  const reopened = await client.graphql(unresolveThread, { id: thread.id });
  return reopened.ok
    ? { done: `reopened the thread of ${thread.fingerprint}` }
    : { problem: `A thread could not be reopened: ${reopened.error.message}` };
}
