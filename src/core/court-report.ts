import type { CourtFacts } from './court-facts.ts';

/**
 * `supported`: changes on which the rule spoke were reverted or fixed more often than others like them, by more than
 * chance. `not supported`: they were not, and three times the odds would have shown. `too little data`: neither can be said.
 */
export type CourtVerdict = 'supported' | 'not supported' | 'too little data';

export interface RuleEvidence {
  /** Changes the rule could look at. */
  readonly looked: number;
  /** Those it spoke on, and how many of them were reverted or fixed. */
  readonly spoke: number;
  readonly spokeWithOutcome: number;
  /** The same for those it passed. */
  readonly passed: number;
  readonly passedWithOutcome: number;
  /** Odds of an outcome where the rule spoke over the odds where it passed, among changes alike; absent where it is open. */
  readonly oddsRatio?: number;
  /** 95 % interval; absent where a margin is empty. */
  readonly interval?: readonly [low: number, high: number];
  /** Chance of so many outcomes where it spoke, if the rule meant nothing. One-sided, by permutation inside strata. */
  readonly p: number;
  /** The smallest false discovery rate at which it counts, over all rules of this sitting. */
  readonly q: number;
  /** Chance that three times the odds would have been found. */
  readonly power: number;
  readonly verdict: CourtVerdict;
}

export interface RuleTrial extends RuleEvidence {
  readonly rule: string;
  /** The same with the outcomes dealt out anew inside the strata: what chance alone makes of it. */
  readonly twin: RuleEvidence;
  /** Changes like these that are still missing before three times the odds would show four times in five. */
  readonly moreChanges?: number;
}

export interface CourtReport {
  readonly schemaVersion: 1;
  readonly repository: CourtFacts['repository'];
  /** The day of the sitting, and the last day its verdicts hold: YYYY-MM-DD. */
  readonly day: string;
  readonly expires: string;
  readonly seed: number;
  readonly since: string;
  readonly until: string;
  readonly watchedDays: number;
  readonly counts: CourtFacts['counts'] & {
    readonly tried: number;
    readonly reverted: number;
    readonly fixed: number;
    /** Groups of changes that were compared inside themselves. */
    readonly strata: number;
  };
  /** Of all changes that are old enough, drawn or not: the share that went badly, with its 95 % interval. Ratios 0–1. */
  readonly wentBadly: { readonly share: number; readonly interval: readonly [low: number, high: number] };
  /** Rules that spoke and passed often enough to be compared at all; in the order of their ids. */
  readonly trials: readonly RuleTrial[];
  /** Rules that were asked and spoke, or passed, too seldom to be compared. */
  readonly notTried: readonly { readonly rule: string; readonly spoke: number; readonly passed: number }[];
  /** So many changes on each side a comparison takes. */
  readonly leastOnEachSide: number;
  readonly limits: readonly string[];
}
