import { isAncestor, resolveCommit } from '../git/commits.ts';
import { mergeCommits, squashCommits } from '../git/merge.ts';
import { git, tryGit } from '../git/run-git.ts';
import type { GitHubState } from './github-state.ts';
import { isPullRequest, type NewTimelineEvent, type PullRequest, Refusal, type Repository } from './model.ts';
import { carryThreads } from './threads.ts';

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
  const head = resolveCommit(wanted.headRepository.directory, `refs/heads/${wanted.headRef}`);
  const base = resolveCommit(repository.directory, `refs/heads/${wanted.baseRef}`);
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
  if (isAncestor(repository.directory, head, base)) {
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

function fetchHead(repository: Repository, from: Repository, sha: string): void {
  if (from === repository) return;
  git(repository.directory, ['fetch', '-q', '--no-tags', from.directory, sha]);
}

/** Writes refs/pull/N/head and the test merge; a pull request that conflicts has no merge ref. */
export function updatePullRefs(repository: Repository, pull: PullRequest): void {
  const { directory } = repository;
  git(directory, ['update-ref', `refs/pull/${pull.number}/head`, pull.headSha]);
  const base = resolveCommit(directory, `refs/heads/${pull.baseRef}`) ?? pull.baseSha;
  const author = { name: 'GitHub', email: 'noreply@github.com', date: pull.updatedAt };
  const merged = mergeCommits(directory, base, pull.headSha, `Merge ${pull.headSha} into ${base}`, author);
  pull.mergeSha = merged ?? null;
  if (merged !== undefined) git(directory, ['update-ref', `refs/pull/${pull.number}/merge`, merged]);
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
  pull.baseSha = resolveCommit(repository.directory, `refs/heads/${pull.baseRef}`) ?? pull.baseSha;
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

function markMerged(
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

export function mergePull(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  actor: string,
  method: 'merge' | 'squash',
  at = state.now(),
): string {
  const { directory } = repository;
  const base = resolveCommit(directory, `refs/heads/${pull.baseRef}`);
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
  git(directory, ['update-ref', `refs/heads/${pull.baseRef}`, commit]);
  markMerged(state, repository, pull, actor, commit, at);
  branchMoved(state, repository, pull.baseRef, base, commit, actor);
  return commit;
}

/** Changes of title, body, base or draft state, each told as GitHub tells it. */
export function editPull(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  actor: string,
  edit: {
    readonly title?: string;
    readonly body?: string | null;
    readonly base?: string;
    readonly draft?: boolean;
  },
  at = state.now(),
): void {
  const changes: Record<string, unknown> = {};
  if (edit.title !== undefined && edit.title !== pull.title) {
    changes.title = { from: pull.title };
    addTimeline(state, pull, actor, { type: 'renamed', from: pull.title, to: edit.title }, at);
    pull.title = edit.title;
  }
  if (edit.body !== undefined && edit.body !== pull.body) {
    changes.body = { from: pull.body };
    pull.body = edit.body;
  }
  if (edit.base !== undefined && edit.base !== pull.baseRef) {
    const base = resolveCommit(repository.directory, `refs/heads/${edit.base}`);
    if (base === undefined)
      throw new Refusal(422, 'Validation Failed', [
        { resource: 'PullRequest', field: 'base', code: 'invalid' },
      ]);
    changes.base = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
    addTimeline(state, pull, actor, { type: 'base_changed', from: pull.baseRef, to: edit.base }, at);
    const oldBase = pull.baseSha;
    pull.baseRef = edit.base;
    pull.baseSha = base;
    carryThreads(repository, pull, pull.headSha, oldBase);
    updatePullRefs(repository, pull);
  }
  if (edit.draft !== undefined && edit.draft !== pull.draft) {
    pull.draft = edit.draft;
    addTimeline(state, pull, actor, { type: edit.draft ? 'convert_to_draft' : 'ready_for_review' }, at);
    const action = edit.draft ? 'converted_to_draft' : 'ready_for_review';
    state.emit({ name: 'pull_request', action, repository, sender: actor, number: pull.number });
  }
  pull.updatedAt = later(pull.updatedAt, at);
  if (Object.keys(changes).length > 0) {
    state.emit({
      name: 'pull_request',
      action: 'edited',
      repository,
      sender: actor,
      number: pull.number,
      extra: { changes },
    });
  }
}
