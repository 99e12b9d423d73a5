import { inspectCheckout } from '../../collect/git/checkout.ts';
import { hardenedEnvironment } from '../../collect/git/git-environment.ts';
import { createClient, type GitHubClient } from '../../collect/github/create-client.ts';
import { gitHubPlace } from '../../collect/history/github-name.ts';
import { type Part, unavailable } from '../../core/part.ts';
import { UsageError } from './usage-error.ts';

export interface GitHubOfClone {
  readonly client: GitHubClient;
  readonly serverUrl: string;
  /** Absent without GITHUB_TOKEN. */
  readonly token?: string;
}

/** GitHub as the environment names it: github.com, else what `GITHUB_SERVER_URL` and `GITHUB_API_URL` say. */
export function gitHubOfEnvironment(): GitHubOfClone {
  const {
    GITHUB_TOKEN,
    GITHUB_SERVER_URL = 'https://github.com',
    GITHUB_API_URL = 'https://api.github.com',
    GITHUB_GRAPHQL_URL,
  } = process.env;
  const token = GITHUB_TOKEN ? { token: GITHUB_TOKEN } : {};
  const client = createClient({ ...token, apiUrl: GITHUB_API_URL, graphqlUrl: GITHUB_GRAPHQL_URL });
  return { client, serverUrl: GITHUB_SERVER_URL, ...token };
}

/** Which repository on that GitHub a clone's `origin` is. `home`: an empty folder. Throws when there is no clone. */
export async function originOnGitHub(
  folder: string,
  home: string,
  serverUrl: string,
): Promise<Part<{ readonly owner: string; readonly name: string }>> {
  const { origin } = await inspectCheckout(folder, hardenedEnvironment({ home })).catch((error: unknown) => {
    throw new UsageError(
      `${folder} could not be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
  const found = origin === undefined ? undefined : gitHubPlace(origin);
  return found && found.host === new URL(serverUrl).hostname
    ? found
    : unavailable('the clone names no repository on GitHub as its origin (name it as OWNER/NAME)');
}
