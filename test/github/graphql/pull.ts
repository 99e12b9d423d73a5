import { may } from '../http/viewer.ts';
import { nodeId } from '../represent/node-id.ts';
import { roleOf } from '../state/association.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { PullRequest, Repository, Review } from '../state/model.ts';
import { pullCommits, pullFiles } from '../state/pull-diff.ts';
import { actorNode } from './actor.ts';
import { commitNode } from './commit.ts';
import { connection } from './connection.ts';
import type { Arguments, GraphqlContext, GraphqlObject } from './context.ts';
import { conversationFields, issueNode } from './issue.ts';
import { pullState, refNode, repositoryNode } from './repository.ts';
import { isVisible, reviewNode, threadNode } from './review.ts';
import { pullCommitNode, timelineItems } from './timeline.ts';

const changeTypes = {
  added: 'ADDED',
  removed: 'DELETED',
  modified: 'MODIFIED',
  renamed: 'RENAMED',
  copied: 'COPIED',
  changed: 'CHANGED',
} as const;

export function pullNode(state: GitHubState, repository: Repository, pull: PullRequest): GraphqlObject {
  const files = (): ReturnType<typeof pullFiles> => pullFiles(repository, pull);
  const sum = (key: 'additions' | 'deletions'): number =>
    files().reduce((total, file) => total + file[key], 0);
  const head = pull.headRepository === null ? undefined : state.repository(pull.headRepository);
  const open = pull.state === 'open';
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', pull.id),
    ...conversationFields(state, repository, pull),
    state: pullState(pull),
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    mergedBy: () => (pull.mergedBy === null ? null : actorNode(state, pull.mergedBy)),
    mergeCommit: () => (pull.mergeCommit === null ? null : commitNode(state, repository, pull.mergeCommit)),
    potentialMergeCommit: () =>
      pull.mergeSha === null ? null : commitNode(state, repository, pull.mergeSha),
    mergeable: open ? (pull.mergeSha === null ? 'CONFLICTING' : 'MERGEABLE') : 'UNKNOWN',
    mergeStateStatus: open ? (pull.mergeSha === null ? 'DIRTY' : 'CLEAN') : 'UNKNOWN',
    mergeQueueEntry: null,
    isInMergeQueue: false,
    autoMergeRequest: null,
    additions: () => sum('additions'),
    deletions: () => sum('deletions'),
    changedFiles: () => files().length,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    baseRef: () => refNode(state, repository, `refs/heads/${pull.baseRef}`),
    headRef: () => (head === undefined ? null : refNode(state, head, `refs/heads/${pull.headRef}`)),
    baseRepository: () => repositoryNode(state, repository),
    headRepository: () => (head === undefined ? null : repositoryNode(state, head)),
    headRepositoryOwner: () => (head === undefined ? null : actorNode(state, head.owner)),
    isCrossRepository: pull.headRepository !== repository.fullName,
    maintainerCanModify: pull.headRepository !== repository.fullName,
    reviewDecision: reviewDecision(repository, pull),
    totalCommentsCount:
      pull.comments.length + pull.threads.reduce((total, thread) => total + thread.comments.length, 0),
    files: (args: Arguments) =>
      connection('files', files().slice(0, state.limits.pullRequestFiles), args, (file) => ({
        __typename: 'PullRequestChangedFile',
        path: file.path,
        additions: file.additions,
        deletions: file.deletions,
        changeType: changeTypes[file.status],
        viewerViewedState: 'UNVIEWED',
      })),
    commits: (args: Arguments) =>
      connection(
        'commits',
        pullCommits(repository, pull).slice(0, 250),
        args,
        (commit) => pullCommitNode(state, repository, pull, commit.sha),
        {
          totalCount: pullCommits(repository, pull).length,
        },
      ),
    reviews: (args: Arguments, { viewer }: GraphqlContext) => {
      const states = Array.isArray(args.states) ? args.states : undefined;
      const found = pull.reviews
        .filter((review) => review.state !== 'PENDING' || review.by === viewer.login)
        .filter((review) => states === undefined || states.includes(review.state))
        .filter((review) => typeof args.author !== 'string' || review.by === args.author);
      return connection('reviews', found, args, (review) => reviewNode(state, repository, pull, review));
    },
    latestReviews: (args: Arguments) =>
      connection('latestReviews', latest(pull.reviews.filter(isSubmitted)), args, (review) =>
        reviewNode(state, repository, pull, review),
      ),
    latestOpinionatedReviews: (args: Arguments) => {
      const found = latest(
        pull.reviews.filter((review) => isSubmitted(review) && review.state !== 'COMMENTED'),
      ).filter(
        (review) =>
          args.writersOnly !== true || ['admin', 'maintain', 'write'].includes(roleOf(repository, review.by)),
      );
      return connection('latestOpinionatedReviews', found, args, (review) =>
        reviewNode(state, repository, pull, review),
      );
    },
    reviewThreads: (args: Arguments, { viewer }: GraphqlContext) => {
      const seen = pull.threads.filter((thread) =>
        thread.comments.some((comment) => isVisible(pull, comment, viewer.login)),
      );
      return connection('reviewThreads', seen, args, (thread) => threadNode(state, repository, pull, thread));
    },
    reviewRequests: (args: Arguments) =>
      connection('reviewRequests', pull.requestedReviewers, args, (login) => ({
        __typename: 'ReviewRequest',
        id: `RR_${login}`,
        asCodeOwner: false,
        requestedReviewer: () => actorNode(state, login),
      })),
    timelineItems: (args: Arguments) => {
      const wanted = Array.isArray(args.itemTypes) ? args.itemTypes : undefined;
      const since = typeof args.since === 'string' ? args.since : undefined;
      const all = timelineItems(state, repository, pull).filter(
        (item) => since === undefined || item.at >= since,
      );
      const found = all.filter((item) => wanted === undefined || wanted.includes(item.type));
      return connection('timelineItems', found, args, (item) => item.node(), {
        filteredCount: found.length,
        updatedAt: pull.updatedAt,
      });
    },
    closingIssuesReferences: (args: Arguments) => {
      const issues = closingIssues(repository, pull);
      return connection('closingIssuesReferences', issues, args, (issue) =>
        issueNode(state, repository, issue),
      );
    },
    statusCheckRollup: () => commitNode(state, repository, pull.headSha).statusCheckRollup,
    viewerCanUpdate: (_: Arguments, { viewer }: GraphqlContext) =>
      may(viewer, repository, 'pull_requests', 'write'),
  };
}

function isSubmitted(review: Review): boolean {
  return review.state !== 'PENDING';
}

/** Each reviewer's last word. */
function latest(reviews: readonly Review[]): readonly Review[] {
  return reviews.filter(
    (review, index) => reviews.findLastIndex((other) => other.by === review.by) === index,
  );
}

function reviewDecision(repository: Repository, pull: PullRequest): string | null {
  const words = latest(
    pull.reviews.filter((review) => review.state === 'APPROVED' || review.state === 'CHANGES_REQUESTED'),
  )
    .filter((review) => ['admin', 'maintain', 'write'].includes(roleOf(repository, review.by)))
    .map((review) => review.state);
  if (words.includes('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  return words.includes('APPROVED') ? 'APPROVED' : null;
}

function closingIssues(
  repository: Repository,
  pull: PullRequest,
): Repository['issues'] extends Map<number, infer T> ? readonly T[] : never {
  const named = [
    ...(pull.body ?? '').matchAll(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)/gi),
  ].map(([, number]) => Number(number));
  const numbers = new Set([...named, ...pull.closesIssues]);
  return [...numbers].flatMap((number) => {
    const issue = repository.issues.get(number);
    return issue === undefined || issue.kind === 'pull' ? [] : [issue];
  });
}
