import { execFileSync } from 'node:child_process';
import type { Place } from '../../test/github/run-action.ts';

/** A GitHub to act against: the real one, a server of its kind, or the fake one. */
export interface Server extends Place {
  /** A command of the fake server; undefined for any other. */
  readonly fake?: <T>(command: string, body: object) => Promise<T>;
}

/** Looks what answers at the address. Throws when nothing does. */
export async function serverAt(address: string): Promise<Server> {
  const url = address.replace(/\/+$/, '');
  if (url === 'https://github.com') {
    const apiUrl = 'https://api.github.com';
    return { url, apiUrl, graphqlUrl: `${apiUrl}/graphql`, requests: async () => [] };
  }
  const api = { url, apiUrl: `${url}/api/v3`, graphqlUrl: `${url}/api/graphql` };
  const fake = async <T>(command: string, body: object): Promise<T> => {
    const answer = await fetch(`${url}/_fake/${command}`, { method: 'POST', body: JSON.stringify(body) });
    const value = (await answer.json()) as T & { readonly message?: string };
    if (!answer.ok) throw new Error(`the fake GitHub refused ${command}: ${value.message}`);
    return value;
  };
  const probe = await fetch(`${url}/_fake/violations`, { method: 'POST', body: '{}' }).catch(
    (error: unknown) => {
      throw new Error(
        `nothing answers at ${url} (${error instanceof Error ? error.message : String(error)})`,
      );
    },
  );
  return probe.ok
    ? { ...api, requests: () => fake('requests', {}), fake }
    : { ...api, requests: async () => [] };
}

/** A workflow's own token with the permissions of the smallest set-up, made by the fake server. */
export async function newToken(fake: NonNullable<Server['fake']>): Promise<string> {
  const value = 'ghs_act00000000000000000000000000000000000';
  const permissions = { contents: 'read', pull_requests: 'write', checks: 'write' };
  await fake('token', { value, permissions });
  return value;
}

/** The commit at the tip of a ref, as `git ls-remote` tells it. */
export function tipOf(server: Server, token: string, repository: string, ref: string): string {
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  const output = execFileSync('git', ['ls-remote', '--quiet', `${server.url}/${repository}`, ref], {
    encoding: 'utf8',
    // By environment, so that the token stands in no list of processes.
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${server.url}/.extraheader`,
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${credentials}`,
    },
  });
  const [sha = ''] = output.split('\t');
  if (sha === '') throw new Error(`${repository} has no ${ref}`);
  return sha;
}
