import type { Repository } from './facts.ts';

/** What became of a merged change within the time it was watched. */
export type ChangeOutcome = 'fine' | 'reverted' | 'fixed';

/** A merged change, what the rules said of it, and what became of it. Nothing in it tells whose it was. */
export interface TriedChange {
  /** "#12" where the pull request is known, else the commit's id. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly mergedAt: string;
  /** Added plus deleted lines that somebody has to read. */
  readonly lines: number;
  /** What is never compared with something else: "ordinary", "a revert", "ordinary, with migrations". */
  readonly kind: string;
  readonly outcome: ChangeOutcome;
  /** By rule; absent where the rule had nothing to look at or could not look. */
  readonly verdicts: Readonly<Record<string, 'spoke' | 'passed'>>;
}

/** What the rule court is given. */
export interface CourtFacts {
  readonly schemaVersion: 1;
  /** ISO 8601, UTC: the day the verdicts are from. */
  readonly now: string;
  readonly seed: number;
  readonly repository: Repository;
  /** Days after its merge in which a revert or a fix counts. */
  readonly watchedDays: number;
  /** Merges from `since` on, and everything that happened to them up to `until`. */
  readonly since: string;
  readonly until: string;
  /** Every id of a rule that was asked. */
  readonly rules: readonly string[];
  /** Merged long enough ago. Every one with an outcome is in it; of the others maybe a part. */
  readonly changes: readonly TriedChange[];
  readonly counts: {
    /** All merged changes from `since` on. */
    readonly merged: number;
    /** Merged too short a time ago: whether they go well is not known yet. */
    readonly tooYoung: number;
    /** Of those that are old enough, drawn or not: reverted or repaired by a fix in time. */
    readonly wentBadly: number;
    /** Old enough, and left out by the draw. */
    readonly notDrawn: number;
    /** Old enough, drawn, and could not be read. */
    readonly notRead: number;
  };
  /** What limits the verdicts, one sentence each. */
  readonly limits: readonly string[];
}
