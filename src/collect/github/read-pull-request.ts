import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { approvedCommitOf } from '../../review/measure/last-human-approval.ts';
import { type RawCommit, type TimelineOptions, timeline } from '../../review/timeline.ts';
import type { People } from '../people.ts';
import { type ApiError, type GraphqlError, graphqlApiError } from './api-error.ts';
import type { ApiResult, GitHubClient, PartialAnswer } from './create-client.ts';
import type {
  CommitAuthorsAnswer,
  CommitNode,
  PullRequestAnswer,
  PullRequestNode,
} from './pull-request-answer.ts';
import { commitAuthorsQuery, pullRequestQuery } from './pull-request-query.ts';
import { type PullRequestAddress, type ReadConnections, readConnections } from './read-connections.ts';
import { readReviewDetails } from './read-review-details.ts';
import { templatesOf } from './templates.ts';

export interface PullRequestReading {
  readonly pullRequest: Part<PullRequest>;
  /** Without `tail`, which git has to tell. */
  readonly review: Part<ReviewFacts>;
  /** What git and the publisher need; absent when the pull request could not be read. */
  readonly handles?: {
    readonly repositoryId: string;
    readonly pullRequestId: string;
    /** Tip of the base branch as GitHub knew it. */
    readonly base: string;
    readonly head: string;
  };
  /** What is missing without making a part unavailable. */
  readonly remarks: readonly string[];
}

/** A page too wide for GitHub's time limit is asked for again in these sizes. */
const pageSizes = [100, 25] as const;

/**
 * Reads a pull request in two requests (itself, then its threads, checks and surroundings), plus one for each further page
 * of its longest list. Never throws: what is missing is said in `unavailable`, each part for itself.
 */
export async function readPullRequest(
  client: GitHubClient,
  address: PullRequestAddress,
  people: People,
  options: TimelineOptions = {},
): Promise<PullRequestReading> {
  const { result, pageSize } = await ask(client, address);
  if (!result.ok) return nothing(result.error.message);
  const { data, errors } = result.data;
  const repository = data.repository;
  const node = repository?.pullRequest;
  if (!repository || !node) return nothing(whyMissing(address, errors));

  const lists = await readConnections(client, address, pageSize, node, errors);
  const templates = templatesOf(repository.pullRequestTemplates, node.baseRef?.target);
  const templateError = errors.find(
    ({ path }) => path?.includes('pullRequestTemplates') || path?.includes('baseRef'),
  );
  const { review, remarks } = await reviewOf(client, address, { node, lists, errors, people, options });
  return {
    pullRequest: pullRequestOf(node, lists, templates, errors, people),
    review,
    handles: {
      repositoryId: repository.id,
      pullRequestId: node.id,
      base: node.baseRefOid,
      head: node.headRefOid,
    },
    remarks: [
      ...(templateError
        ? [`pull request templates were not all read (${graphqlApiError(templateError).message})`]
        : []),
      ...remarks,
    ],
  };
}

async function ask(
  client: GitHubClient,
  { owner, name, number }: PullRequestAddress,
): Promise<{ readonly result: ApiResult<PartialAnswer<PullRequestAnswer>>; readonly pageSize: number }> {
  const [wide, narrow] = pageSizes;
  const askFor = (page: number) =>
    client.graphqlPartial<PullRequestAnswer>(pullRequestQuery, { owner, name, number, page });
  const first = await askFor(wide);
  const isTooWide = first.ok
    ? first.data.errors.some(({ message }) => /resource limits|timeout|timed out/i.test(message))
    : isTimeout(first.error);
  if (!isTooWide) return { result: first, pageSize: wide };
  return { result: await askFor(narrow), pageSize: narrow };
}

function isTimeout(error: ApiError): boolean {
  return (
    error.status === 502 || error.status === 504 || /resource limits|timeout|timed out/i.test(error.message)
  );
}

function nothing(reason: string): PullRequestReading {
  return { pullRequest: unavailable(reason), review: unavailable(reason), remarks: [] };
}

function whyMissing({ owner, name, number }: PullRequestAddress, errors: readonly GraphqlError[]): string {
  const error = errors.find(({ path }) => !path?.includes('pullRequestTemplates'));
  if (error && error.type !== 'NOT_FOUND') return graphqlApiError(error).message;
  return error?.path?.length === 1
    ? `GitHub knows no repository ${owner}/${name}, or the token may not see it`
    : `${owner}/${name} has no pull request ${number}`;
}

function pullRequestOf(
  node: PullRequestNode,
  lists: ReadConnections,
  templates: readonly string[],
  errors: readonly GraphqlError[],
  people: People,
): Part<PullRequest> {
  if (isUnavailable(lists.labels)) return lists.labels;
  const refused = errorAt(errors, ['author']);
  if (refused) return unavailable(refused);
  return {
    number: node.number,
    title: node.title,
    body: node.body,
    state: node.state === 'MERGED' ? 'merged' : node.state === 'CLOSED' ? 'closed' : 'open',
    isDraft: node.isDraft,
    isLocked: node.locked,
    author: people(node.author && { login: node.author.login, type: node.author.__typename }),
    // The repository of a deleted or hidden fork is null.
    isFromFork: node.isCrossRepository || node.headRepository === null,
    isFirstContribution: /^FIRST_TIME(?:R|_CONTRIBUTOR)$/.test(node.authorAssociation),
    baseBranch: node.baseRefName,
    headBranch: node.headRefName,
    labels: lists.labels.map(({ name }) => name),
    templates,
  };
}

interface Told {
  readonly node: PullRequestNode;
  readonly lists: ReadConnections;
  readonly errors: readonly GraphqlError[];
  readonly people: People;
  readonly options: TimelineOptions;
}

async function reviewOf(
  client: GitHubClient,
  address: PullRequestAddress,
  { node, lists, errors, people, options }: Told,
): Promise<{ readonly review: Part<ReviewFacts>; readonly remarks: readonly string[] }> {
  const { reviews, timelineItems } = lists;
  if (isUnavailable(reviews)) return { review: reviews, remarks: [] };
  if (isUnavailable(timelineItems)) return { review: timelineItems, remarks: [] };
  if (isUnavailable(lists.commits)) return { review: lists.commits, remarks: [] };
  const refused = errorAt(errors, ['author', 'mergedBy']);
  if (refused) return { review: unavailable(refused), remarks: [] };
  const commits = await commitsOf(client, lists.commits);
  if (isUnavailable(commits)) return { review: commits, remarks: [] };
  const { createdAt, mergedAt, author, mergedBy } = node;
  const raw = { createdAt, mergedAt, author, mergedBy, reviews, commits, events: timelineItems };
  const approved = approvedCommitOf(timeline(raw, people, options));
  const isOlder = approved && !isUnavailable(approved) && approved.commit !== node.headRefOid;
  const { remarks, ...details } = await readReviewDetails(client, address, {
    baseName: node.baseRefName,
    head: node.headRefOid,
    ...(isOlder && { approved: approved.commit }),
    wantComments: (options.approvalWords?.length ?? 0) > 0,
  });
  return { review: timeline({ ...raw, ...details }, people, options), remarks };
}

/** Who wrote the commits decides whose approval counts, so one commit without its authors spoils them all. */
async function commitsOf(
  client: GitHubClient,
  nodes: readonly CommitNode[],
): Promise<Part<readonly RawCommit[]>> {
  const commits = nodes.flatMap(({ commit }) => (commit ? [commit] : []));
  const cut = commits.filter(({ authors }) => authors?.pageInfo.hasNextPage).map(({ id }) => id);
  const complete = new Map(commits.map(({ id, authors }) => [id, authors]));
  for (let from = 0; from < cut.length; from += 50) {
    const ids = cut.slice(from, from + 50);
    const answer = await client.graphql<CommitAuthorsAnswer>(commitAuthorsQuery, { ids });
    if (!answer.ok)
      return unavailable(`co-authors of its commits could not be read: ${answer.error.message}`);
    for (const found of answer.data.nodes) if (found?.id) complete.set(found.id, found.authors);
  }
  const raw: RawCommit[] = [];
  for (const { id, oid, parents } of commits) {
    const authors = complete.get(id);
    if (!authors?.nodes || authors.pageInfo.hasNextPage || authors.nodes.some((author) => !author)) {
      return unavailable(`the authors of its commit ${oid.slice(0, 7)} could not all be read`);
    }
    raw.push({
      oid,
      parents: parents.totalCount,
      authors: authors.nodes.filter((author) => author !== null && author !== undefined),
    });
  }
  if (raw.length < nodes.length) return unavailable('GitHub left holes in the commits it returned');
  return raw;
}

/** Null with an error is "not told", null without one is a deleted account. */
function errorAt(errors: readonly GraphqlError[], fields: readonly string[]): string | undefined {
  const error = errors.find(({ path }) => path?.[1] === 'pullRequest' && fields.includes(String(path[2])));
  return error && graphqlApiError(error).message;
}
