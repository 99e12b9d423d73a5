import { commitsBetween, type GitCommit, mergeBase } from '../git/commits.ts';
import { diffFiles, type FileDiff } from '../git/diff.ts';
import type { PullRequest, Repository } from './model.ts';

/** Where the head left the base branch; the base itself when the two have nothing in common. */
export function pullMergeBase(repository: Repository, pull: PullRequest, head = pull.headSha): string {
  return mergeBase(repository.directory, pull.baseSha, head) ?? pull.baseSha;
}

/** The files of a pull request, as its "Files changed" shows them: merge base to head. */
export function pullFiles(
  repository: Repository,
  pull: PullRequest,
  head = pull.headSha,
): readonly FileDiff[] {
  return diffFiles(repository.directory, pullMergeBase(repository, pull, head), head);
}

export function pullCommits(repository: Repository, pull: PullRequest): readonly GitCommit[] {
  return commitsBetween(repository.directory, pull.baseSha, pull.headSha);
}
