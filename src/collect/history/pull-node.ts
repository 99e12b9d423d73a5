import type { MergedPull } from '../../core/health-facts.ts';
import { type Part, unavailable } from '../../core/part.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import {
  type RawAccount,
  type RawCommit,
  type RawCommitAuthor,
  type RawEvent,
  type RawReview,
  timeline,
} from '../../review/timeline.ts';
import type { People } from '../people.ts';
import { isRevert } from './merge-message.ts';

/** GraphQL leaves null where it could not or would not answer. */
export type Nullable<T> = T | null | undefined;

export interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: Nullable<readonly Nullable<T>[]>;
}

export interface CommitNode {
  readonly commit: Nullable<{
    readonly oid: string;
    readonly parents: { readonly totalCount: number };
    readonly authors: Nullable<{
      readonly pageInfo: { readonly hasNextPage: boolean };
      readonly nodes: Nullable<readonly Nullable<RawCommitAuthor>[]>;
    }>;
  }>;
}

export interface Lists {
  readonly reviews?: Nullable<Page<RawReview>>;
  readonly commits?: Nullable<Page<CommitNode>>;
  readonly timelineItems?: Nullable<Page<RawEvent>>;
}

export interface PullNode extends Lists {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly headRefName: string;
  readonly baseRefName: string;
  readonly headRefOid: string;
  readonly createdAt: string;
  readonly mergedAt: string | null;
  readonly updatedAt: string;
  readonly additions: number;
  readonly deletions: number;
  readonly mergeCommit: Nullable<{ readonly oid: string }>;
  readonly author: Nullable<RawAccount>;
  readonly mergedBy: Nullable<RawAccount>;
}

export type ListName = keyof Lists;
export const listNames = ['reviews', 'commits', 'timelineItems'] as const satisfies readonly ListName[];

/** One list of one pull request while it is being read. */
export interface Reading {
  readonly nodes: unknown[];
  /** Where it goes on: a cursor, or null for the beginning; undefined when it has been read to its end. */
  next: string | null | undefined;
  failed: string | undefined;
}

export interface PullReading {
  readonly node: PullNode;
  readonly lists: Readonly<Record<ListName, Reading>>;
}

export function startReading(node: PullNode): PullReading {
  const lists = {
    reviews: { nodes: [], next: undefined, failed: undefined },
    commits: { nodes: [], next: undefined, failed: undefined },
    timelineItems: { nodes: [], next: undefined, failed: undefined },
  } satisfies Record<ListName, Reading>;
  const reading: PullReading = { node, lists };
  for (const name of listNames) takePage(reading, name, node[name]);
  return reading;
}

/** Adds a page to a list. A hole makes the list unreadable: half a list of reviews would be a wrong answer. */
export function takePage(reading: PullReading, name: ListName, page: Nullable<Page<unknown>>): void {
  const list = reading.lists[name];
  const { hasNextPage = false, endCursor = null } = page?.pageInfo ?? {};
  if (!page?.nodes || page.nodes.some((node) => node === null || node === undefined)) {
    fail(list, 'GitHub left holes in what it returned');
  } else if (hasNextPage && (endCursor === null || endCursor === list.next)) {
    fail(list, 'GitHub did not say how a list goes on');
  } else if (name === 'commits' && page.nodes.some(hasMoreAuthors)) {
    // Wider pages are asked for afterwards, from the beginning; there no commit is expected to have more.
    if (list.next === undefined) list.next = null;
    else fail(list, 'a commit has more than 100 authors');
  } else {
    list.nodes.push(...page.nodes);
    list.next = hasNextPage ? endCursor : undefined;
  }
}

export function fail(list: Reading, reason: string): void {
  list.failed = reason;
  list.next = undefined;
}

export function isWholePull(node: Nullable<PullNode>): node is PullNode {
  return (
    node !== null &&
    node !== undefined &&
    listNames.every((name) => node[name]?.nodes?.every((entry) => entry !== null) === true)
  );
}

/** Undefined for a pull request without a time of merge, which only a broken answer has. */
export function mergedPull({ node, lists }: PullReading, people: People): MergedPull | undefined {
  if (!node.mergedAt) return undefined;
  return {
    number: node.number,
    createdAt: node.createdAt,
    mergedAt: node.mergedAt,
    isRevert: isRevert({ title: node.title, branch: node.headRefName }),
    lines: node.additions + node.deletions,
    head: node.headRefOid,
    ...(node.mergeCommit && { mergeCommit: node.mergeCommit.oid }),
    review: reviewOf(node, lists, people),
  };
}

function reviewOf(node: PullNode, lists: PullReading['lists'], people: People): Part<ReviewFacts> {
  const failed = listNames.map((name) => lists[name].failed).find((reason) => reason !== undefined);
  if (failed !== undefined) return unavailable(failed);
  return timeline(
    {
      createdAt: node.createdAt,
      mergedAt: node.mergedAt,
      author: node.author ?? null,
      mergedBy: node.mergedBy ?? null,
      reviews: lists.reviews.nodes as readonly RawReview[],
      commits: (lists.commits.nodes as readonly CommitNode[]).flatMap(rawCommit),
      events: lists.timelineItems.nodes as readonly RawEvent[],
    },
    people,
  );
}

function rawCommit({ commit }: CommitNode): readonly RawCommit[] {
  if (!commit) return [];
  return [
    {
      oid: commit.oid,
      parents: commit.parents.totalCount,
      authors: (commit.authors?.nodes ?? []).flatMap((author) => author ?? []),
    },
  ];
}

function hasMoreAuthors(node: unknown): boolean {
  return (node as CommitNode).commit?.authors?.pageInfo.hasNextPage === true;
}
