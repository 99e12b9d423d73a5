import { mergedPullsQuery } from '../history/merged-pulls-query.ts';
import type { ApiError } from './api-error.ts';
import type { ApiResult, GitHubClient, Parameters } from './create-client.ts';

export interface ClientLimits {
  /** Requests in all. */
  readonly requests: number;
  /** Of those, pages of the list of merged pull requests. */
  readonly listRequests: number;
  /** Milliseconds since 1970; nothing is asked afterwards. */
  readonly until: number;
}

export interface LimitedClient {
  readonly client: GitHubClient;
  /** The same, whose list of merged pull requests begins behind a cursor. */
  from(cursor: string): GitHubClient;
  /** Where the list of merged pull requests goes on after what was read last. */
  cursor(): string | undefined;
}

interface ListPage {
  readonly repository?: {
    readonly pullRequests?: {
      readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    } | null;
  } | null;
}

const tooLate = 'it took longer than a check may wait';

/** A client that answers with an error once its budget is used up, so that its user stops and keeps what it has. */
export function limitedClient(client: GitHubClient, limits: ClientLimits): LimitedClient {
  let requests = 0;
  let listRequests = 0;
  let last: string | undefined;

  function usedUp(isList: boolean): ApiError | undefined {
    const spent =
      requests >= limits.requests || (isList && listRequests >= limits.listRequests)
        ? `its budget of ${limits.requests} requests is used up`
        : Date.now() >= limits.until
          ? tooLate
          : undefined;
    // The status is one that nobody takes for a page too wide, which would be asked for again in a smaller size.
    return spent === undefined ? undefined : { status: 429, message: spent, mayHaveHappened: false };
  }

  /** The moment counts for a request under way too: what comes later is not waited for. */
  async function inTime<T>(asking: Promise<ApiResult<T>>): Promise<ApiResult<T>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<ApiResult<T>>((resolve) => {
      const error = { status: 429, message: tooLate, mayHaveHappened: false };
      timer = setTimeout(() => resolve({ ok: false, error }), Math.max(0, limits.until - Date.now()));
    });
    try {
      return await Promise.race([asking, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  function starting(start: string | undefined): GitHubClient {
    async function limit<T>(isList: boolean, ask: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> {
      const error = usedUp(isList);
      if (error) return { ok: false, error };
      requests += 1;
      if (isList) listRequests += 1;
      return inTime(ask());
    }
    return {
      hasToken: client.hasToken,
      rest: (route, parameters) => limit(false, () => client.rest(route, parameters)),
      graphql: (document, variables) => limit(false, () => client.graphql(document, variables)),
      async graphqlPartial<T>(document: string, variables: Parameters = {}) {
        const isList = document === mergedPullsQuery;
        const asked =
          isList && start !== undefined && variables.after === null
            ? { ...variables, after: start }
            : variables;
        const answer = await limit(isList, () => client.graphqlPartial<T>(document, asked));
        if (isList && answer.ok) {
          const page = (answer.data.data as ListPage).repository?.pullRequests?.pageInfo;
          if (page) last = page.hasNextPage ? (page.endCursor ?? undefined) : undefined;
        }
        return answer;
      },
    };
  }

  return {
    client: starting(undefined),
    from(cursor) {
      last = cursor;
      return starting(cursor);
    },
    cursor: () => last,
  };
}
