import { isAncestor } from '../git/commits.ts';
import { readRef } from '../git/refs.ts';
import type { GitHubState } from './github-state.ts';
import type { PullRequest, Repository } from './model.ts';
import { addTimeline, closePull, fetchHead, later, markMerged, openPulls, updatePullRefs } from './pulls.ts';
import { carryThreads } from './threads.ts';

/** What a push to a branch does to pull requests: new heads, fresh test merges, merges made on the command line. */
export function branchMoved(
  state: GitHubState,
  repository: Repository,
  branch: string,
  before: string | undefined,
  after: string | undefined,
  actor: string,
): void {
  const at = state.now();
  repository.pushedAt = at;
  for (const target of state.repositories.values()) {
    for (const pull of openPulls(target)) {
      if (pull.headRepository === repository.fullName && pull.headRef === branch && pull.headSha !== after) {
        if (after === undefined) closePull(state, target, pull, actor);
        else synchronize(state, target, repository, pull, after, actor, at);
      } else if (target === repository && pull.baseRef === branch && after !== undefined) {
        if (isAncestor(repository.directory, pull.headSha, after))
          markMerged(state, target, pull, actor, after, at);
        else updatePullRefs(target, pull);
      }
    }
  }
  const zero = '0'.repeat(40);
  const extra = { ref: `refs/heads/${branch}`, before: before ?? zero, after: after ?? zero };
  state.emit({ name: 'push', repository, sender: actor, extra });
}

function synchronize(
  state: GitHubState,
  repository: Repository,
  from: Repository,
  pull: PullRequest,
  after: string,
  actor: string,
  at: string,
): void {
  fetchHead(repository, from, after);
  const before = pull.headSha;
  const oldBase = pull.baseSha;
  pull.headSha = after;
  pull.baseSha = readRef(repository.directory, `refs/heads/${pull.baseRef}`) ?? pull.baseSha;
  if (!isAncestor(repository.directory, before, after)) {
    addTimeline(state, pull, actor, { type: 'force_pushed', before, after }, at);
  }
  pull.updatedAt = later(pull.updatedAt, at);
  carryThreads(repository, pull, before, oldBase);
  updatePullRefs(repository, pull);
  const extra = { before, after };
  state.emit({
    name: 'pull_request',
    action: 'synchronize',
    repository,
    sender: actor,
    number: pull.number,
    extra,
  });
}
