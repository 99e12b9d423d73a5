import { mayWriteLocked } from '../http/viewer.ts';
import { checkBody, checkNotBlank, checkUnlocked } from '../state/bodies.ts';
import type { PullRequest, Repository, Review, Thread } from '../state/model.ts';
import { pullFiles } from '../state/pull-diff.ts';
import {
  createReview,
  deletePending,
  deleteReviewComment,
  pendingReview,
  type ReviewEvent,
  replyTo,
  startThread,
  submitReview,
} from '../state/reviews.ts';
import { type Anchor, isProblem, resolveAnchor } from '../state/threads.ts';
import { asGraphql, forbidden, type GraphqlContext, requireGraphql } from './context.ts';
import { type Input, login, type Mutation, nodeFor } from './mutation.ts';
import { reviewCommentNode, reviewNode, threadNode } from './review.ts';

/** Resolving asks for `contents: write` (an app) or a writing role, or being the author of the pull request. */
function resolve(input: Input, context: GraphqlContext, resolved: boolean): Record<string, unknown> {
  const { repository, pull, thread } = nodeFor(context, input.threadId, 'PullRequestReviewThread');
  const isAuthor = context.viewer.token?.kind === 'user' && login(context) === pull.author;
  if (!isAuthor) requireGraphql(context, repository, ['contents'], 'write');
  thread.resolvedBy = resolved ? login(context) : null;
  const action = resolved ? 'resolved' : 'unresolved';
  context.state.emit({
    name: 'pull_request_review_thread',
    action,
    repository,
    sender: login(context),
    number: pull.number,
    id: thread.id,
  });
  return { thread: threadNode(context.state, repository, pull, thread) };
}

function anchorOf(input: Input): Anchor {
  const { path, line, side, startLine, startSide, subjectType } = input;
  return {
    path: String(path),
    ...(typeof line === 'number' ? { line } : {}),
    ...(side === 'LEFT' || side === 'RIGHT' ? { side } : {}),
    ...(typeof startLine === 'number' ? { startLine } : {}),
    ...(startSide === 'LEFT' || startSide === 'RIGHT' ? { startSide } : {}),
    subjectType: subjectType === 'FILE' ? 'FILE' : 'LINE',
  };
}

/** An anchor outside the diff is dropped without a word: the mutation succeeds with a null thread. */
function tryThread(
  context: GraphqlContext,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  input: Input,
): Thread | undefined {
  const body = String(input.body);
  const anchor = resolveAnchor(pullFiles(repository, pull, review.commitId), anchorOf(input));
  if (isProblem(anchor)) return undefined;
  asGraphql(() => {
    checkNotBlank('PullRequestReviewComment', body);
    checkBody('PullRequestReviewComment', body);
  });
  return startThread(context.state, repository, pull, review, anchor, body);
}

function addReview(input: Input, context: GraphqlContext): Record<string, unknown> {
  const { repository, pull } = nodeFor(context, input.pullRequestId, 'PullRequest');
  requireGraphql(context, repository, ['pull_requests'], 'write');
  const threads = [
    ...list(input.threads),
    ...list(input.comments).map((comment) => ({ ...comment, subjectType: 'LINE' })),
  ];
  const review = asGraphql(() => {
    checkUnlocked(pull, mayWriteLocked(context.viewer, repository));
    return createReview(context.state, repository, pull, {
      by: login(context),
      body: typeof input.body === 'string' ? input.body : '',
      ...(typeof input.commitOID === 'string' ? { commit: input.commitOID } : {}),
      comments: [],
    });
  });
  for (const thread of threads) tryThread(context, repository, pull, review, thread);
  if (typeof input.event === 'string') {
    asGraphql(() =>
      submitReview(context.state, repository, pull, review, input.event as ReviewEvent, undefined),
    );
  }
  const node = reviewNode(context.state, repository, pull, review);
  return { pullRequestReview: node, reviewEdge: { __typename: 'PullRequestReviewEdge', cursor: '', node } };
}

function list(value: unknown): readonly Input[] {
  return Array.isArray(value) ? (value as Input[]) : [];
}

function addThread(input: Input, context: GraphqlContext): Record<string, unknown> {
  const byReview =
    typeof input.pullRequestReviewId === 'string'
      ? nodeFor(context, input.pullRequestReviewId, 'PullRequestReview')
      : undefined;
  const { repository, pull } = byReview ?? nodeFor(context, input.pullRequestId, 'PullRequest');
  requireGraphql(context, repository, ['pull_requests'], 'write');
  const review = byReview?.review ?? pendingReview(pull, login(context));
  const target =
    review ??
    asGraphql(() =>
      createReview(context.state, repository, pull, { by: login(context), body: '', comments: [] }),
    );
  if (target.state !== 'PENDING' || target.by !== login(context)) throw forbidden();
  const thread = tryThread(context, repository, pull, target, input);
  return { thread: thread === undefined ? null : threadNode(context.state, repository, pull, thread) };
}

function addReply(input: Input, context: GraphqlContext): Record<string, unknown> {
  const { repository, pull, thread } = nodeFor(
    context,
    input.pullRequestReviewThreadId,
    'PullRequestReviewThread',
  );
  requireGraphql(context, repository, ['pull_requests'], 'write');
  const comment = asGraphql(() => {
    checkNotBlank('PullRequestReviewComment', String(input.body));
    return replyTo(context.state, repository, pull, thread, login(context), String(input.body));
  });
  return { comment: reviewCommentNode(context.state, repository, pull, thread, comment) };
}

export const reviewMutations: Readonly<Record<string, Mutation>> = {
  resolveReviewThread: (input, context) => resolve(input, context, true),
  unresolveReviewThread: (input, context) => resolve(input, context, false),
  addPullRequestReview: addReview,
  addPullRequestReviewThread: addThread,
  addPullRequestReviewThreadReply: addReply,
  submitPullRequestReview: (input, context) => {
    const { repository, pull, review } = nodeFor(context, input.pullRequestReviewId, 'PullRequestReview');
    requireGraphql(context, repository, ['pull_requests'], 'write');
    if (review.by !== login(context)) throw forbidden();
    const body = typeof input.body === 'string' ? input.body : undefined;
    asGraphql(() => submitReview(context.state, repository, pull, review, input.event as ReviewEvent, body));
    return { pullRequestReview: reviewNode(context.state, repository, pull, review) };
  },
  deletePullRequestReview: (input, context) => {
    const { repository, pull, review } = nodeFor(context, input.pullRequestReviewId, 'PullRequestReview');
    requireGraphql(context, repository, ['pull_requests'], 'write');
    const node = reviewNode(context.state, repository, pull, review);
    asGraphql(() => deletePending(pull, review));
    return { pullRequestReview: node };
  },
  updatePullRequestReview: (input, context) => {
    const { repository, pull, review } = nodeFor(context, input.pullRequestReviewId, 'PullRequestReview');
    requireGraphql(context, repository, ['pull_requests'], 'write');
    asGraphql(() => checkBody('PullRequestReview', String(input.body)));
    review.body = String(input.body);
    review.updatedAt = context.state.now();
    review.editedAt = review.updatedAt;
    review.editedBy = login(context);
    return { pullRequestReview: reviewNode(context.state, repository, pull, review) };
  },
  deletePullRequestReviewComment: (input, context) => {
    const { repository, pull, thread, comment } = nodeFor(context, input.id, 'PullRequestReviewComment');
    requireGraphql(context, repository, ['pull_requests'], 'write');
    const review = pull.reviews.find((one) => one.id === comment.reviewId);
    const gone = reviewCommentNode(context.state, repository, pull, thread, comment);
    deleteReviewComment(context.state, repository, pull, comment, login(context));
    return {
      pullRequestReviewComment: gone,
      pullRequestReview: review === undefined ? null : reviewNode(context.state, repository, pull, review),
    };
  },
  updatePullRequestReviewComment: (input, context) => {
    const { repository, pull, thread, comment } = nodeFor(
      context,
      input.pullRequestReviewCommentId,
      'PullRequestReviewComment',
    );
    requireGraphql(context, repository, ['pull_requests'], 'write');
    asGraphql(() => {
      checkNotBlank('PullRequestReviewComment', String(input.body));
      checkBody('PullRequestReviewComment', String(input.body));
    });
    comment.body = String(input.body);
    comment.updatedAt = context.state.now();
    comment.editedAt = comment.updatedAt;
    comment.editedBy = login(context);
    return { pullRequestReviewComment: reviewCommentNode(context.state, repository, pull, thread, comment) };
  },
};
