import type { CommitId } from '../../core/change.ts';
import type { ApiResult, GitHubClient } from './create-client.ts';

/** The two ends of a pull request, as GitHub knows them now. */
export interface PullRequestEnds {
  readonly number: number;
  readonly head: CommitId;
  readonly base: CommitId;
  readonly baseName: string;
  /** The merge of both that GitHub has made to try; absent when they conflict. */
  readonly mergeCommit?: CommitId;
}

interface PullRequestAnswer {
  readonly number: number;
  readonly head: { readonly sha: string };
  readonly base: { readonly sha: string; readonly ref: string };
  readonly merge_commit_sha: string | null;
}

/** The head and base of a pull request of which only the number is known. */
export async function lookUpPullRequest(
  client: GitHubClient,
  { owner, name, number }: { readonly owner: string; readonly name: string; readonly number: number },
): Promise<ApiResult<PullRequestEnds>> {
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
