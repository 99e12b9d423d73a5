import { type Part, unavailable } from '../../core/part.ts';
import type { RawComment, RawThread } from '../../review/timeline.ts';
import type { GitHubClient } from './create-client.ts';
import type { PullRequestAddress } from './read-connections.ts';
import type {
  DetailsPage,
  DetailsPull,
  FurtherDetailsAnswer,
  Nullable,
  ThreadNode,
  WholeThreadsAnswer,
} from './review-details-answer.ts';
import { furtherDetailsQuery, wholeThreadsQuery } from './review-details-query.ts';

interface ThreadsQuestion {
  readonly address: PullRequestAddress;
  readonly pageSize: number;
  readonly wantComments: boolean;
  /** The first answer. */
  readonly node: Nullable<DetailsPull>;
  readonly refused: string | undefined;
}

export interface Conversation {
  readonly threads: Part<readonly RawThread[]>;
  readonly comments?: readonly RawComment[];
  readonly remarks: readonly string[];
}

/** With pages of 50: 2,500 threads, and as many comments. */
const mostPages = 50;

interface Reading<T> {
  readonly nodes: T[];
  next: string | undefined;
  failed: string | undefined;
}

/** Threads, and the conversation where wanted, both read to their end, their next pages in one request. */
export async function readThreads(client: GitHubClient, question: ThreadsQuestion): Promise<Conversation> {
  const { address, pageSize, wantComments, node, refused } = question;
  const threads: Reading<ThreadNode> = { nodes: [], next: undefined, failed: refused };
  const comments: Reading<RawComment> = { nodes: [], next: undefined, failed: refused };
  take(threads, node?.reviewThreads);
  if (wantComments) take(comments, node?.comments);
  for (let page = 1; page < mostPages && (threads.next ?? comments.next) !== undefined; page += 1) {
    const wantThreads = threads.next !== undefined;
    const wantMore = comments.next !== undefined;
    const answer = await client.graphql<FurtherDetailsAnswer>(furtherDetailsQuery, {
      ...address,
      page: pageSize,
      threads: threads.next ?? null,
      wantThreads,
      comments: comments.next ?? null,
      wantComments: wantMore,
    });
    if (!answer.ok) {
      if (wantThreads) stop(threads, answer.error.message);
      if (wantMore) stop(comments, answer.error.message);
      break;
    }
    const pull = answer.data.repository?.pullRequest;
    if (wantThreads) take(threads, pull?.reviewThreads);
    if (wantMore) take(comments, pull?.comments);
  }
  for (const reading of [threads, comments]) {
    if (reading.next !== undefined) stop(reading, `it has more than ${mostPages * pageSize} of them`);
  }
  return {
    threads:
      threads.failed === undefined
        ? await wholeThreads(client, threads.nodes)
        : unavailable(`its review threads could not be read: ${threads.failed}`),
    ...(wantComments && comments.failed === undefined && { comments: comments.nodes }),
    remarks:
      wantComments && comments.failed !== undefined
        ? [`approvals by comment were not read (${comments.failed})`]
        : [],
  };
}

async function wholeThreads(
  client: GitHubClient,
  threads: readonly ThreadNode[],
): Promise<Part<readonly RawThread[]>> {
  const pages = new Map(threads.map(({ id, comments }) => [id, comments]));
  const cut = threads.filter(({ comments }) => comments?.pageInfo.hasNextPage).map(({ id }) => id);
  for (let from = 0; from < cut.length; from += 20) {
    const answer = await client.graphql<WholeThreadsAnswer>(wholeThreadsQuery, {
      ids: cut.slice(from, from + 20),
    });
    if (!answer.ok) return unavailable(`its review threads could not all be read: ${answer.error.message}`);
    for (const found of answer.data.nodes) if (found?.id) pages.set(found.id, found.comments);
  }
  const whole: RawThread[] = [];
  for (const thread of threads) {
    const comments = pages.get(thread.id);
    if (!comments?.nodes || comments.pageInfo.hasNextPage || comments.nodes.some((comment) => !comment)) {
      return unavailable('the comments of one of its review threads could not all be read');
    }
    whole.push({ ...thread, comments: comments.nodes.flatMap((comment) => comment ?? []) });
  }
  return whole;
}

function take<T>(reading: Reading<T>, page: Nullable<DetailsPage<T>>): void {
  if (reading.failed !== undefined) return;
  const { hasNextPage = false, endCursor = null } = page?.pageInfo ?? {};
  if (!page?.nodes || page.nodes.some((node) => node === null || node === undefined)) {
    stop(reading, 'GitHub left holes in what it returned');
  } else if (hasNextPage && (endCursor === null || endCursor === reading.next)) {
    stop(reading, 'GitHub did not say how the list goes on');
  } else {
    reading.nodes.push(...page.nodes.flatMap((node) => node ?? []));
    reading.next = hasNextPage ? (endCursor ?? undefined) : undefined;
  }
}

function stop(reading: Reading<unknown>, reason: string): void {
  reading.failed = reason;
  reading.next = undefined;
}
