/** A client that lives long asks again after so many milliseconds without asking. */
const askAgainAfter = 60_000;

export interface SentRequest {
  /** What is asked: the address, or the GraphQL document. */
  readonly kind: string;
  /** The same words again: a request that is tried another time. */
  readonly exact: string;
}

/** Thrown in place of sending. The message is shown. */
export class NotAsked extends Error {}

export interface OutageWatch {
  /** Nothing has been answered for longer than we wait. */
  isLate(): boolean;
  /** Milliseconds until the headers of an answer have to be there; throws `NotAsked` where it would be in vain. */
  timeoutFor(request: SentRequest): number;
  answered(): void;
  /** No answer came, or one that says the server is in trouble. `startedAt`: when it was sent. */
  failed(request: SentRequest, startedAt: number): void;
}

/**
 * Ends the waiting when GitHub is down: a run makes a dozen requests one after the other, and each would be tried three
 * times. One kind of request that fails alone is no outage (a page that is too wide is asked for in smaller parts); two
 * kinds, and `patience` milliseconds without any answer between them, are. After that nothing is asked twice, and what is
 * new gets a quarter of that time.
 */
export function outageWatch(
  patience: number,
  headersTimeout: number,
  now: () => number = () => performance.now(),
): OutageWatch {
  let downSince: number | undefined;
  let lastFailure = 0;
  const kinds = new Set<string>();
  const failures = new Set<string>();

  function reset(): void {
    downSince = undefined;
    kinds.clear();
    failures.clear();
  }

  function isLate(): boolean {
    if (downSince !== undefined && now() - lastFailure > askAgainAfter) reset();
    return downSince !== undefined && now() - downSince >= patience;
  }

  return {
    isLate,
    answered: reset,
    failed({ kind, exact }, startedAt) {
      downSince ??= startedAt;
      lastFailure = now();
      kinds.add(kind);
      failures.add(exact);
    },
    timeoutFor({ exact }) {
      if (isLate() && (failures.has(exact) || kinds.size > 1))
        throw new NotAsked(`it has not answered for ${Math.round(patience / 1000)} s, so this was not asked`);
      if (downSince === undefined) return headersTimeout;
      return Math.min(headersTimeout, Math.max(patience / 4, patience - (now() - downSince)));
    },
  };
}
