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
 *
 * A bot is what GitHub types as one (every app, AI reviewers included), what carries "[bot]", what is named "…-bot" or
 * "…-robot" as machine users customarily are, and what `bots` lists (logins, upper and lower case alike). A deleted
 * account has neither login nor address: all of them share one key, so that a deleted reviewer of a deleted author's
 * change is never taken for a second pair of eyes.
 */
export function createPeople(salt: string, bots: readonly string[] = []): People {
  const knownBots = new Set(bots.map((login) => withoutBotSuffix(login.toLowerCase())));
  return (account) => {
    const login = (account?.login ?? loginOfNoreplyAddress(account?.email))?.toLowerCase();
    const kind = kindOf(login, account, knownBots);
    const key = createHmac('sha256', salt)
      .update(nameOf(kind, login, account))
      .digest('base64url')
      .slice(0, 16);
    return { key: key as PersonKey, kind };
  };
}

/** An app and a user may carry the same login; the kind keeps them apart. */
function nameOf(kind: PersonKind, login: string | undefined, account: Account | null | undefined): string {
  if (kind === 'ghost') return 'ghost';
  if (login) return `${kind}:${withoutBotSuffix(login)}`;
  return `email:${account?.email?.toLowerCase()}`;
}

function kindOf(
  login: string | undefined,
  account: Account | null | undefined,
  knownBots: ReadonlySet<string>,
): PersonKind {
  if (!login && !account?.email) return 'ghost';
  if (account?.type === 'Bot') return 'bot';
  if (!login) return 'human';
  if (login.endsWith('[bot]') || /[-_](?:ro)?bot$/.test(login)) return 'bot';
  return knownBots.has(login) ? 'bot' : 'human';
}

function withoutBotSuffix(login: string): string {
  return login.replace(/\[bot\]$/, '');
}

/** "123+octocat@users.noreply.github.com" belongs to the account "octocat"; such commits carry no other address. */
function loginOfNoreplyAddress(email: string | undefined): string | undefined {
  return email?.match(/^(?:\d+\+)?([\w-]+(?:\[bot\])?)@users\.noreply\./i)?.[1];
}
