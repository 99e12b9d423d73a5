import { mayWriteLocked } from '../http/viewer.ts';
import { checkBody, checkNotBlank, checkUnlocked } from '../state/bodies.ts';
import { addComment, closeIssue, editComment, openIssue } from '../state/issues.ts';
import {
  isPullRequest,
  type PullRequest,
  type Repository,
  type Review,
  type Thread,
} from '../state/model.ts';
import { pullFiles } from '../state/pull-diff.ts';
import { closePull, editPull } from '../state/pulls.ts';
import {
  announceComment,
  createReview,
  deletePending,
  pendingReview,
  type ReviewEvent,
  removeComments,
  replyTo,
  startThread,
  submitReview,
} from '../state/reviews.ts';
import { type Anchor, isProblem, resolveAnchor } from '../state/threads.ts';
import { actorNode } from './actor.ts';
import { asGraphql, forbidden, type GraphqlContext, type GraphqlObject, requireGraphql } from './context.ts';
import { type Found, findNode, missingNode } from './find-node.ts';
import { issueCommentNode, issueNode } from './issue.ts';
import { pullNode } from './pull.ts';
import { reviewCommentNode, reviewNode, threadNode } from './review.ts';

type Input = Readonly<Record<string, unknown>>;
type Mutation = (input: Input, context: GraphqlContext) => Record<string, unknown>;

function nodeFor<T extends Found['type']>(
  context: GraphqlContext,
  id: unknown,
  type: T,
): Extract<Found, { type: T }> {
  const found = findNode(context.state, context.viewer, String(id));
  if (found === undefined || found.type !== type) throw missingNode(String(id));
  return found as Extract<Found, { type: T }>;
}

function login(context: GraphqlContext): string {
  return context.viewer.login ?? 'ghost';
}

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

function minimize(
  input: Input,
  context: GraphqlContext,
  reason: string | undefined,
): Record<string, unknown> {
  const found = findNode(context.state, context.viewer, String(input.subjectId));
  if (found?.type !== 'IssueComment' && found?.type !== 'PullRequestReviewComment')
    throw missingNode(String(input.subjectId));
  requireGraphql(context, found.repository, ['issues', 'pull_requests'], 'write');
  if (reason === undefined) delete found.comment.minimized;
  else found.comment.minimized = reason;
  const { state } = context;
  const node =
    found.type === 'IssueComment'
      ? issueCommentNode(state, found.repository, found.issue, found.comment)
      : reviewCommentNode(state, found.repository, found.pull, found.thread, found.comment);
  return reason === undefined ? { unminimizedComment: node } : { minimizedComment: node };
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

function newComment(input: Input, context: GraphqlContext): Record<string, unknown> {
  const found = findNode(context.state, context.viewer, String(input.subjectId));
  if (found?.type !== 'Issue' && found?.type !== 'PullRequest') throw missingNode(String(input.subjectId));
  const issue = found.type === 'Issue' ? found.issue : found.pull;
  const { repository } = found;
  requireGraphql(
    context,
    repository,
    isPullRequest(issue) ? ['issues', 'pull_requests'] : ['issues'],
    'write',
  );
  const comment = asGraphql(() => {
    checkUnlocked(issue, mayWriteLocked(context.viewer, repository));
    return addComment(context.state, repository, issue, login(context), String(input.body));
  });
  const node = issueCommentNode(context.state, repository, issue, comment);
  const subject = isPullRequest(issue)
    ? pullNode(context.state, repository, issue)
    : issueNode(context.state, repository, issue);
  return { commentEdge: { __typename: 'IssueCommentEdge', cursor: '', node }, subject };
}

const mutations: Readonly<Record<string, Mutation>> = {
  resolveReviewThread: (input, context) => resolve(input, context, true),
  unresolveReviewThread: (input, context) => resolve(input, context, false),
  minimizeComment: (input, context) =>
    minimize(input, context, String(input.classifier).toLowerCase().replace('_', '-')),
  unminimizeComment: (input, context) => minimize(input, context, undefined),
  addPullRequestReview: addReview,
  addPullRequestReviewThread: addThread,
  addPullRequestReviewThreadReply: addReply,
  addComment: newComment,
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
    return { pullRequestReview: reviewNode(context.state, repository, pull, review) };
  },
  deletePullRequestReviewComment: (input, context) => {
    const { repository, pull, thread, comment } = nodeFor(context, input.id, 'PullRequestReviewComment');
    requireGraphql(context, repository, ['pull_requests'], 'write');
    const review = pull.reviews.find((one) => one.id === comment.reviewId);
    const gone = reviewCommentNode(context.state, repository, pull, thread, comment);
    removeComments(pull, [comment]);
    announceComment(context.state, repository, pull, comment, 'deleted');
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
    return { pullRequestReviewComment: reviewCommentNode(context.state, repository, pull, thread, comment) };
  },
  updateIssueComment: (input, context) => {
    const { repository, issue, comment } = nodeFor(context, input.id, 'IssueComment');
    requireGraphql(context, repository, ['issues', 'pull_requests'], 'write');
    asGraphql(() =>
      editComment(context.state, repository, issue, comment, login(context), String(input.body)),
    );
    return { issueComment: issueCommentNode(context.state, repository, issue, comment) };
  },
  deleteIssueComment: (input, context) => {
    const { repository, issue, comment } = nodeFor(context, input.id, 'IssueComment');
    requireGraphql(context, repository, ['issues', 'pull_requests'], 'write');
    issue.comments.splice(issue.comments.indexOf(comment), 1);
    return {};
  },
  createIssue: (input, context) => {
    const { repository } = nodeFor(context, input.repositoryId, 'Repository');
    requireGraphql(context, repository, ['issues'], 'write');
    const body = typeof input.body === 'string' ? input.body : null;
    const issue = asGraphql(() =>
      openIssue(context.state, repository, {
        title: String(input.title),
        body,
        by: login(context),
        labels: [],
      }),
    );
    return { issue: issueNode(context.state, repository, issue) };
  },
  closeIssue: (input, context) => {
    const { repository, issue } = nodeFor(context, input.issueId, 'Issue');
    requireGraphql(context, repository, ['issues'], 'write');
    closeIssue(
      context.state,
      repository,
      issue,
      login(context),
      input.stateReason === 'NOT_PLANNED' ? 'not_planned' : 'completed',
    );
    return { issue: issueNode(context.state, repository, issue) };
  },
  closePullRequest: (input, context) => {
    const { repository, pull } = nodeFor(context, input.pullRequestId, 'PullRequest');
    requireGraphql(context, repository, ['pull_requests'], 'write');
    closePull(context.state, repository, pull, login(context));
    return { pullRequest: pullNode(context.state, repository, pull) };
  },
  markPullRequestReadyForReview: (input, context) => draft(input, context, false),
  convertPullRequestToDraft: (input, context) => draft(input, context, true),
};

function draft(input: Input, context: GraphqlContext, isDraft: boolean): Record<string, unknown> {
  const { repository, pull } = nodeFor(context, input.pullRequestId, 'PullRequest');
  requireGraphql(context, repository, ['pull_requests'], 'write');
  editPull(context.state, repository, pull, login(context), { draft: isDraft });
  return { pullRequest: pullNode(context.state, repository, pull) };
}

/** The mutation root: each takes `input` and gives its `clientMutationId` back. */
export function mutationRoot(): GraphqlObject {
  const fields = Object.entries(mutations).map(([name, mutation]) => [
    name,
    ({ input }: { input: Input }, context: GraphqlContext) => ({
      __typename: `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`,
      clientMutationId: input.clientMutationId ?? null,
      actor: () => actorNode(context.state, login(context)),
      ...mutation(input, context),
    }),
  ]);
  return { __typename: 'Mutation', ...Object.fromEntries(fields) };
}

export const mutationNames: readonly string[] = Object.keys(mutations);
