import { mayWriteLocked } from '../http/viewer.ts';
import { checkUnlocked } from '../state/bodies.ts';
import { editPull } from '../state/edit-pull.ts';
import { addComment, closeIssue, deleteComment, editComment, openIssue } from '../state/issues.ts';
import { isPullRequest } from '../state/model.ts';
import { closePull } from '../state/pulls.ts';
import { asGraphql, type GraphqlContext, requireGraphql } from './context.ts';
import { findNode, missingNode } from './find-node.ts';
import { issueCommentNode, issueNode } from './issue.ts';
import { type Input, login, type Mutation, nodeFor } from './mutation.ts';
import { pullNode } from './pull.ts';
import { reviewCommentNode } from './review.ts';

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

function draft(input: Input, context: GraphqlContext, isDraft: boolean): Record<string, unknown> {
  const { repository, pull } = nodeFor(context, input.pullRequestId, 'PullRequest');
  requireGraphql(context, repository, ['pull_requests'], 'write');
  editPull(context.state, repository, pull, login(context), { draft: isDraft });
  return { pullRequest: pullNode(context.state, repository, pull) };
}

export const conversationMutations: Readonly<Record<string, Mutation>> = {
  minimizeComment: (input, context) =>
    minimize(input, context, String(input.classifier).toLowerCase().replace('_', '-')),
  unminimizeComment: (input, context) => minimize(input, context, undefined),
  addComment: newComment,
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
    deleteComment(context.state, repository, issue, comment, login(context));
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
