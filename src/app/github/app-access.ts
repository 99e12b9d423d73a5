import { createProbot, type Probot } from 'probot';
import { type ApiResult, createClient, type GitHubClient } from '../../collect/github/create-client.ts';
import type { Credentials } from '../credentials.ts';
import type { Log } from '../log.ts';
import type { RepositoryJob } from '../queue/jobs.ts';
import type { GitHubPlace } from '../settings.ts';

/** A key to one repository of one installation. */
export interface RepositoryAccess {
  readonly client: GitHubClient;
  /** For git; it can do in this repository what the App may, and nothing elsewhere. */
  readonly token: string;
  /** Whether it may write contents: whoever installed the App may have given more than it asks for. */
  readonly mayPush: boolean;
}

/** The installation is gone, suspended, or no longer holds the repository: there is nothing to do, now or later. */
export class AccessGone extends Error {
  override readonly name = 'AccessGone';
}

/** Who the App is on GitHub. */
export interface AppAccess {
  readonly appId: number;
  readonly place: GitHubPlace;
  readonly webhooks: Pick<Probot['webhooks'], 'verify'>;
  /** Acts as the App itself: for its installations and its deliveries. */
  asApp(): Promise<GitHubClient>;
  /** With a new token each time: it is asked when access has changed. Throws `AccessGone`, or an error that may pass. */
  inInstallation(installation: number): Promise<GitHubClient>;
  /** `fresh` asks for a new token: one that is kept may have been revoked. Throws as `inInstallation` does. */
  inRepository(place: RepositoryJob, fresh: boolean): Promise<RepositoryAccess>;
}

interface InstallationToken {
  readonly token: string;
  /** ISO 8601. */
  readonly expires_at: string;
  readonly permissions?: { readonly contents?: string };
}

/** Tokens live for an hour; one that could end during a long job is replaced before it starts. */
const leastMinutesLeft = 20;

export async function openAppAccess(
  credentials: Credentials,
  place: GitHubPlace,
  log: Log,
): Promise<AppAccess> {
  const { appId, privateKey, webhookSecret } = credentials;
  log.hide(webhookSecret);
  const probot = createProbot({
    // Nothing but what is given here: Probot would also look for keys in the working folder and for a Redis server.
    env: {},
    overrides: { appId, privateKey, secret: webhookSecret, baseUrl: place.apiUrl, logLevel: 'fatal' },
  });
  await probot.ready();
  const octokit = await probot.auth();
  const kept = new Map<string, InstallationToken>();

  const clientWith = (token: string): GitHubClient => createClient({ token, apiUrl: place.apiUrl });

  async function asApp(): Promise<GitHubClient> {
    const { token } = (await octokit.auth({ type: 'app' })) as { readonly token: string };
    const client = clientWith(token);
    return {
      ...client,
      rest: async <T>(...request: Request) => withAdvice(await client.rest<T>(...request)),
    };
  }

  /** For one repository, or for all of the installation. */
  async function tokenFor(installation: number, repository?: number): Promise<InstallationToken> {
    const key = keyOf(installation, repository);
    const known = kept.get(key);
    if (known && minutesLeft(known) >= leastMinutesLeft) return known;
    for (const [old, token] of kept) if (minutesLeft(token) <= 0) kept.delete(old);
    const client = await asApp();
    const answer = await client.rest<InstallationToken>(
      'POST /app/installations/{installation_id}/access_tokens',
      { installation_id: installation, ...(repository !== undefined && { repository_ids: [repository] }) },
    );
    if (answer.ok) {
      kept.set(key, answer.data);
      return answer.data;
    }
    const { status, message } = answer.error;
    // Suspended, uninstalled, or the repository is no longer the installation's.
    if ((status === 403 && !/rate limit/i.test(message)) || status === 404 || status === 422) {
      throw new AccessGone(`installation ${installation} gives no access: ${message}`);
    }
    throw new Error(`No token for installation ${installation} could be had: ${message}`);
  }

  return {
    appId,
    place,
    webhooks: probot.webhooks,
    asApp,
    async inInstallation(installation) {
      kept.delete(keyOf(installation, undefined));
      return clientWith((await tokenFor(installation)).token);
    },
    async inRepository({ installation, repository }, fresh) {
      if (fresh) kept.delete(keyOf(installation, repository));
      const { token, permissions } = await tokenFor(installation, repository);
      return { client: clientWith(token), token, mayPush: permissions?.contents === 'write' };
    },
  };
}

type Request = Parameters<GitHubClient['rest']>;

/** Here the token is one that the App has signed itself, for the next minutes. */
function withAdvice<T>(result: ApiResult<T>): ApiResult<T> {
  if (result.ok || result.error.status !== 401) return result;
  const message = `${result.error.message}; APP_ID and PRIVATE_KEY have to belong together, and the clock of this machine has to be right`;
  return { ok: false, error: { ...result.error, message } };
}

function keyOf(installation: number, repository: number | undefined): string {
  return `${installation}/${repository ?? 'all'}`;
}

function minutesLeft({ expires_at: end }: InstallationToken): number {
  return (Date.parse(end) - Date.now()) / 60_000;
}
