/** How an attempt ended that need not be tried again. What is to be tried again throws. */
export type JobOutcome =
  | { readonly kind: 'done'; readonly what: string }
  /** There was nothing to do, and why. */
  | { readonly kind: 'skipped'; readonly why: string };

export function done(what: string): JobOutcome {
  return { kind: 'done', what };
}

export function skipped(why: string): JobOutcome {
  return { kind: 'skipped', why };
}
