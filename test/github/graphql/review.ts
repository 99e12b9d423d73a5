import { resolveCommit } from '../git/commits.ts';
import { may } from '../http/viewer.ts';
import { nodeId } from '../represent/node-id.ts';
import { repositoryHtml } from '../represent/urls.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { PullRequest, Repository, Review, ReviewComment, Thread } from '../state/model.ts';
import { commentsOf } from '../state/reviews.ts';
import { actorNode } from './actor.ts';
import { commitNode } from './commit.ts';
import { connection } from './connection.ts';
import type { Arguments, GraphqlContext, GraphqlObject } from './context.ts';
import { commentFields } from './issue.ts';
import { pullNode } from './pull.ts';

/** A commit that the repository no longer knows is null. */
function commitOrNull(state: GitHubState, repository: Repository, sha: string): GraphqlObject | null {
  return resolveCommit(repository.directory, sha) === undefined ? null : commitNode(state, repository, sha);
}

export function reviewNode(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  review: Review,
): GraphqlObject {
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PullRequestReview', review.id),
    ...commentFields(state, repository, review),
    url: `${repositoryHtml(state, repository, `/pull/${pull.number}`)}#pullrequestreview-${review.id}`,
    state: review.state,
    submittedAt: review.submittedAt,
    commit: () => commitOrNull(state, repository, review.commitId),
    pullRequest: () => pullNode(state, repository, pull),
    comments: (args: Arguments) =>
      connection('comments', commentsOf(pull, review), args, (comment) => {
        const thread = pull.threads.find((one) => one.comments.includes(comment));
        if (thread === undefined) throw new Error('A comment has no thread.');
        return reviewCommentNode(state, repository, pull, thread, comment);
      }),
  };
}

export function threadNode(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
): GraphqlObject {
  const isLine = thread.subjectType === 'LINE';
  const mayResolve = (_: Arguments, { viewer }: GraphqlContext): boolean =>
    may(viewer, repository, 'contents', 'write') ||
    (viewer.token?.kind === 'user' && viewer.login === pull.author);
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PullRequestReviewThread', thread.id),
    path: thread.path,
    line: isLine ? (thread.line ?? null) : null,
    startLine: thread.startLine ?? null,
    originalLine: thread.originalLine ?? null,
    originalStartLine: thread.originalStartLine ?? null,
    diffSide: thread.side,
    startDiffSide: thread.startSide ?? null,
    subjectType: thread.subjectType,
    isResolved: thread.resolvedBy !== null,
    isOutdated: thread.outdated,
    isCollapsed: thread.outdated || thread.resolvedBy !== null,
    resolvedBy: () => (thread.resolvedBy === null ? null : actorNode(state, thread.resolvedBy)),
    viewerCanResolve: (args: Arguments, context: GraphqlContext) =>
      thread.resolvedBy === null && mayResolve(args, context),
    viewerCanUnresolve: (args: Arguments, context: GraphqlContext) =>
      thread.resolvedBy !== null && mayResolve(args, context),
    viewerCanReply: (_: Arguments, { viewer }: GraphqlContext) =>
      may(viewer, repository, 'pull_requests', 'write'),
    pullRequest: () => pullNode(state, repository, pull),
    repository: () => pullNode(state, repository, pull).repository,
    comments: (args: Arguments, { viewer }: GraphqlContext) => {
      const seen = thread.comments.filter((comment) => isVisible(pull, comment, viewer.login));
      return connection('comments', seen, args, (comment) =>
        reviewCommentNode(state, repository, pull, thread, comment),
      );
    },
  };
}

/** Comments of a pending review are seen by their author alone. */
export function isVisible(pull: PullRequest, comment: ReviewComment, login: string | undefined): boolean {
  const review = pull.reviews.find((one) => one.id === comment.reviewId);
  return review?.state !== 'PENDING' || comment.by === login;
}

export function reviewCommentNode(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  comment: ReviewComment,
): GraphqlObject {
  const review = pull.reviews.find((one) => one.id === comment.reviewId);
  const parent = thread.comments.find((one) => one.id === comment.replyTo);
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PullRequestReviewComment', comment.id),
    ...commentFields(state, repository, comment),
    url: `${repositoryHtml(state, repository, `/pull/${pull.number}`)}#discussion_r${comment.id}`,
    path: thread.path,
    line: thread.line ?? null,
    startLine: thread.startLine ?? null,
    originalLine: thread.originalLine ?? null,
    originalStartLine: thread.originalStartLine ?? null,
    position: thread.outdated ? null : thread.originalPosition,
    originalPosition: thread.originalPosition,
    diffHunk: thread.diffHunk,
    outdated: thread.outdated,
    subjectType: thread.subjectType,
    state: review?.state === 'PENDING' ? 'PENDING' : 'SUBMITTED',
    commit: () => commitOrNull(state, repository, thread.commitId),
    originalCommit: () => commitOrNull(state, repository, thread.originalCommitId),
    pullRequest: () => pullNode(state, repository, pull),
    pullRequestReview: () => (review === undefined ? null : reviewNode(state, repository, pull, review)),
    replyTo: () => (parent === undefined ? null : reviewCommentNode(state, repository, pull, thread, parent)),
  };
}
