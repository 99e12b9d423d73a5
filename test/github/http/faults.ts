/** Trouble on request: what a client has to survive. */
export interface Fault {
  /** `POST`, `GET` …; any when absent. */
  readonly method?: string;
  /** A regular expression on the path (without `/api/v3`), or on a GraphQL document's text. */
  readonly match: string;
  /** How often it happens; once when absent. */
  readonly times?: number;
  /**
   * `before` / `after`: answers `status` without or with the effect; `reset`: the connection breaks, without the
   * effect, `reset-after` with it; `latency`: waits `milliseconds` and goes on; `partial`: the GraphQL field whose
   * path matches (`repository.pullRequest.reviews`) is null and has an error.
   */
  readonly kind: 'before' | 'after' | 'reset' | 'reset-after' | 'latency' | 'partial';
  readonly status?: number;
  readonly milliseconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
}

export class Faults {
  private readonly pending: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.pending.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.pending.length = 0;
  }

  /** The fault that hits this request; it is used up by that. */
  take(method: string, path: string, document = ''): Fault | undefined {
    for (const entry of this.pending) {
      const { fault } = entry;
      if (
        entry.left <= 0 ||
        fault.kind === 'partial' ||
        (fault.method !== undefined && fault.method !== method)
      )
        continue;
      const pattern = new RegExp(fault.match);
      if (!pattern.test(path) && !(document !== '' && pattern.test(document))) continue;
      entry.left -= 1;
      return fault;
    }
    return undefined;
  }

  /** The message of a field error wanted at this path of a GraphQL answer. */
  takePartial(path: string): string | undefined {
    const entry = this.pending.find(
      ({ fault, left }) => left > 0 && fault.kind === 'partial' && new RegExp(fault.match).test(path),
    );
    if (entry === undefined) return undefined;
    entry.left -= 1;
    return entry.fault.message ?? 'Something went wrong while executing your query.';
  }
}
