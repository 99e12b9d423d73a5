import type { ApiResult, GitHubClient } from '../../collect/github/create-client.ts';
import type { JudgedPullRequest } from './occasion.ts';

interface PullRequestAnswer {
  readonly number: number;
  readonly head: { readonly sha: string };
  readonly base: { readonly sha: string; readonly ref: string };
  readonly merge_commit_sha: string | null;
}

/** The head and base of a pull request that an event names by its number only. */
export async function lookUpPullRequest(
  client: GitHubClient,
  { owner, name, number }: { readonly owner: string; readonly name: string; readonly number: number },
): Promise<ApiResult<JudgedPullRequest>> {
  const answer = await client.rest<PullRequestAnswer>('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    owner,
    repo: name,
    pull_number: number,
  });
  if (!answer.ok) return answer;
  const { head, base, merge_commit_sha: mergeCommit } = answer.data;
  return {
    ...answer,
    data: { number, head: head.sha, base: base.sha, baseName: base.ref, ...(mergeCommit && { mergeCommit }) },
  };
}
