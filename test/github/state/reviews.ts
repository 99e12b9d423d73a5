import { resolveCommit } from '../git/commits.ts';
import { checkBody } from './bodies.ts';
import type { GitHubState } from './github-state.ts';
import {
  type PullRequest,
  Refusal,
  type Repository,
  type Review,
  type ReviewComment,
  type ReviewState,
  type Thread,
} from './model.ts';
import { pullCommits, pullFiles } from './pull-diff.ts';
import { addTimeline, later } from './pulls.ts';
import {
  type Anchor,
  carryThread,
  isProblem,
  newThread,
  type ResolvedAnchor,
  resolveAnchor,
} from './threads.ts';

export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const stateOf: Readonly<Record<ReviewEvent, ReviewState>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

export interface NewReview {
  readonly by: string;
  readonly body: string;
  /** The pull request's head when absent. */
  readonly commit?: string;
  /** A review without an event stays pending. */
  readonly event?: ReviewEvent;
  readonly comments: readonly (Anchor & { readonly body: string })[];
  readonly at?: string;
}

/** All or nothing: one comment whose anchor GitHub cannot place refuses the whole review. */
export function createReview(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  wanted: NewReview,
): Review {
  const commit = reviewCommit(repository, pull, wanted.commit);
  checkBody('PullRequestReview', wanted.body);
  if (wanted.event !== undefined)
    checkEvent(pull, wanted.by, wanted.event, wanted.body, wanted.comments.length);
  // Without comments no diff is needed.
  const files = wanted.comments.length === 0 ? [] : pullFiles(repository, pull, commit);
  const anchors = wanted.comments.map((comment): [ResolvedAnchor, string] => {
    const resolved = resolveAnchor(files, comment);
    if (isProblem(resolved)) throw new Refusal(422, 'Unprocessable Entity', [resolved.message]);
    if (comment.body.trim() === '') throw new Refusal(422, 'Unprocessable Entity', ['Body cannot be blank']);
    checkBody('PullRequestReviewComment', comment.body);
    return [resolved, comment.body];
  });
  if (wanted.event === undefined && pendingReview(pull, wanted.by) !== undefined) {
    throw new Refusal(422, 'Unprocessable Entity', [
      'User can only have one pending review per pull request',
    ]);
  }
  const at = wanted.at ?? state.now();
  const review: Review = {
    id: state.nextId(),
    by: state.user(wanted.by).login,
    state: wanted.event === undefined ? 'PENDING' : stateOf[wanted.event],
    body: wanted.body,
    commitId: commit,
    createdAt: at,
    submittedAt: wanted.event === undefined ? null : at,
    updatedAt: at,
  };
  pull.reviews.push(review);
  for (const [anchor, body] of anchors) startThread(state, repository, pull, review, anchor, body, at);
  pull.updatedAt = later(pull.updatedAt, at);
  if (wanted.event !== undefined) announce(state, repository, pull, review, 'submitted', review.by);
  return review;
}

export function pendingReview(pull: PullRequest, login: string): Review | undefined {
  return pull.reviews.find((review) => review.state === 'PENDING' && review.by === login);
}

/** The commit a review is about: it has to belong to the pull request. */
export function reviewCommit(repository: Repository, pull: PullRequest, wanted: string | undefined): string {
  if (wanted === undefined || wanted === pull.headSha) return pull.headSha;
  const commit = resolveCommit(repository.directory, wanted);
  const earlier = pull.timeline.flatMap((event) => (event.type === 'force_pushed' ? [event.before] : []));
  const belongs =
    pullCommits(repository, pull).some((one) => one.sha === commit) || earlier.includes(commit ?? '');
  if (commit === undefined || !belongs) {
    throw new Refusal(422, 'Unprocessable Entity', ['The commit_id is not part of the pull request']);
  }
  return commit;
}

export function startThread(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  anchor: ResolvedAnchor,
  body: string,
  at = state.now(),
): Thread {
  const thread = newThread(state, review.commitId, anchor, newComment(state, review, body, at));
  pull.threads.push(thread);
  if (review.commitId !== pull.headSha) carryThread(repository, pull, thread, review.commitId, pull.baseSha);
  return thread;
}

function newComment(
  state: GitHubState,
  review: Review,
  body: string,
  at: string,
  replyTo?: number,
): ReviewComment {
  return {
    id: state.nextId(),
    by: review.by,
    body,
    reviewId: review.id,
    createdAt: at,
    updatedAt: at,
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

/** A reply is a comment of a review of its own, which GitHub makes in passing. */
export function replyTo(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  by: string,
  body: string,
  at = state.now(),
): ReviewComment {
  checkBody('PullRequestReviewComment', body);
  const review = passingReview(state, pull, by, pull.headSha, at);
  const comment = newComment(state, review, body, at, thread.comments[0]?.id);
  thread.comments.push(comment);
  pull.updatedAt = later(pull.updatedAt, at);
  announceComment(state, repository, pull, comment, 'created');
  return comment;
}

/** The empty, submitted review that carries a single comment. */
export function passingReview(
  state: GitHubState,
  pull: PullRequest,
  by: string,
  commit: string,
  at: string,
): Review {
  const review: Review = {
    id: state.nextId(),
    by: state.user(by).login,
    state: 'COMMENTED',
    body: '',
    commitId: commit,
    createdAt: at,
    submittedAt: at,
    updatedAt: at,
  };
  pull.reviews.push(review);
  return review;
}

function checkEvent(pull: PullRequest, by: string, event: ReviewEvent, body: string, comments: number): void {
  if (event !== 'COMMENT' && pull.author === by) {
    const what = event === 'APPROVE' ? 'approve' : 'request changes on';
    throw new Refusal(422, 'Unprocessable Entity', [`Review Can not ${what} your own pull request`]);
  }
  if (event === 'REQUEST_CHANGES' && body.trim() === '')
    throw new Refusal(422, 'Unprocessable Entity', ['Review body can not be blank']);
  if (event === 'COMMENT' && body.trim() === '' && comments === 0) {
    throw new Refusal(422, 'Unprocessable Entity', ['Review body can not be blank']);
  }
}

export function submitReview(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  event: ReviewEvent,
  body: string | undefined,
): void {
  if (review.state !== 'PENDING') {
    throw new Refusal(422, 'Unprocessable Entity', ['Can not submit a review that is not pending']);
  }
  const text = body ?? review.body;
  checkBody('PullRequestReview', text);
  checkEvent(pull, review.by, event, text, commentsOf(pull, review).length);
  const at = state.now();
  review.body = text;
  review.state = stateOf[event];
  review.submittedAt = at;
  review.updatedAt = at;
  pull.updatedAt = later(pull.updatedAt, at);
  announce(state, repository, pull, review, 'submitted', review.by);
}

export function dismissReview(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  by: string,
  message: string,
  at = state.now(),
): void {
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw new Refusal(422, 'Validation Failed', [
      `Can not dismiss a ${review.state.toLowerCase().replace('_', ' ')} pull request review`,
    ]);
  }
  const previous = review.state;
  review.state = 'DISMISSED';
  review.updatedAt = at;
  addTimeline(state, pull, by, { type: 'review_dismissed', reviewId: review.id, message, previous }, at);
  announce(state, repository, pull, review, 'dismissed', by);
}

export function deletePending(pull: PullRequest, review: Review): void {
  if (review.state !== 'PENDING') {
    throw new Refusal(422, 'Unprocessable Entity', ['Can not delete a non-pending pull request review']);
  }
  removeComments(pull, commentsOf(pull, review));
  pull.reviews.splice(pull.reviews.indexOf(review), 1);
}

export function commentsOf(pull: PullRequest, review: Review): readonly ReviewComment[] {
  return pull.threads.flatMap((thread) =>
    thread.comments.filter((comment) => comment.reviewId === review.id),
  );
}

/** Of a deletion the conversation keeps whose comment it was, and who deleted it. */
export function deleteReviewComment(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  comment: ReviewComment,
  by: string,
): void {
  removeComments(pull, [comment]);
  addTimeline(state, pull, by, { type: 'comment_deleted', author: comment.by });
  announceComment(state, repository, pull, comment, 'deleted');
}

function removeComments(pull: PullRequest, gone: readonly ReviewComment[]): void {
  for (const thread of pull.threads)
    thread.comments = thread.comments.filter((comment) => !gone.includes(comment));
  pull.threads = pull.threads.filter((thread) => thread.comments.length > 0);
}

function announce(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  action: string,
  sender: string,
): void {
  state.emit({ name: 'pull_request_review', action, repository, sender, number: pull.number, id: review.id });
  if (action !== 'submitted') return;
  for (const comment of commentsOf(pull, review))
    announceComment(state, repository, pull, comment, 'created');
}

export function announceComment(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  comment: ReviewComment,
  action: string,
): void {
  state.emit({
    name: 'pull_request_review_comment',
    action,
    repository,
    sender: comment.by,
    number: pull.number,
    id: comment.id,
  });
}
