import type { RuleUse } from '../../core/health-record.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isIn } from '../../core/iso-week.ts';
import { type Part, unavailable } from '../../core/part.ts';
import { type ApiError, graphqlApiError } from '../github/api-error.ts';
import type { ApiResult, GitHubClient } from '../github/create-client.ts';
import type { RepositoryAddress } from './read-merged-pulls.ts';

/** What a summary comment of ours says of the findings it has spoken of. */
export interface SummaryRecord {
  readonly shown: readonly { readonly rule: string; readonly fingerprint: string }[];
  readonly ended: readonly {
    readonly rule: string;
    readonly fingerprint: string;
    readonly ending: 'addressed' | 'waived' | 'noise';
  }[];
}

/** Reads the marker of a comment that is our own; undefined for any other comment of ours. */
export type ReadSummary = (body: string) => SummaryRecord | undefined;

export interface UsefulnessReading {
  readonly uses: readonly RuleUse[];
  /** What was not read, one sentence each. */
  readonly remarks: readonly string[];
}

interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly nodes: readonly (T | null)[] | null;
}

interface PullNode {
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly comments: Page<{ readonly body: string; readonly viewerDidAuthor: boolean }> | null;
}

interface Answer {
  readonly repository: { readonly pullRequests: Page<PullNode> | null } | null;
}

const query = `query Usefulness($owner:String!,$name:String!,$page:Int!,$after:String){
  repository(owner:$owner,name:$name){
    pullRequests(states:[MERGED,CLOSED],first:$page,after:$after,orderBy:{field:UPDATED_AT,direction:DESC}){
      pageInfo{hasNextPage endCursor}
      nodes{updatedAt closedAt comments(first:30){pageInfo{hasNextPage} nodes{body viewerDidAuthor}}}
    }
  }
}`;

const widestPage = 25;
/** About 500 pull requests; a repository that closes more in a week learns from its newest. */
const mostRequests = 20;

/**
 * What became of our findings on the pull requests that were merged or closed in a week. The only source is our own
 * summary comment, which keeps the end of every finding it has spoken of: a waiver stands there when the reply was
 * followed, so no permission has to be asked again, and a list of comments costs one request for 25 pull requests. A
 * marker in somebody else's comment counts for nothing. Never throws.
 */
export async function readUsefulness(
  client: GitHubClient,
  address: RepositoryAddress,
  week: IsoWeek,
  readSummary: ReadSummary,
): Promise<Part<UsefulnessReading>> {
  if (!client.hasToken) return unavailable('there is no token (set GITHUB_TOKEN)');
  const summaries: SummaryRecord[] = [];
  let size = widestPage;
  let after: string | null = null;
  let unread = 0;
  let isCut = true;
  for (let request = 0; request < mostRequests; request += 1) {
    const answer: ApiResult<Answer> = await client.graphql<Answer>(query, { ...address, page: size, after });
    if (!answer.ok) {
      if (!isTooWide(answer.error) || size <= 5) return unavailable(answer.error.message);
      size = 5;
      continue;
    }
    const page: Page<PullNode> | null | undefined = answer.data.repository?.pullRequests;
    if (!page) return unavailable(graphqlApiError({ message: 'GitHub returned no pull requests' }).message);
    const pulls = (page.nodes ?? []).flatMap((node) => node ?? []);
    for (const pull of pulls) {
      if (pull.closedAt === null || !isIn(week, pull.closedAt)) continue;
      const summary = summaryOf(pull, readSummary);
      if (summary) summaries.push(summary);
      else if (pull.comments?.pageInfo.hasNextPage ?? true) unread += 1;
    }
    const oldest = pulls.at(-1)?.updatedAt;
    isCut = page.pageInfo.hasNextPage && (oldest === undefined || oldest >= week.start);
    after = page.pageInfo.endCursor ?? null;
    if (!isCut || after === null) break;
  }
  return {
    uses: usesOf(summaries),
    remarks: [
      ...(isCut ? [`usefulness of rules beyond the ${mostRequests * size} pull requests closed last`] : []),
      ...(unread > 0
        ? [
            `usefulness of rules on ${unread === 1 ? 'a pull request' : `${unread} pull requests`} whose first 30 comments hold none of this tool (the rest was not read)`,
          ]
        : []),
    ],
  };
}

function summaryOf({ comments }: PullNode, readSummary: ReadSummary): SummaryRecord | undefined {
  for (const comment of comments?.nodes ?? []) {
    const summary = comment?.viewerDidAuthor ? readSummary(comment.body) : undefined;
    if (summary) return summary;
  }
  return undefined;
}

/** Sorted by rule. A finding counts once on a pull request, however often it came back. */
function usesOf(summaries: readonly SummaryRecord[]): readonly RuleUse[] {
  const byRule = new Map<string, { shown: number; waived: number; noise: number }>();
  for (const { shown, ended } of summaries) {
    const endings = new Map<string, readonly [rule: string, ending: string]>([
      ...shown.map(({ fingerprint, rule }) => [fingerprint, [rule, 'open']] as const),
      ...ended.map(({ fingerprint, rule, ending }) => [fingerprint, [rule, ending]] as const),
    ]);
    for (const [, [rule, ending]] of endings) {
      const use = byRule.get(rule) ?? { shown: 0, waived: 0, noise: 0 };
      use.shown += 1;
      if (ending === 'waived') use.waived += 1;
      if (ending === 'noise') use.noise += 1;
      byRule.set(rule, use);
    }
  }
  return [...byRule].map(([rule, use]) => ({ rule, ...use })).toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
}

/** A page that takes GitHub longer than it allows itself ends in a gateway error, or in an error inside the answer. */
function isTooWide({ status, message }: ApiError): boolean {
  return (
    status === 0 || status === 502 || status === 504 || /resource limits|time.?out|timed out/i.test(message)
  );
}
