import {
  type Call,
  integer,
  loginOf,
  param,
  pullFor,
  type Route,
  repositoryFor,
  text,
} from '../http/route.ts';
import { mayWriteLocked } from '../http/viewer.ts';
import { reviewCommentJson } from '../represent/review.ts';
import { checkBody, checkNotBlank, checkUnlocked } from '../state/bodies.ts';
import {
  isPullRequest,
  type PullRequest,
  Refusal,
  type Repository,
  type ReviewComment,
  type Thread,
} from '../state/model.ts';
import { pullFiles } from '../state/pull-diff.ts';
import {
  announceComment,
  deleteReviewComment,
  passingReview,
  pendingReview,
  replyTo,
  reviewCommit,
  startThread,
} from '../state/reviews.ts';
import { isProblem, resolveAnchor } from '../state/threads.ts';
import { sides } from './reviews.ts';

const all = '/repos/{owner}/{repo}/pulls/{pull_number}/comments';
const one = '/repos/{owner}/{repo}/pulls/comments/{comment_id}';

export const reviewCommentRoutes: readonly Route[] = [
  {
    operation: `GET ${all}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'read');
      const pull = pullFor(call, repository);
      const pending = pull.reviews.filter((review) => review.state === 'PENDING').map((review) => review.id);
      const comments = pull.threads
        .flatMap((thread) => thread.comments.map((comment) => ({ thread, comment })))
        .filter(({ comment }) => !pending.includes(comment.reviewId))
        .sort((a, b) => a.comment.id - b.comment.id);
      return {
        status: 200,
        list: comments.map(({ thread, comment }) =>
          reviewCommentJson(call.state, repository, pull, thread, comment),
        ),
      };
    },
  },
  {
    operation: `POST ${all}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'write');
      const pull = pullFor(call, repository);
      checkUnlocked(pull, mayWriteLocked(call.viewer, repository));
      const parent = integer(call, 'in_reply_to');
      if (parent !== undefined) return reply(call, repository, pull, parent);
      return create(call, repository, pull);
    },
  },
  {
    operation: `POST ${all}/{comment_id}/replies`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'write');
      const pull = pullFor(call, repository);
      checkUnlocked(pull, mayWriteLocked(call.viewer, repository));
      return reply(call, repository, pull, Number(param(call, 'comment_id')));
    },
  },
  {
    operation: `GET ${one}`,
    handle: (call) => {
      const { repository, pull, thread, comment } = commentFor(call, 'read');
      return { status: 200, body: reviewCommentJson(call.state, repository, pull, thread, comment) };
    },
  },
  {
    operation: `PATCH ${one}`,
    handle: (call) => {
      const { repository, pull, thread, comment } = commentFor(call, 'write');
      const body = text(call, 'body') ?? '';
      checkNotBlank('PullRequestReviewComment', body);
      checkBody('PullRequestReviewComment', body);
      comment.body = body;
      comment.updatedAt = call.state.now();
      comment.editedAt = comment.updatedAt;
      comment.editedBy = loginOf(call);
      announceComment(call.state, repository, pull, comment, 'edited');
      return { status: 200, body: reviewCommentJson(call.state, repository, pull, thread, comment) };
    },
  },
  {
    operation: `DELETE ${one}`,
    handle: (call) => {
      const { repository, pull, comment } = commentFor(call, 'write');
      deleteReviewComment(call.state, repository, pull, comment, loginOf(call));
      return { status: 204 };
    },
  },
];

function create(call: Call, repository: Repository, pull: PullRequest): { status: number; body: unknown } {
  const body = text(call, 'body') ?? '';
  const commit = reviewCommit(repository, pull, text(call, 'commit_id'));
  const line = integer(call, 'line');
  const startLine = integer(call, 'start_line');
  const position = integer(call, 'position');
  const anchor = resolveAnchor(pullFiles(repository, pull, commit), {
    path: text(call, 'path') ?? '',
    ...(line === undefined ? {} : { line }),
    ...(startLine === undefined ? {} : { startLine }),
    ...(position === undefined ? {} : { position }),
    ...sides(call.body.side, call.body.start_side),
    ...(text(call, 'subject_type') === 'file' ? { subjectType: 'FILE' } : {}),
  });
  if (isProblem(anchor)) {
    const field = `pull_request_review_thread.${anchor.field}`;
    const said = anchor.field === 'line' ? 'must be part of the diff' : anchor.message.toLowerCase();
    throw new Refusal(422, 'Validation Failed', [
      { resource: 'PullRequestReviewComment', code: 'custom', field, message: `${field} ${said}` },
    ]);
  }
  checkNotBlank('PullRequestReviewComment', body);
  checkBody('PullRequestReviewComment', body);
  const by = loginOf(call);
  if (pendingReview(pull, by) !== undefined) {
    const message = 'user_id can only have one pending review per pull request';
    throw new Refusal(422, 'Validation Failed', [
      { resource: 'PullRequestReview', code: 'custom', field: 'user_id', message },
    ]);
  }
  const at = call.state.now();
  const review = passingReview(call.state, pull, by, commit, at);
  const thread = startThread(call.state, repository, pull, review, anchor, body, at);
  const [comment] = thread.comments;
  if (comment === undefined) throw new Error('A new thread has no comment.');
  announceComment(call.state, repository, pull, comment, 'created');
  return { status: 201, body: reviewCommentJson(call.state, repository, pull, thread, comment) };
}

function reply(
  call: Call,
  repository: Repository,
  pull: PullRequest,
  parent: number,
): { status: number; body: unknown } {
  const thread = pull.threads.find((candidate) =>
    candidate.comments.some((comment) => comment.id === parent),
  );
  if (thread === undefined) throw new Refusal(404, 'Not Found');
  const body = text(call, 'body') ?? '';
  checkNotBlank('PullRequestReviewComment', body);
  const comment = replyTo(call.state, repository, pull, thread, loginOf(call), body);
  return { status: 201, body: reviewCommentJson(call.state, repository, pull, thread, comment) };
}

function commentFor(
  call: Call,
  level: 'read' | 'write',
): { repository: Repository; pull: PullRequest; thread: Thread; comment: ReviewComment } {
  const repository = repositoryFor(call, 'pull_requests', level);
  const id = Number(param(call, 'comment_id'));
  for (const pull of repository.issues.values()) {
    if (!isPullRequest(pull)) continue;
    for (const thread of pull.threads) {
      const comment = thread.comments.find((candidate) => candidate.id === id);
      if (comment !== undefined) return { repository, pull, thread, comment };
    }
  }
  throw new Refusal(404, 'Not Found');
}
