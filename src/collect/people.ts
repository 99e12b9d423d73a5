import { createHmac } from 'node:crypto';
import type { Person, PersonKey, PersonKind } from '../core/people.ts';

/** An account as GitHub or a commit names it. Never leaves `collect`. */
export interface Account {
  readonly login?: string | undefined;
  readonly email?: string | undefined;
  /** GraphQL's `__typename` or REST's `type` ("User", "Bot", "Mannequin", "Organization"). */
  readonly type?: string | undefined;
}

export type People = (account: Account | null | undefined) => Person;

/**
 * Turns accounts into opaque people. The same salt gives the same key, so one run can compare accounts; a salt is never
 * written anywhere, so nobody can go back from a key to a login.
 */
export function createPeople(salt: string, bots: readonly string[] = []): People {
  const knownBots = new Set(bots.map((login) => login.toLowerCase()));
  return (account) => {
    const login = (account?.login ?? loginOfNoreplyAddress(account?.email))?.toLowerCase();
    const name = login
      ? `login:${login.replace(/\[bot\]$/, '')}`
      : account?.email
        ? `email:${account.email.toLowerCase()}`
        : 'ghost';
    const key = createHmac('sha256', salt).update(name).digest('base64url').slice(0, 16) as PersonKey;
    return { key, kind: kindOf(login, account, knownBots) };
  };
}

function kindOf(
  login: string | undefined,
  account: Account | null | undefined,
  knownBots: ReadonlySet<string>,
): PersonKind {
  if (!login && !account?.email) return 'ghost';
  if (account?.type === 'Bot' || login?.endsWith('[bot]') || (login && knownBots.has(login))) return 'bot';
  return 'human';
}

/** "123+octocat@users.noreply.github.com" belongs to the account "octocat"; such commits carry no other address. */
function loginOfNoreplyAddress(email: string | undefined): string | undefined {
  return email?.match(/^(?:\d+\+)?([a-z\d-]+(?:\[bot\])?)@users\.noreply\./i)?.[1];
}
