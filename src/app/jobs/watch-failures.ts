import type { ApiError } from '../../collect/github/api-error.ts';
import type { ApiResult, GitHubClient } from '../../collect/github/create-client.ts';

export interface WatchedClient {
  readonly client: GitHubClient;
  /**
   * The last failure that may pass: a server error, a broken connection, a rate limit, a token that ended. Undefined
   * when there was none.
   */
  failure(): string | undefined;
}

/**
 * A client that remembers what went wrong for a while only. Readers and publishers turn failures into sentences and go
 * on; this tells a job that a later try can do better. A missing permission is no such failure.
 */
export function watchFailures(client: GitHubClient): WatchedClient {
  let last: string | undefined;

  function watched<T>(result: ApiResult<T>): ApiResult<T> {
    if (!result.ok && mayPass(result.error)) last = result.error.message;
    return result;
  }

  return {
    client: {
      hasToken: client.hasToken,
      rest: async <T>(...request: Parameters<GitHubClient['rest']>) =>
        watched(await client.rest<T>(...request)),
      graphql: async <T>(...request: Parameters<GitHubClient['graphql']>) =>
        watched(await client.graphql<T>(...request)),
      graphqlPartial: async <T>(...request: Parameters<GitHubClient['graphqlPartial']>) =>
        watched(await client.graphqlPartial<T>(...request)),
    },
    failure: () => last,
  };
}

function mayPass({ status, message }: ApiError): boolean {
  return (
    status === 0 ||
    status === 401 ||
    status >= 500 ||
    status === 429 ||
    (status === 403 && /rate limit/i.test(message))
  );
}
