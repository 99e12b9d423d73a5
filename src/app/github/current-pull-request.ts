import type { GitHubClient } from '../../collect/github/create-client.ts';
import type { CommitId } from '../../core/change.ts';
import type { RepositoryName } from './repository.ts';

/** A pull request as it is when its job runs, whatever the events said that led here. */
export interface CurrentPullRequest {
  readonly number: number;
  readonly head: CommitId;
  readonly base: CommitId;
  readonly baseName: string;
  readonly mergeCommit?: CommitId;
}

interface Answer {
  readonly head: { readonly sha: string };
  readonly base: { readonly sha: string; readonly ref: string };
  readonly merge_commit_sha: string | null;
  readonly merged: boolean;
}

/** Undefined when there is no such pull request. Throws what may pass. */
export async function readCurrentPullRequest(
  client: GitHubClient,
  { owner, name }: RepositoryName,
  number: number,
): Promise<CurrentPullRequest | undefined> {
  const answer = await client.rest<Answer>('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    owner,
    repo: name,
    pull_number: number,
  });
  if (!answer.ok) {
    if (answer.error.status === 404) return undefined;
    throw new Error(`Pull request ${number} could not be read: ${answer.error.message}`);
  }
  const { head, base, merge_commit_sha: mergeCommit, merged } = answer.data;
  return {
    number,
    head: head.sha,
    base: base.sha,
    baseName: base.ref,
    // After the merge this names the commit on the base branch, which says nothing about the base before.
    ...(mergeCommit !== null && !merged && { mergeCommit }),
  };
}
