import type { MergedPulls } from '../../core/health-facts.ts';
import { type Part, unavailable } from '../../core/part.ts';
import { type ApiError, type GraphqlError, graphqlApiError } from '../github/api-error.ts';
import type { ApiResult, GitHubClient, PartialAnswer } from '../github/create-client.ts';
import type { People } from '../people.ts';
import { mergedPullsQuery } from './merged-pulls-query.ts';
import {
  isWholePull,
  mergedPull,
  type Nullable,
  type Page,
  type PullNode,
  type PullReading,
  startReading,
} from './pull-node.ts';
import { readRestOfPulls } from './read-rest-of-pulls.ts';

export interface RepositoryAddress {
  readonly owner: string;
  readonly name: string;
}

export interface MergedPullsReading {
  readonly pulls: Part<MergedPulls>;
  readonly remarks: readonly string[];
}

interface Answer {
  readonly repository: Nullable<{
    readonly defaultBranchRef: Nullable<{ readonly name: string }>;
    readonly pullRequests: Nullable<Page<PullNode>>;
  }>;
}

/** So many that a page with its lists stays below GitHub's time limit in most repositories. */
const widestPage = 25;
/** About 1,000 pull requests; what lies further back is said to be unread. */
const mostRequests = 40;

interface Listing {
  readonly found: Map<number, PullReading>;
  readonly completeSince: string;
  readonly defaultBranch?: string;
  /** Pull requests of which GitHub returned nothing at all. */
  readonly lost: number;
  /** Why it ends early; absent when everything from `since` on was read. */
  readonly cutBy?: string;
}

/**
 * Pull requests merged into the default branch from `since` on, with their reviews: 25 a request, fewer after a page
 * that GitHub could not serve, then what the first answers cut off, in batches. Never throws.
 */
export async function readMergedPulls(
  client: GitHubClient,
  address: RepositoryAddress,
  since: string,
  people: People,
): Promise<MergedPullsReading> {
  if (!client.hasToken) return { pulls: unavailable('there is no token (set GITHUB_TOKEN)'), remarks: [] };
  const listing = await list(client, address, since);
  if ('unavailable' in listing) return { pulls: listing, remarks: [] };
  const { completeSince, defaultBranch, cutBy, lost } = listing;
  const all = [...listing.found.values()].filter(
    ({ node }) => Date.parse(node.mergedAt ?? '') >= Date.parse(completeSince),
  );
  const readings = all.filter(({ node }) => !defaultBranch || node.baseRefName === defaultBranch);
  await readRestOfPulls(client, readings);
  const pulls = readings
    .flatMap((reading) => mergedPull(reading, people) ?? [])
    .toSorted((a, b) => Date.parse(a.mergedAt) - Date.parse(b.mergedAt) || a.number - b.number);
  const elsewhere = all.length - readings.length;
  const unread = pulls.filter(({ review }) => 'unavailable' in review).length;
  return {
    pulls: { completeSince, pulls },
    remarks: [
      ...(cutBy ? [`pull requests merged before ${completeSince.slice(0, 10)} were not read: ${cutBy}`] : []),
      ...(elsewhere > 0
        ? [`${elsewhere} of ${all.length} merged pull requests went into other branches and are not counted`]
        : []),
      ...(lost > 0 ? [`GitHub returned nothing for ${lost} merged pull requests`] : []),
      ...(unread > 0
        ? [`the reviews of ${unread} of ${pulls.length} pull requests could not be read whole`]
        : []),
    ],
  };
}

async function list(
  client: GitHubClient,
  address: RepositoryAddress,
  since: string,
): Promise<Listing | { readonly unavailable: string }> {
  const found = new Map<number, PullReading>();
  let defaultBranch: string | undefined;
  let oldest: string | undefined;
  let after: string | null = null;
  let size = widestPage;
  let lost = 0;

  function cut(reason: string): Listing | { readonly unavailable: string } {
    if (oldest === undefined) return unavailable(reason);
    return { found, completeSince: oldest, ...(defaultBranch && { defaultBranch }), lost, cutBy: reason };
  }

  for (let request = 0; request < mostRequests; request += 1) {
    const answer: ApiResult<PartialAnswer<Answer>> = await client.graphqlPartial<Answer>(mergedPullsQuery, {
      ...address,
      page: size,
      after,
    });
    if (!answer.ok) {
      if (!isTooWide(answer.error) || size === 1) return cut(answer.error.message);
      size = Math.floor(size / 2);
      continue;
    }
    const { data, errors }: PartialAnswer<Answer> = answer.data;
    const page: Nullable<Page<PullNode>> = data.repository?.pullRequests;
    if (!data.repository)
      return cut(refusal(errors) ?? `GitHub knows no repository ${address.owner}/${address.name}`);
    const isBroken = !page?.nodes?.every(isWholePull);
    if (isBroken && size > 1 && errors.every(({ type }) => type !== 'FORBIDDEN')) {
      size = Math.floor(size / 2);
      continue;
    }
    if (!page?.nodes) return cut(refusal(errors) ?? 'GitHub returned no pull requests and no reason');
    defaultBranch ??= data.repository.defaultBranchRef?.name;
    const nodes = page.nodes.flatMap((node) => node ?? []);
    lost += page.nodes.length - nodes.length;
    for (const node of nodes) if (!found.has(node.number)) found.set(node.number, startReading(node));
    oldest = nodes.at(-1)?.updatedAt ?? oldest;
    const isDone =
      !page.pageInfo.hasNextPage || (oldest !== undefined && Date.parse(oldest) < Date.parse(since));
    if (isDone) return { found, completeSince: since, ...(defaultBranch && { defaultBranch }), lost };
    if (!page.pageInfo.endCursor || page.pageInfo.endCursor === after)
      return cut('GitHub did not say how the list goes on');
    after = page.pageInfo.endCursor;
    size = Math.min(widestPage, size * 2);
  }
  return cut(`${mostRequests} requests are the most that one run makes for them`);
}

/** A page that takes GitHub longer than it allows itself ends in a gateway error, or in an error inside the answer. */
function isTooWide({ status, message }: ApiError): boolean {
  return (
    status === 0 || status === 502 || status === 504 || /resource limits|time.?out|timed out/i.test(message)
  );
}

function refusal(errors: readonly GraphqlError[]): string | undefined {
  const [first] = errors;
  return first && first.type !== 'NOT_FOUND' ? graphqlApiError(first).message : undefined;
}
