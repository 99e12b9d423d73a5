import { reviewMarker } from '../render/marker.ts';
import { readExistingOutput } from './existing-output.ts';
import type { PullRequestTarget } from './publish-conversation.ts';

/**
 * Two runs can both have seen that a finding has no comment. Whoever posts last also looks last, so each looks after it has
 * posted: of several comments about one finding the oldest stays. Those that somebody answered stay as well.
 */
export async function removeDuplicates(
  review: number,
  fingerprints: readonly string[],
  target: PullRequestTarget,
): Promise<void> {
  const { client, owner, name, number, instance } = target;
  const now = await readExistingOutput(client, target, instance);
  if (!now.ok) return;
  const duplicates = fingerprints.flatMap((fingerprint) =>
    now.data.threads
      .filter((thread) => thread.fingerprint === fingerprint && !thread.isResolved)
      .toSorted((a, b) => a.commentId - b.commentId)
      .slice(1)
      .filter(({ hasReplies }) => !hasReplies),
  );
  for (const { commentId } of duplicates) {
    await client.rest('DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
      owner,
      repo: name,
      comment_id: commentId,
    });
  }
  if (duplicates.length === 0) return;
  const address = { owner, repo: name, pull_number: number, review_id: review };
  const left = await client.rest<readonly unknown[]>(
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments',
    address,
  );
  if (!left.ok || left.data.length > 0) return;
  await client.rest('PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}', {
    ...address,
    body: `${reviewMarker(instance)}\nAnother run commented on the same places at the same time.`,
  });
}
