import { type Part, unavailable } from '../../core/part.ts';
import type { RawStackedOn, RawTimeline } from '../../review/timeline.ts';
import { type GraphqlError, graphqlApiError } from './api-error.ts';
import type { GitHubClient } from './create-client.ts';
import { readChecks } from './read-checks.ts';
import type { PullRequestAddress } from './read-connections.ts';
import { readThreads } from './read-threads.ts';
import type { DetailsAnswer, DetailsRepository } from './review-details-answer.ts';
import { reviewDetailsQuery } from './review-details-query.ts';

export interface DetailsQuestion {
  /** Branch the pull request goes to. */
  readonly baseName: string;
  readonly head: string;
  /** The commit that was approved last, where that is another one than the head. */
  readonly approved?: string;
  /** The conversation is wanted too, because approvals may stand in it. */
  readonly wantComments: boolean;
}

export type ReviewDetails = Pick<
  RawTimeline,
  'threads' | 'checks' | 'stackedOn' | 'openPulls' | 'comments' | 'size' | 'commitSizes'
> & { readonly remarks: readonly string[] };

/** Narrower than the first query's pages: a thread carries up to 30 comments. */
const pageSize = 50;

/**
 * What surrounds the reviews, in one request and one more for each further page of threads, conversation or checks. Never
 * throws: each part that is missing says why.
 */
export async function readReviewDetails(
  client: GitHubClient,
  { owner, name, number }: PullRequestAddress,
  question: DetailsQuestion,
): Promise<ReviewDetails> {
  const address = { owner, name, number };
  const { baseName, head, approved, wantComments } = question;
  const answer = await client.graphqlPartial<DetailsAnswer>(reviewDetailsQuery, {
    ...address,
    page: pageSize,
    baseName,
    head,
    approved: approved ?? head,
    wantApproved: approved !== undefined,
    wantComments,
  });
  if (!answer.ok) return nothing(answer.error.message, wantComments);
  const { data, errors } = answer.data;
  const { repository } = data;
  if (!repository) return nothing(refusal(errors) ?? 'GitHub returned nothing about it', wantComments);
  const why = (...path: readonly string[]) => refusal(errors.filter((error) => concerns(error, path)));
  const node = repository.pullRequest;
  const commits = [
    { commit: head, node: repository.head, refused: why('head') },
    ...(approved === undefined
      ? []
      : [{ commit: approved, node: repository.approved, refused: why('approved') }]),
  ];
  const [conversation, checks] = await Promise.all([
    readThreads(client, { address, pageSize, wantComments, node, refused: why('pullRequest') }),
    readChecks(client, address, commits),
  ]);
  const stackedOn = stackOf(repository, baseName, number, why('stack'));
  const commitSizes = node?.commits?.nodes?.flatMap((entry) =>
    entry?.commit && entry.commit.parents.totalCount <= 1
      ? [{ commit: entry.commit.oid, lines: entry.commit.additions + entry.commit.deletions }]
      : [],
  );
  return {
    threads: conversation.threads,
    ...('comments' in conversation && { comments: conversation.comments }),
    checks,
    ...(stackedOn && { stackedOn }),
    openPulls: queueOf(repository, number, why('queue')),
    ...(node && { size: { lines: node.additions + node.deletions, files: node.changedFiles } }),
    // A list that is cut would propose a wrong cut.
    ...(commitSizes && commitSizes.length < 100 && { commitSizes }),
    remarks: conversation.remarks,
  };
}

function nothing(reason: string, wantComments: boolean): ReviewDetails {
  const missing = unavailable(reason);
  const remarks = wantComments ? [`approvals by comment were not read (${reason})`] : [];
  return { threads: missing, checks: missing, openPulls: missing, remarks };
}

function stackOf(
  { defaultBranchRef, stack }: DetailsRepository,
  baseName: string,
  number: number,
  refused: string | undefined,
): Part<RawStackedOn> | undefined {
  // Release branches are fed from the default branch by pull requests too; nothing is stacked on that.
  if (defaultBranchRef?.name === baseName) return undefined;
  if (!stack?.nodes) return refused === undefined ? undefined : unavailable(refused);
  const parent = stack.nodes.find((node) => node && !node.isCrossRepository && node.number !== number);
  if (!parent) return undefined;
  const { state, author, reviews } = parent;
  return {
    number: parent.number,
    state,
    author,
    reviews: (reviews?.nodes ?? []).flatMap((review) => review ?? []),
  };
}

function queueOf(
  { queue }: DetailsRepository,
  number: number,
  refused: string | undefined,
): NonNullable<RawTimeline['openPulls']> {
  if (!queue?.nodes) return unavailable(refused ?? 'GitHub did not tell which pull requests are open');
  const pulls = queue.nodes.flatMap((pull) => pull ?? []).filter((pull) => pull.number !== number);
  return { pulls, isCut: queue.pageInfo.hasNextPage };
}

function refusal(errors: readonly GraphqlError[]): string | undefined {
  const [first] = errors;
  return first && graphqlApiError(first).message;
}

/** An error above a part concerns it too. */
function concerns({ path = [] }: GraphqlError, part: readonly string[]): boolean {
  const below: readonly (string | number)[] = path[0] === 'repository' ? path.slice(1) : path;
  return part.every((step, i) => below[i] === undefined || below[i] === step);
}
