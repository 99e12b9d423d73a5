import type { CoverageAccount } from './coverage-account.ts';
import type { Finding, FindingDraft } from './finding.ts';

export interface Pass {
  readonly kind: 'pass';
  /** What was seen to be fine, with its number ("54 of 54 changed lines run"). */
  readonly seen: string;
  /** The difference that was looked at, where the rule compares coverage: every output can show it. */
  readonly coverage?: CoverageAccount;
}

export interface NotApplicable {
  readonly kind: 'not-applicable';
  /** Why there was nothing to look at ("the change has no migration"). */
  readonly reason: string;
}

export interface NotAvailable {
  readonly kind: 'not-available';
  /** Why it could not be looked at, and where possible what to do about it. */
  readonly reason: string;
}

/** What a rule returns. */
export type Verdict =
  | Pass
  | NotApplicable
  | NotAvailable
  | ({ readonly kind: 'findings'; readonly findings: readonly FindingDraft[] } & Pick<Pass, 'coverage'>);

/** What stands in a report. */
export type Outcome =
  | Pass
  | NotApplicable
  | NotAvailable
  | ({ readonly kind: 'findings'; readonly findings: readonly Finding[] } & Pick<Pass, 'coverage'>);

export function pass(seen: string): Pass {
  return { kind: 'pass', seen };
}

export function notApplicable(reason: string): NotApplicable {
  return { kind: 'not-applicable', reason };
}

export function notAvailable(reason: string): NotAvailable {
  return { kind: 'not-available', reason };
}

export function findings(drafts: readonly FindingDraft[]): Verdict {
  return { kind: 'findings', findings: drafts };
}
