import type { FactPart, Facts } from './facts.ts';
import type { FindingDraft, Level, Unit } from './finding.ts';
import type { Verdict } from './outcome.ts';
import type { Unavailable } from './part.ts';

export interface Source {
  readonly title: string;
  readonly url: string;
  /** Which claim of the rule it supports. */
  readonly supports: string;
}

/** A number the rule compares with. Without a `source` its page says "chosen by us". */
export interface Threshold {
  readonly fallback: number;
  readonly unit: Unit;
  readonly meaning: string;
  readonly source?: Source;
}

export type Thresholds = Readonly<Record<string, Threshold>>;

export type ThresholdValues<T extends Thresholds> = { readonly [name in keyof T]: number };

/** Facts whose needed parts are known to be present. */
export type FactsWith<N extends FactPart> = Facts & {
  readonly [part in N]: Exclude<Facts[part], Unavailable>;
};

export interface RuleDocs {
  readonly triggered: string;
  readonly why: string;
  readonly fix: string;
  readonly quietWhen: string;
}

export interface Rule<T extends Thresholds = Thresholds, N extends FactPart = FactPart> {
  /** `<subject>/<statement that can be true>`; the file has the same name. */
  readonly id: string;
  readonly since: string;
  readonly level: Level;
  /** The question the rule answers. */
  readonly question: string;
  readonly docs: RuleDocs;
  readonly sources: readonly Source[];
  readonly thresholds: T;
  /** Parts without which the rule cannot look; the engine answers "not available" with their reason. */
  readonly needs: readonly N[];
  /** What makes two findings the same one over pushes and renames; never a line number. */
  identity(finding: FindingDraft): readonly string[];
  evaluate(facts: FactsWith<N>, thresholds: ThresholdValues<T>): Verdict;
}

/** Gives a rule its types: a misspelt threshold and a part it does not need are compile errors. */
export function defineRule<const T extends Thresholds, const N extends FactPart>(rule: Rule<T, N>): Rule {
  // The engine hands every rule only the parts it needs and the thresholds it declares, so the wider type is safe.
  return rule as unknown as Rule;
}
