import { nodeId } from '../represent/node-id.ts';
import { repositoryHtml } from '../represent/urls.ts';
import { associationOf, authorAssociation } from '../state/association.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { Issue, IssueComment, Repository } from '../state/model.ts';
import { actorNode } from './actor.ts';
import { connection } from './connection.ts';
import type { Arguments, GraphqlContext, GraphqlObject } from './context.ts';
import { labelNode, repositoryNode } from './repository.ts';

/** What issues and pull requests have in common. */
export function conversationFields(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
): Record<string, unknown> {
  const url = repositoryHtml(
    state,
    repository,
    `/${issue.kind === 'pull' ? 'pull' : 'issues'}/${issue.number}`,
  );
  return {
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    bodyText: issue.body ?? '',
    url,
    resourcePath: new URL(url).pathname,
    locked: issue.locked,
    closed: issue.state === 'closed',
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closedAt: issue.closedAt,
    lastEditedAt: null,
    author: () => actorNode(state, issue.author),
    authorAssociation: authorAssociation(repository, issue),
    viewerDidAuthor: (_: Arguments, context: GraphqlContext) => context.viewer.login === issue.author,
    repository: () => repositoryNode(state, repository),
    labels: (args: Arguments) => {
      const labels = issue.labels.flatMap((name) => repository.labels.filter((label) => label.name === name));
      return connection('labels', labels, args, labelNode);
    },
    assignees: (args: Arguments) =>
      connection('assignees', issue.assignees, args, (login) => actorNode(state, login)),
    comments: (args: Arguments) =>
      connection('comments', issue.comments, args, (one) => issueCommentNode(state, repository, issue, one)),
  };
}

export function issueNode(state: GitHubState, repository: Repository, issue: Issue): GraphqlObject {
  return {
    __typename: 'Issue',
    id: nodeId('Issue', issue.id),
    ...conversationFields(state, repository, issue),
    state: issue.state.toUpperCase(),
    stateReason: issue.stateReason === null ? null : issue.stateReason.toUpperCase(),
  };
}

export function issueCommentNode(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
  comment: IssueComment,
): GraphqlObject {
  return {
    __typename: 'IssueComment',
    id: nodeId('IssueComment', comment.id),
    url: repositoryHtml(
      state,
      repository,
      `/${issue.kind === 'pull' ? 'pull' : 'issues'}/${issue.number}#issuecomment-${comment.id}`,
    ),
    ...commentFields(state, repository, comment),
  };
}

interface Comment {
  readonly id: number;
  readonly by: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly editedAt?: string;
  readonly editedBy?: string;
  readonly minimized?: string;
}

/** What every kind of comment has. */
export function commentFields(
  state: GitHubState,
  repository: Repository,
  comment: Comment,
): Record<string, unknown> {
  const byViewer = (_: Arguments, context: GraphqlContext): boolean => context.viewer.login === comment.by;
  return {
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    author: () => actorNode(state, comment.by),
    authorAssociation: associationOf(repository, comment.by),
    body: comment.body,
    bodyText: comment.body,
    createdAt: comment.createdAt,
    publishedAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    lastEditedAt: comment.editedAt ?? null,
    includesCreatedEdit: false,
    editor: () => (comment.editedAt === undefined ? null : actorNode(state, comment.editedBy ?? comment.by)),
    isMinimized: comment.minimized !== undefined,
    minimizedReason: comment.minimized ?? null,
    viewerDidAuthor: byViewer,
    viewerCanUpdate: byViewer,
    viewerCanDelete: byViewer,
    viewerCanMinimize: byViewer,
    repository: () => repositoryNode(state, repository),
  };
}
