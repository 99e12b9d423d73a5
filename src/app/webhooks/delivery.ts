/** A webhook delivery whose signature was right. Its payload is GitHub's word about a moment that may be long past. */
export interface Delivery {
  /** GitHub's GUID; a redelivery keeps it. */
  readonly id: string;
  readonly event: string;
  readonly payload: Payload;
}

/** The fields we read. All of them may be missing. */
export interface Payload {
  readonly action?: unknown;
  readonly installation?: { readonly id?: unknown } | null;
  readonly repository?: { readonly id?: unknown } | null;
  readonly pull_request?: { readonly number?: unknown } | null;
  readonly review?: { readonly state?: unknown } | null;
  readonly sender?: { readonly type?: unknown } | null;
  readonly issue?: { readonly number?: unknown; readonly pull_request?: unknown } | null;
  readonly comment?: { readonly body?: unknown } | null;
  readonly workflow_run?: { readonly id?: unknown } | null;
  /** Of a fork the list is empty. */
  readonly check_run?: Checked | null;
  readonly check_suite?: Checked | null;
  readonly merge_group?: { readonly head_sha?: unknown; readonly head_ref?: unknown } | null;
}

interface Checked {
  readonly pull_requests?: readonly ({ readonly number?: unknown } | null)[] | null;
}

/** A positive whole number, as GitHub's ids are. */
export function idOf(thing: { readonly id?: unknown } | null | undefined): number | undefined {
  return numberOf(thing?.id);
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
