/** Why something could not be looked at, in words a reader can act on ("the token lacks pull-requests: read"). */
export interface Unavailable {
  readonly unavailable: string;
}

/** A part of the facts: present, or the reason why it is missing. Missing is never read as "fine". */
export type Part<T> = T | Unavailable;

export function unavailable(reason: string): Unavailable {
  return { unavailable: reason };
}

export function isUnavailable(part: unknown): part is Unavailable {
  return typeof part === 'object' && part !== null && 'unavailable' in part;
}
