import { authorAssociation } from '../state/association.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { PullRequest, Repository } from '../state/model.ts';
import { pullCommits, pullFiles } from '../state/pull-diff.ts';
import { nodeId } from './node-id.ts';
import { labelsJson, repositoryJson } from './repository.ts';
import { repositoryApi, repositoryHtml } from './urls.ts';
import { userJson } from './user.ts';

type Json = Record<string, unknown>;

/** A pull request as lists carry it. */
export function pullJson(state: GitHubState, repository: Repository, pull: PullRequest): Json {
  const url = repositoryApi(state, repository, `/pulls/${pull.number}`);
  const issueUrl = repositoryApi(state, repository, `/issues/${pull.number}`);
  const html = repositoryHtml(state, repository, `/pull/${pull.number}`);
  const commentsUrl = `${url}/comments`;
  const statuses = repositoryApi(state, repository, `/statuses/${pull.headSha}`);
  return {
    url,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issueUrl,
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: userJson(state, pull.author),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit ?? pull.mergeSha,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.requestedReviewers.map((login) => userJson(state, login)),
    requested_teams: [],
    labels: labelsJson(state, repository, pull.labels),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: commentsUrl,
    review_comment_url: `${repositoryApi(state, repository)}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    head: endJson(
      state,
      pull.headRepository === null ? null : state.repository(pull.headRepository),
      pull.headRef,
      pull.headSha,
      pull.author,
    ),
    base: endJson(state, repository, pull.baseRef, pull.baseSha, repository.owner),
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issueUrl },
      comments: { href: `${issueUrl}/comments` },
      review_comments: { href: commentsUrl },
      review_comment: { href: `${repositoryApi(state, repository)}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: authorAssociation(repository, pull),
    auto_merge: null,
    active_lock_reason: null,
  };
}

function endJson(
  state: GitHubState,
  repository: Repository | null,
  ref: string,
  sha: string,
  ghost: string,
): Json {
  const owner = repository?.owner ?? ghost;
  return {
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: userJson(state, owner),
    repo: repository === null ? null : repositoryJson(state, repository),
  };
}

/** A pull request as its own endpoint and the webhooks give it. */
export function fullPullJson(state: GitHubState, repository: Repository, pull: PullRequest): Json {
  const files = pullFiles(repository, pull);
  const open = pull.state === 'open';
  return {
    ...pullJson(state, repository, pull),
    merged: pull.mergedAt !== null,
    mergeable: open ? pull.mergeSha !== null : null,
    rebaseable: open ? pull.mergeSha !== null : null,
    mergeable_state: open ? (pull.mergeSha === null ? 'dirty' : pull.draft ? 'draft' : 'clean') : 'unknown',
    merged_by: pull.mergedBy === null ? null : userJson(state, pull.mergedBy),
    comments: pull.comments.length,
    review_comments: pull.threads.reduce((sum, thread) => sum + thread.comments.length, 0),
    maintainer_can_modify: pull.headRepository !== repository.fullName,
    commits: pullCommits(repository, pull).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}
