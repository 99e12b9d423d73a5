import type { MergedPull } from '../../core/health-facts.ts';
import { type IsoWeek, isIn } from '../../core/iso-week.ts';
import { isUnavailable, unavailable } from '../../core/part.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { type RawCheck, type RawThread, timeline } from '../../review/timeline.ts';
import type { GitHubClient } from '../github/create-client.ts';
import type { People } from '../people.ts';
import type { RepositoryAddress } from './read-merged-pulls.ts';

/** Pull requests of one request; with 30 threads each it costs about 8 points. */
const pullsAtOnce = 25;
/** The newest of a week; a repository that merges more has other ways to count. */
const mostPulls = 100;

export interface AtMerge {
  readonly pulls: readonly MergedPull[];
  readonly remarks: readonly string[];
}

/**
 * Adds to the pull requests merged in a week what can only be known at the merge: their threads, of which some may be
 * open, and the checks of their last commit. Everything else stays as it is. Never throws.
 */
export async function readAtMerge(
  pulls: readonly MergedPull[],
  week: IsoWeek,
  client: GitHubClient,
  { owner, name }: RepositoryAddress,
  people: People,
): Promise<AtMerge> {
  const merged = pulls.filter((pull) => isIn(week, pull.mergedAt) && !isUnavailable(pull.review));
  const asked = merged.slice(-mostPulls);
  const remarks =
    merged.length > asked.length
      ? [
          `threads and checks at the merge were read of the newest ${asked.length} of ${merged.length} pull requests`,
        ]
      : [];
  const found = new Map<number, Details>();
  for (let at = 0; at < asked.length; at += pullsAtOnce) {
    const numbers = asked.slice(at, at + pullsAtOnce).map(({ number }) => number);
    const answer = await client.graphqlPartial<Answer>(queryFor(numbers), { owner, name });
    if (!answer.ok) {
      remarks.push(`threads and checks at the merge were not read: ${answer.error.message}`);
      break;
    }
    for (const number of numbers) {
      const node = answer.data.data.repository?.[`p${number}`];
      if (node) found.set(number, detailsOf(node, people));
    }
  }
  return {
    pulls: pulls.map((pull) => {
      const details = found.get(pull.number);
      return details && !isUnavailable(pull.review)
        ? { ...pull, review: { ...pull.review, ...details } }
        : pull;
    }),
    remarks,
  };
}

type Details = Pick<ReviewFacts, 'threads' | 'checks'>;

function detailsOf({ reviewThreads, commits }: PullNode, people: People): Details {
  const nodes = reviewThreads?.nodes ?? [];
  const isWhole =
    reviewThreads?.pageInfo.hasNextPage === false &&
    nodes.every((thread) => thread?.comments.nodes?.every((one) => one != null) === true);
  const commit = commits?.nodes?.[0]?.commit;
  const contexts = commit?.statusCheckRollup?.contexts;
  const { threads, checks } = timeline(
    {
      createdAt: new Date(0).toISOString(),
      mergedAt: null,
      author: null,
      mergedBy: null,
      reviews: [],
      commits: [],
      events: [],
      threads: isWhole
        ? nodes.flatMap((thread) =>
            thread ? [{ ...thread, comments: thread.comments.nodes?.flatMap((one) => one ?? []) ?? [] }] : [],
          )
        : unavailable('not all of its threads were read'),
      checks:
        commit && contexts?.pageInfo.hasNextPage !== true
          ? [{ commit: commit.oid, checks: contexts?.nodes?.flatMap((check) => check ?? []) ?? [] }]
          : unavailable('not all of its checks were read'),
    },
    people,
  );
  return { ...(threads && { threads }), ...(checks && { checks }) };
}

function queryFor(numbers: readonly number[]): string {
  return `query AtMerge($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
${numbers.map((number) => `    p${number}: pullRequest(number: ${number}) { ...atMerge }`).join('\n')}
  }
}
fragment atMerge on PullRequest {
  reviewThreads(first: 30) {
    pageInfo { hasNextPage }
    nodes {
      id path line startLine diffSide isResolved isOutdated
      comments(last: 1) { nodes { createdAt body author { __typename login } originalCommit { oid } } }
    }
  }
  commits(last: 1) {
    nodes {
      commit {
        oid
        statusCheckRollup {
          contexts(first: 50) {
            pageInfo { hasNextPage }
            nodes {
              __typename
              ... on CheckRun { name status conclusion startedAt completedAt }
              ... on StatusContext { context state createdAt }
            }
          }
        }
      }
    }
  }
}`;
}

type Nullable<T> = T | null | undefined;

interface Answer {
  readonly repository: Nullable<Readonly<Record<string, Nullable<PullNode>>>>;
}

interface PullNode {
  readonly reviewThreads: Nullable<{
    readonly pageInfo: { readonly hasNextPage: boolean };
    readonly nodes: Nullable<
      readonly Nullable<
        Omit<RawThread, 'comments'> & {
          readonly comments: { readonly nodes: Nullable<readonly Nullable<RawThread['comments'][number]>[]> };
        }
      >[]
    >;
  }>;
  readonly commits: Nullable<{
    readonly nodes: Nullable<
      readonly Nullable<{
        readonly commit: {
          readonly oid: string;
          readonly statusCheckRollup: Nullable<{
            readonly contexts: {
              readonly pageInfo: { readonly hasNextPage: boolean };
              readonly nodes: Nullable<readonly Nullable<RawCheck>[]>;
            };
          }>;
        };
      }>[]
    >;
  }>;
}
