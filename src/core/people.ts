/**
 * A stand-in for an account, made in `collect` from a salted hash. It can be compared inside one set of facts and
 * nothing else: no table leads back to a login, so no output can name a person.
 */
export type PersonKey = string & { readonly __brand: 'PersonKey' };

/**
 * `human` accounts review; `bot` covers machine accounts and apps, AI reviewers included; `ghost` is a deleted account,
 * of which nothing is known any more.
 */
export type PersonKind = 'human' | 'bot' | 'ghost';

export interface Person {
  readonly key: PersonKey;
  readonly kind: PersonKind;
}
