import type { PullRequestTarget } from './publish-conversation.ts';

const deleteReview =
  'mutation Withdraw($id:ID!){deletePullRequestReview(input:{pullRequestReviewId:$id}){pullRequestReview{id}}}';

/** Deletes a review of ours that was begun and not submitted; a failure is met again by the next run, which tries again. */
export async function withdrawReview(id: string, { client }: PullRequestTarget): Promise<void> {
  await client.graphql(deleteReview, { id });
}
