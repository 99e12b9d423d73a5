import { resolveCommit } from '../git/commits.ts';
import { nodeId } from '../represent/node-id.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { PullRequest, Repository, TimelineEvent } from '../state/model.ts';
import { pullCommits } from '../state/pull-diff.ts';
import { actorNode } from './actor.ts';
import { commitNode } from './commit.ts';
import type { GraphqlObject } from './context.ts';
import { issueCommentNode } from './issue.ts';
import { pullNode } from './pull.ts';
import { labelNode, refNode } from './repository.ts';
import { reviewNode } from './review.ts';

const typeNames: Readonly<Record<TimelineEvent['type'], readonly [itemType: string, typeName: string]>> = {
  ready_for_review: ['READY_FOR_REVIEW_EVENT', 'ReadyForReviewEvent'],
  convert_to_draft: ['CONVERT_TO_DRAFT_EVENT', 'ConvertToDraftEvent'],
  auto_merge_enabled: ['AUTO_MERGE_ENABLED_EVENT', 'AutoMergeEnabledEvent'],
  closed: ['CLOSED_EVENT', 'ClosedEvent'],
  reopened: ['REOPENED_EVENT', 'ReopenedEvent'],
  locked: ['LOCKED_EVENT', 'LockedEvent'],
  merged: ['MERGED_EVENT', 'MergedEvent'],
  review_requested: ['REVIEW_REQUESTED_EVENT', 'ReviewRequestedEvent'],
  review_request_removed: ['REVIEW_REQUEST_REMOVED_EVENT', 'ReviewRequestRemovedEvent'],
  labeled: ['LABELED_EVENT', 'LabeledEvent'],
  review_dismissed: ['REVIEW_DISMISSED_EVENT', 'ReviewDismissedEvent'],
  force_pushed: ['HEAD_REF_FORCE_PUSHED_EVENT', 'HeadRefForcePushedEvent'],
  base_changed: ['BASE_REF_CHANGED_EVENT', 'BaseRefChangedEvent'],
  renamed: ['RENAMED_TITLE_EVENT', 'RenamedTitleEvent'],
  comment_deleted: ['COMMENT_DELETED_EVENT', 'CommentDeletedEvent'],
};

export interface TimelineItem {
  readonly at: string;
  readonly type: string;
  node(): GraphqlObject;
}

/** Commits, reviews, comments and events of a pull request in the order they happened. */
export function timelineItems(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
): readonly TimelineItem[] {
  const commits = pullCommits(repository, pull).map((commit) => ({
    at: commit.committer.date,
    type: 'PULL_REQUEST_COMMIT',
    node: () => pullCommitNode(state, repository, pull, commit.sha),
  }));
  const reviews = pull.reviews
    .filter((review) => review.submittedAt !== null)
    .map((review) => ({
      at: review.submittedAt ?? '',
      type: 'PULL_REQUEST_REVIEW',
      node: () => reviewNode(state, repository, pull, review),
    }));
  const comments = pull.comments.map((comment) => ({
    at: comment.createdAt,
    type: 'ISSUE_COMMENT',
    node: () => issueCommentNode(state, repository, pull, comment),
  }));
  const events = pull.timeline.map((event) => ({
    at: event.at,
    type: typeNames[event.type][0],
    node: () => eventNode(state, repository, pull, event),
  }));
  return [...commits, ...reviews, ...comments, ...events].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
}

export function pullCommitNode(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  sha: string,
): GraphqlObject {
  return {
    __typename: 'PullRequestCommit',
    id: nodeId('PullRequestCommit', `${pull.id}:${sha}`),
    commit: () => commitNode(state, repository, sha),
    pullRequest: () => pullNode(state, repository, pull),
  };
}

function eventNode(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  event: TimelineEvent,
): GraphqlObject {
  const common = {
    __typename: typeNames[event.type][1],
    id: nodeId(typeNames[event.type][1], event.id),
    createdAt: event.at,
    actor: () => actorNode(state, event.actor),
    pullRequest: () => pullNode(state, repository, pull),
  };
  const commit = (sha: string): GraphqlObject | null =>
    resolveCommit(repository.directory, sha) === undefined ? null : commitNode(state, repository, sha);
  switch (event.type) {
    case 'merged':
      return { ...common, commit: () => commit(event.commit), mergeRefName: pull.baseRef };
    case 'review_requested':
    case 'review_request_removed':
      return { ...common, requestedReviewer: () => actorNode(state, event.reviewer) };
    case 'labeled':
      return {
        ...common,
        label: () =>
          labelNode(
            repository.labels.find((one) => one.name === event.label) ?? {
              id: 0,
              name: event.label,
              color: 'ededed',
              description: null,
            },
          ),
      };
    case 'review_dismissed': {
      const review = pull.reviews.find((one) => one.id === event.reviewId);
      return {
        ...common,
        dismissalMessage: event.message,
        previousReviewState: event.previous,
        review: () => (review === undefined ? null : reviewNode(state, repository, pull, review)),
      };
    }
    case 'force_pushed':
      return {
        ...common,
        beforeCommit: () => commit(event.before),
        afterCommit: () => commit(event.after),
        ref: () => refNode(state, repository, `refs/heads/${pull.headRef}`),
      };
    case 'base_changed':
      return { ...common, previousRefName: event.from, currentRefName: event.to };
    case 'comment_deleted':
      return { ...common, deletedCommentAuthor: () => actorNode(state, event.author) };
    case 'renamed':
      return { ...common, previousTitle: event.from, currentTitle: event.to };
    default:
      return common;
  }
}
