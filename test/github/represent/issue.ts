import { associationOf, authorAssociation } from '../state/association.ts';
import type { GitHubState } from '../state/github-state.ts';
import { type Issue, type IssueComment, isPullRequest, type Repository } from '../state/model.ts';
import { nodeId } from './node-id.ts';
import { labelsJson } from './repository.ts';
import { reactionsJson } from './review.ts';
import { repositoryApi, repositoryHtml } from './urls.ts';
import { userJson } from './user.ts';

type Json = Record<string, unknown>;

/** An issue; GitHub shows every pull request as one too, with a `pull_request` part. */
export function issueJson(state: GitHubState, repository: Repository, issue: Issue): Json {
  const url = repositoryApi(state, repository, `/issues/${issue.number}`);
  const isPull = isPullRequest(issue);
  const html = repositoryHtml(state, repository, `/${isPull ? 'pull' : 'issues'}/${issue.number}`);
  return {
    url,
    repository_url: repositoryApi(state, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: issue.id,
    node_id: nodeId(isPull ? 'PullRequest' : 'Issue', issue.id),
    number: issue.number,
    title: issue.title,
    user: userJson(state, issue.author),
    labels: labelsJson(state, repository, issue.labels),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    active_lock_reason: null,
    assignee: issue.assignees[0] === undefined ? null : userJson(state, issue.assignees[0]),
    assignees: issue.assignees.map((login) => userJson(state, login)),
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy === null ? null : userJson(state, issue.closedBy),
    author_association: authorAssociation(repository, issue),
    body: issue.body,
    reactions: reactionsJson(url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    ...(isPull
      ? {
          draft: issue.draft,
          pull_request: {
            url: repositoryApi(state, repository, `/pulls/${issue.number}`),
            html_url: html,
            diff_url: `${html}.diff`,
            patch_url: `${html}.patch`,
            merged_at: issue.mergedAt,
          },
        }
      : {}),
  };
}

export function issueCommentJson(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
  comment: IssueComment,
): Json {
  const url = repositoryApi(state, repository, `/issues/comments/${comment.id}`);
  const html = repositoryHtml(
    state,
    repository,
    `/${issue.kind === 'pull' ? 'pull' : 'issues'}/${issue.number}`,
  );
  return {
    url,
    html_url: `${html}#issuecomment-${comment.id}`,
    issue_url: repositoryApi(state, repository, `/issues/${issue.number}`),
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    user: userJson(state, comment.by),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    body: comment.body,
    author_association: associationOf(repository, comment.by),
    reactions: reactionsJson(url),
    performed_via_github_app: null,
  };
}
