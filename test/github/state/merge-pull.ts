import { mergeCommits, squashCommits } from '../git/merge.ts';
import { readRef, writeRef } from '../git/refs.ts';
import { branchMoved } from './branch-moved.ts';
import type { GitHubState } from './github-state.ts';
import { type PullRequest, Refusal, type Repository } from './model.ts';
import { markMerged } from './pulls.ts';

/** Merges as the button does, with a merge commit or squashed, and lets the base branch move. */
export function mergePull(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  actor: string,
  method: 'merge' | 'squash',
  at = state.now(),
): string {
  const { directory } = repository;
  const base = readRef(directory, `refs/heads/${pull.baseRef}`);
  if (base === undefined || pull.state !== 'open') throw new Refusal(405, 'Pull Request is not mergeable');
  const by = state.user(actor);
  const author = { name: by.name ?? by.login, email: by.email, date: at };
  const message =
    method === 'squash'
      ? `${pull.title} (#${pull.number})`
      : `Merge pull request #${pull.number} from ${pull.headRepository?.split('/')[0] ?? 'ghost'}/${pull.headRef}\n\n${pull.title}`;
  const make = method === 'squash' ? squashCommits : mergeCommits;
  const commit = make(directory, base, pull.headSha, message, author);
  if (commit === undefined) throw new Refusal(405, 'Pull Request is not mergeable');
  writeRef(directory, `refs/heads/${pull.baseRef}`, commit);
  markMerged(state, repository, pull, actor, commit, at);
  branchMoved(state, repository, pull.baseRef, base, commit, actor);
  return commit;
}
