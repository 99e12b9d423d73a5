import { applyGitSteps } from '../git/apply-steps.ts';
import { readRef, writeRef } from '../git/refs.ts';
import type { ScenarioEvent, ScenarioPullRequest, ScenarioReview, ScenarioThread } from '../scenario.ts';
import { branchMoved } from './branch-moved.ts';
import { editPull } from './edit-pull.ts';
import type { GitHubState } from './github-state.ts';
import { addComment, addLabel } from './issues.ts';
import { mergePull } from './merge-pull.ts';
import { isPullRequest, type PullRequest, type Repository } from './model.ts';
import { pullCommits } from './pull-diff.ts';
import { addTimeline, closePull, openPull, reopenPull } from './pulls.ts';
import { createReview, dismissReview, replyTo } from './reviews.ts';
import { ensureBranch, scenarioCommit, stepContext } from './scenario-git.ts';
import type { Anchor } from './threads.ts';

const eventOf = {
  APPROVED: 'APPROVE',
  CHANGES_REQUESTED: 'REQUEST_CHANGES',
  COMMENTED: 'COMMENT',
  DISMISSED: 'APPROVE',
} as const;

/** Opens a pull request, or changes the one of that number, and plays what happened on it. */
export function seedPull(state: GitHubState, repository: Repository, wanted: ScenarioPullRequest): void {
  const known = wanted.number === undefined ? undefined : repository.issues.get(wanted.number);
  const pull = isPullRequest(known) ? known : open(state, repository, wanted);
  if (known === pull) change(state, repository, pull, wanted);
  for (const label of wanted.labels ?? []) addLabel(state, repository, pull, label);
  if (wanted.authorAssociation !== undefined) pull.association = wanted.authorAssociation;
  if (wanted.closesIssues !== undefined) pull.closesIssues = wanted.closesIssues;
  for (const event of wanted.events ?? []) playEvent(state, repository, pull, event);
  for (const review of wanted.reviews ?? []) playReview(state, repository, pull, review);
  for (const thread of wanted.threads ?? []) playThread(state, repository, pull, thread);
  for (const comment of wanted.comments ?? [])
    addComment(state, repository, pull, comment.by, comment.body, comment.at);
  for (const push of wanted.pushes ?? []) playPush(state, repository, pull, push);
  if (wanted.locked !== undefined) pull.locked = wanted.locked;
  if (wanted.closed !== undefined)
    closePull(state, repository, pull, wanted.closed.by ?? pull.author, wanted.closed.at);
  if (wanted.merged !== undefined) {
    const { by = repository.owner, method = 'merge', at } = wanted.merged;
    mergePull(state, repository, pull, by, method, at);
  }
}

function open(state: GitHubState, repository: Repository, wanted: ScenarioPullRequest): PullRequest {
  const { title, head, base = repository.defaultBranch, author = repository.owner } = wanted;
  if (title === undefined || head === undefined)
    throw new Error(`Scenario: a new pull request in ${repository.fullName} needs title and head.`);
  const [forkOwner, forkBranch] = head.includes(':') ? head.split(':', 2) : [undefined, undefined];
  const source = forkOwner === undefined ? repository : forkOf(state, repository, forkOwner);
  const branch = forkBranch ?? head;
  if (wanted.commits !== undefined) {
    const start = readRef(source.directory, `refs/heads/${base}`);
    if (start === undefined) throw new Error(`Scenario: ${source.fullName} has no branch ${base}.`);
    ensureBranch(source, branch, start);
    const steps = wanted.commits.map((commit) => ({ by: author, ...commit, branch }));
    applyGitSteps(stepContext(state, source), steps);
  }
  return openPull(state, repository, {
    title,
    body: wanted.body ?? null,
    author,
    headRepository: source,
    headRef: branch,
    baseRef: base,
    draft: wanted.draft ?? false,
    ...(wanted.number === undefined ? {} : { number: wanted.number }),
    ...(wanted.at === undefined ? {} : { at: wanted.at }),
  });
}

function forkOf(state: GitHubState, repository: Repository, owner: string): Repository {
  if (owner === repository.owner) return repository;
  for (const one of state.repositories.values()) {
    if (one.owner === owner && one.forkOf?.toLowerCase() === repository.fullName.toLowerCase()) return one;
  }
  throw new Error(
    `Scenario: ${owner} has no fork of ${repository.fullName}; list it before the repository's pull requests.`,
  );
}

function change(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  wanted: ScenarioPullRequest,
): void {
  const { title, body, base, draft, commits } = wanted;
  if (commits !== undefined) playPush(state, repository, pull, { commits });
  editPull(
    state,
    repository,
    pull,
    pull.author,
    {
      ...(title === undefined ? {} : { title }),
      ...(body === undefined ? {} : { body }),
      ...(base === undefined ? {} : { base }),
      ...(draft === undefined ? {} : { draft }),
    },
    wanted.at,
  );
}

function playPush(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  push: NonNullable<ScenarioPullRequest['pushes']>[number],
): void {
  const source = pull.headRepository === null ? repository : state.repository(pull.headRepository);
  const ref = `refs/heads/${pull.headRef}`;
  const before = readRef(source.directory, ref);
  if (push.force === true) writeRef(source.directory, ref, pull.baseSha);
  const by = push.by ?? pull.author;
  const steps = push.commits.map((commit) => ({
    by,
    ...(push.at === undefined ? {} : { at: push.at }),
    ...commit,
    branch: pull.headRef,
  }));
  applyGitSteps(stepContext(state, source), steps);
  branchMoved(state, source, pull.headRef, before, readRef(source.directory, ref), by);
}

function playEvent(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  event: ScenarioEvent,
): void {
  const by = event.by ?? pull.author;
  const at = event.at ?? state.now();
  if (event.type === 'ready_for_review' || event.type === 'convert_to_draft') {
    editPull(state, repository, pull, by, { draft: event.type === 'convert_to_draft' }, at);
  } else if (event.type === 'closed') closePull(state, repository, pull, by, at);
  else if (event.type === 'reopened') reopenPull(state, repository, pull, by, at);
  else if (event.type === 'review_requested' || event.type === 'review_request_removed') {
    const reviewer = state.user(event.what ?? '').login;
    pull.requestedReviewers = pull.requestedReviewers.filter((login) => login !== reviewer);
    if (event.type === 'review_requested') pull.requestedReviewers.push(reviewer);
    addTimeline(state, pull, by, { type: event.type, reviewer }, at);
  } else if (event.type === 'labeled') {
    addLabel(state, repository, pull, event.what ?? '');
    addTimeline(state, pull, by, { type: 'labeled', label: event.what ?? '' }, at);
  } else {
    if (event.type === 'locked') pull.locked = true;
    addTimeline(state, pull, by, { type: event.type }, at);
  }
}

function commitFor(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  wanted: string | number | undefined,
): string {
  if (wanted === undefined || wanted === 'head') return pull.headSha;
  if (typeof wanted === 'string') return scenarioCommit(state, repository, wanted);
  const found = pullCommits(repository, pull).at(wanted);
  if (found === undefined) throw new Error(`Scenario: pull request ${pull.number} has no commit ${wanted}.`);
  return found.sha;
}

function playReview(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  wanted: ScenarioReview,
): void {
  const { by, state: outcome = 'COMMENTED', body = '', comments = [] } = wanted;
  const review = createReview(state, repository, pull, {
    by,
    body:
      body === '' && outcome !== 'APPROVED' && outcome !== 'DISMISSED' && comments.length === 0
        ? 'See above.'
        : body,
    commit: commitFor(state, repository, pull, wanted.commit),
    ...(outcome === 'PENDING' ? {} : { event: eventOf[outcome] }),
    comments: comments.map((comment) => ({ ...anchorOf(comment), body: comment.body })),
    ...(wanted.submittedAt === undefined ? {} : { at: wanted.submittedAt }),
  });
  const mine = pull.threads.filter((thread) => thread.comments.some((one) => one.reviewId === review.id));
  for (const [index, thread] of mine.entries()) {
    const { replies = [], resolved } = comments[index] ?? {};
    for (const reply of replies) replyTo(state, repository, pull, thread, reply.by, reply.body, reply.at);
    if (resolved !== undefined) thread.resolvedBy = state.user(resolved).login;
  }
  if (wanted.dismissed !== undefined) {
    dismissReview(
      state,
      repository,
      pull,
      review,
      wanted.dismissed.by,
      wanted.dismissed.message ?? 'Stale.',
      wanted.dismissed.at,
    );
  } else if (outcome === 'DISMISSED')
    dismissReview(state, repository, pull, review, repository.owner, 'Stale.');
}

function anchorOf(thread: Omit<ScenarioThread, 'by'>): Anchor {
  const { path, line, side, startLine, startSide } = thread;
  return {
    path,
    subjectType: line === undefined ? 'FILE' : 'LINE',
    ...(line === undefined ? {} : { line }),
    ...(side === undefined ? {} : { side }),
    ...(startLine === undefined ? {} : { startLine }),
    ...(startSide === undefined ? {} : { startSide }),
  };
}

function playThread(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  thread: ScenarioThread,
): void {
  playReview(state, repository, pull, {
    by: thread.by,
    state: 'COMMENTED',
    comments: [thread],
    ...(thread.commit === undefined ? {} : { commit: thread.commit }),
    ...(thread.at === undefined ? {} : { submittedAt: thread.at }),
  });
}
