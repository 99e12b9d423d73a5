import { maySee, type Viewer } from '../http/viewer.ts';
import { decodeNodeId } from '../represent/node-id.ts';
import type { GitHubState } from '../state/github-state.ts';
import {
  type CheckRun,
  type Issue,
  type IssueComment,
  isPullRequest,
  type PullRequest,
  type Repository,
  type Review,
  type ReviewComment,
  type Thread,
} from '../state/model.ts';
import { actorNode } from './actor.ts';
import { checkRunNode } from './check-run.ts';
import { commitNode } from './commit.ts';
import { type GraphqlObject, GraphqlRefusal } from './context.ts';
import { issueCommentNode, issueNode } from './issue.ts';
import { pullNode } from './pull.ts';
import { labelNode, refNode, repositoryNode } from './repository.ts';
import { reviewCommentNode, reviewNode, threadNode } from './review.ts';

export type Found =
  | { readonly type: 'Repository'; readonly repository: Repository }
  | { readonly type: 'Issue'; readonly repository: Repository; readonly issue: Issue }
  | { readonly type: 'PullRequest'; readonly repository: Repository; readonly pull: PullRequest }
  | {
      readonly type: 'IssueComment';
      readonly repository: Repository;
      readonly issue: Issue;
      readonly comment: IssueComment;
    }
  | {
      readonly type: 'PullRequestReview';
      readonly repository: Repository;
      readonly pull: PullRequest;
      readonly review: Review;
    }
  | {
      readonly type: 'PullRequestReviewThread';
      readonly repository: Repository;
      readonly pull: PullRequest;
      readonly thread: Thread;
    }
  | {
      readonly type: 'PullRequestReviewComment';
      readonly repository: Repository;
      readonly pull: PullRequest;
      readonly thread: Thread;
      readonly comment: ReviewComment;
    }
  | { readonly type: 'CheckRun'; readonly repository: Repository; readonly run: CheckRun };

export function missingNode(id: string): GraphqlRefusal {
  return new GraphqlRefusal('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

/** The object behind a global id, as far as the viewer may see it. */
export function findNode(state: GitHubState, viewer: Viewer, value: string): Found | undefined {
  const decoded = decodeNodeId(value);
  if (decoded === undefined) return undefined;
  for (const repository of state.repositories.values()) {
    if (!maySee(viewer, repository)) continue;
    const found = inRepository(repository, decoded.type, Number(decoded.id));
    if (found !== undefined) return found;
  }
  return undefined;
}

function inRepository(repository: Repository, type: string, id: number): Found | undefined {
  if (type === 'Repository') return repository.id === id ? { type, repository } : undefined;
  if (type === 'CheckRun') {
    const run = repository.checkRuns.find((one) => one.id === id);
    return run === undefined ? undefined : { type, repository, run };
  }
  for (const issue of repository.issues.values()) {
    if (type === 'Issue' && !isPullRequest(issue) && issue.id === id) return { type, repository, issue };
    if (type === 'IssueComment') {
      const comment = issue.comments.find((one) => one.id === id);
      if (comment !== undefined) return { type, repository, issue, comment };
    }
    if (!isPullRequest(issue)) continue;
    const found = inPull(repository, issue, type, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inPull(repository: Repository, pull: PullRequest, type: string, id: number): Found | undefined {
  if (type === 'PullRequest') return pull.id === id ? { type, repository, pull } : undefined;
  if (type === 'PullRequestReview') {
    const review = pull.reviews.find((one) => one.id === id);
    return review === undefined ? undefined : { type, repository, pull, review };
  }
  for (const thread of pull.threads) {
    if (type === 'PullRequestReviewThread' && thread.id === id) return { type, repository, pull, thread };
    const comment =
      type === 'PullRequestReviewComment' ? thread.comments.find((one) => one.id === id) : undefined;
    if (comment !== undefined) return { type: 'PullRequestReviewComment', repository, pull, thread, comment };
  }
  return undefined;
}

/** `node(id:)`: null with an error for ids that lead nowhere. */
export function anyNode(state: GitHubState, viewer: Viewer, value: string): GraphqlObject {
  const decoded = decodeNodeId(value);
  if (decoded === undefined) throw missingNode(value);
  const found = findNode(state, viewer, value);
  if (found !== undefined) return nodeOf(state, found);
  const { type, id } = decoded;
  if (type === 'User' || type === 'Bot' || type === 'Organization') {
    const user = [...state.users.values()].find((one) => one.id === Number(id));
    if (user !== undefined) return actorNode(state, user.login);
  }
  const colon = id.indexOf(':');
  const repository = [...state.repositories.values()].find(
    (one) => one.id === Number(id.slice(0, colon)) && maySee(viewer, one),
  );
  if (type === 'Commit' && repository !== undefined)
    return commitNode(state, repository, id.slice(colon + 1));
  const ref =
    type === 'Ref' && repository !== undefined ? refNode(state, repository, id.slice(colon + 1)) : null;
  if (ref !== null) return ref;
  for (const one of state.repositories.values()) {
    const label =
      type === 'Label' && maySee(viewer, one)
        ? one.labels.find((candidate) => candidate.id === Number(id))
        : undefined;
    if (label !== undefined) return labelNode(label);
  }
  throw missingNode(value);
}

function nodeOf(state: GitHubState, found: Found): GraphqlObject {
  const { repository } = found;
  switch (found.type) {
    case 'Repository':
      return repositoryNode(state, repository);
    case 'Issue':
      return issueNode(state, repository, found.issue);
    case 'PullRequest':
      return pullNode(state, repository, found.pull);
    case 'IssueComment':
      return issueCommentNode(state, repository, found.issue, found.comment);
    case 'PullRequestReview':
      return reviewNode(state, repository, found.pull, found.review);
    case 'PullRequestReviewThread':
      return threadNode(state, repository, found.pull, found.thread);
    case 'PullRequestReviewComment':
      return reviewCommentNode(state, repository, found.pull, found.thread, found.comment);
    case 'CheckRun':
      return checkRunNode(state, repository, found.run);
  }
}
