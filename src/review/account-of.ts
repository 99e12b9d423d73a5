import type { RawAccount, RawCommitAuthor } from './timeline.ts';

export function accountOf(raw: RawAccount | null) {
  return raw ? { login: raw.login, type: raw.__typename } : null;
}

export function commitAccountOf(raw: RawCommitAuthor) {
  return {
    login: raw.user?.login,
    type: raw.user?.__typename,
    email: raw.email ?? undefined,
  };
}
