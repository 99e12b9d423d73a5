import { associationOf } from '../state/association.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { PullRequest, Repository, Review, ReviewComment, Thread } from '../state/model.ts';
import { nodeId } from './node-id.ts';
import { repositoryApi, repositoryHtml } from './urls.ts';
import { userJson } from './user.ts';

type Json = Record<string, unknown>;

export function reviewJson(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  review: Review,
): Json {
  const html = `${repositoryHtml(state, repository, `/pull/${pull.number}`)}#pullrequestreview-${review.id}`;
  const pullUrl = repositoryApi(state, repository, `/pulls/${pull.number}`);
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: userJson(state, review.by),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: associationOf(repository, review.by),
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
    updated_at: review.updatedAt,
    commit_id: review.commitId,
  };
}

/** `line` is null once the thread is outdated, as on GitHub; the original numbers stay. */
export function reviewCommentJson(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  comment: ReviewComment,
): Json {
  const url = repositoryApi(state, repository, `/pulls/comments/${comment.id}`);
  const html = `${repositoryHtml(state, repository, `/pull/${pull.number}`)}#discussion_r${comment.id}`;
  const pullUrl = repositoryApi(state, repository, `/pulls/${pull.number}`);
  const isLine = thread.subjectType === 'LINE';
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    diff_hunk: thread.diffHunk,
    path: thread.path,
    commit_id: thread.commitId,
    original_commit_id: thread.originalCommitId,
    user: userJson(state, comment.by),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: associationOf(repository, comment.by),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
    ...(comment.replyTo === undefined ? {} : { in_reply_to_id: comment.replyTo }),
    start_line: thread.startLine ?? null,
    original_start_line: thread.originalStartLine ?? null,
    start_side: thread.startSide ?? null,
    ...(isLine ? { line: thread.line ?? null, original_line: thread.originalLine ?? null } : {}),
    side: thread.side,
    original_position: thread.originalPosition,
    position: thread.outdated ? null : thread.originalPosition,
    subject_type: isLine ? 'line' : 'file',
    reactions: reactionsJson(url),
  };
}

export function reactionsJson(url: string): Json {
  const none = { '+1': 0, '-1': 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  return { url: `${url}/reactions`, total_count: 0, ...none };
}
