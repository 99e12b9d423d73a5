import { mergeBase } from '../git/commits.ts';
import { mergeCommits } from '../git/merge.ts';
import { readRef, writeRef } from '../git/refs.ts';
import { git, tryGit } from '../git/run-git.ts';
import type { GitHubState } from './github-state.ts';
import { isPullRequest, type NewTimelineEvent, type PullRequest, Refusal, type Repository } from './model.ts';

export interface NewPull {
  readonly number?: number;
  readonly title: string;
  readonly body: string | null;
  readonly author: string;
  readonly headRepository: Repository;
  readonly headRef: string;
  readonly baseRef: string;
  readonly draft: boolean;
  readonly at?: string;
}

export function nextNumber(repository: Repository): number {
  return Math.max(0, ...repository.issues.keys()) + 1;
}

export function openPull(state: GitHubState, repository: Repository, wanted: NewPull): PullRequest {
  const head = readRef(wanted.headRepository.directory, `refs/heads/${wanted.headRef}`);
  const base = readRef(repository.directory, `refs/heads/${wanted.baseRef}`);
  const invalid = (field: string): Refusal =>
    new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', field, code: 'invalid' }]);
  if (head === undefined) throw invalid('head');
  if (base === undefined) throw invalid('base');
  const label = `${wanted.headRepository.owner}:${wanted.headRef}`;
  for (const other of openPulls(repository)) {
    if (
      other.headRepository === wanted.headRepository.fullName &&
      other.headRef === wanted.headRef &&
      other.baseRef === wanted.baseRef
    ) {
      const message = `A pull request already exists for ${label}.`;
      throw new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
    }
  }
  fetchHead(repository, wanted.headRepository, head);
  if (mergeBase(repository.directory, base, head) === head) {
    const message = `No commits between ${wanted.baseRef} and ${wanted.headRef}`;
    throw new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
  }
  const at = wanted.at ?? state.now();
  const pull: PullRequest = {
    kind: 'pull',
    id: state.nextId(),
    number: wanted.number ?? nextNumber(repository),
    title: wanted.title,
    body: wanted.body,
    author: state.user(wanted.author).login,
    state: 'open',
    stateReason: null,
    labels: [],
    assignees: [],
    locked: false,
    comments: [],
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    closedBy: null,
    headRepository: wanted.headRepository.fullName,
    headRef: wanted.headRef,
    baseRef: wanted.baseRef,
    headSha: head,
    baseSha: base,
    draft: wanted.draft,
    mergeSha: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    reviews: [],
    threads: [],
    timeline: [],
    requestedReviewers: [],
    closesIssues: [],
  };
  repository.issues.set(pull.number, pull);
  updatePullRefs(repository, pull);
  state.emit({
    name: 'pull_request',
    action: 'opened',
    repository,
    sender: pull.author,
    number: pull.number,
  });
  return pull;
}

export function openPulls(repository: Repository): readonly PullRequest[] {
  return [...repository.issues.values()].filter(isPullRequest).filter((pull) => pull.state === 'open');
}

/** Brings a fork's commits into the repository that the pull request goes to. */
export function fetchHead(repository: Repository, from: Repository, sha: string): void {
  if (from === repository) return;
  git(repository.directory, ['fetch', '-q', '--no-tags', from.directory, sha]);
}

/** Writes refs/pull/N/head and the test merge; a pull request that conflicts has no merge ref. */
export function updatePullRefs(repository: Repository, pull: PullRequest): void {
  const { directory } = repository;
  writeRef(directory, `refs/pull/${pull.number}/head`, pull.headSha);
  const base = readRef(directory, `refs/heads/${pull.baseRef}`) ?? pull.baseSha;
  const author = { name: 'GitHub', email: 'noreply@github.com', date: pull.updatedAt };
  const merged = mergeCommits(directory, base, pull.headSha, `Merge ${pull.headSha} into ${base}`, author);
  pull.mergeSha = merged ?? null;
  if (merged !== undefined) writeRef(directory, `refs/pull/${pull.number}/merge`, merged);
  else tryGit(directory, ['update-ref', '-d', `refs/pull/${pull.number}/merge`]);
}

export function addTimeline(
  state: GitHubState,
  pull: PullRequest,
  actor: string,
  event: NewTimelineEvent,
  at = state.now(),
): void {
  pull.timeline.push({ ...event, id: state.nextId(), actor: state.user(actor).login, at });
  pull.updatedAt = later(pull.updatedAt, at);
}

export function later(one: string, other: string): string {
  return one > other ? one : other;
}

export function closePull(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  actor: string,
  at = state.now(),
): void {
  pull.state = 'closed';
  pull.closedAt = at;
  pull.closedBy = actor;
  addTimeline(state, pull, actor, { type: 'closed' }, at);
  state.emit({ name: 'pull_request', action: 'closed', repository, sender: actor, number: pull.number });
}

export function reopenPull(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  actor: string,
  at = state.now(),
): void {
  if (pull.mergedAt !== null) {
    throw new Refusal(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        code: 'custom',
        field: 'state',
        message: 'state cannot be changed. The pull request cannot be reopened.',
      },
    ]);
  }
  pull.state = 'open';
  pull.closedAt = null;
  addTimeline(state, pull, actor, { type: 'reopened' }, at);
  updatePullRefs(repository, pull);
  state.emit({ name: 'pull_request', action: 'reopened', repository, sender: actor, number: pull.number });
}

/** Merged by whatever commit of the base branch that holds its head. */
export function markMerged(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  actor: string,
  commit: string,
  at: string,
): void {
  pull.state = 'closed';
  pull.closedAt = at;
  pull.mergedAt = at;
  pull.mergedBy = state.user(actor).login;
  pull.mergeCommit = commit;
  addTimeline(state, pull, actor, { type: 'merged', commit }, at);
  addTimeline(state, pull, actor, { type: 'closed' }, at);
  state.emit({ name: 'pull_request', action: 'closed', repository, sender: actor, number: pull.number });
}
