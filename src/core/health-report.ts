import type { CommitId } from './change.ts';
import type { DeadlineReport } from './deadline-report.ts';
import type { MigrationEntry } from './health-facts.ts';
import type { RuleUse } from './health-record.ts';
import type { IsoWeek } from './iso-week.ts';
import type { Part } from './part.ts';
import type { ConfiguredWaiver } from './settings.ts';

export type MeasureId =
  | 'merged'
  | 'commits'
  | 'lead-time'
  | 'first-human-review'
  | 'without-human-review'
  | 'changed-after-approval'
  | 'migrations-without-reason'
  | 'reverts'
  | 'coverage'
  | 'review-near-deadline';

/** `count`: of things; `hours`: a median; `ratio`: 0–1. */
export type MeasureUnit = 'count' | 'hours' | 'ratio';

export interface WeekValue {
  /** Label of the week. */
  readonly week: string;
  /** What the value is counted out of or the median of. */
  readonly n: number;
  /** Those of `n` that the measure is about, for a ratio. */
  readonly part?: number;
  /** Absent when the week has too few, or was not read. */
  readonly value?: number;
}

/** The range the repository's own earlier weeks kept to. */
export interface UsualRange {
  readonly low: number;
  readonly high: number;
  readonly median: number;
  /** Earlier weeks with a value of their own. */
  readonly weeks: number;
  /** Observations in those weeks. */
  readonly n: number;
  /** The shares of earlier weeks below `low` and above `high`: 0.1, or 0.05 where there is little to go by. */
  readonly tail: number;
}

export interface Measure {
  readonly unit: MeasureUnit;
  /** The way that would be news; a measure without one is context. */
  readonly worse?: 'higher' | 'lower';
  /** Oldest first; the last one is the week reported on. */
  readonly weeks: readonly WeekValue[];
  readonly usual: Part<UsualRange>;
  /** Worse than usual by more than the smallest difference worth a word. */
  readonly isNews: boolean;
}

export interface MeasureReport {
  readonly id: MeasureId;
  readonly measure: Part<Measure>;
}

/** Observation, impact and one question or next step, as a finding has them; about areas and paths, never people. */
export interface HealthAction {
  /** The measure it rests on: what is suggested twice is not suggested again. */
  readonly about: MeasureId;
  readonly observation: string;
  readonly impact: string;
  readonly action: string;
}

/** What became of the suggestions of the week before. */
export interface Uptake {
  readonly made: number;
  /** Their measure was looked at again and gives no reason to repeat them. */
  readonly takenUp: number;
  readonly carriedOver: number;
  /** There was nothing to measure. */
  readonly unknown: number;
}

/** A merged pull request of the week, without its author. */
export interface PullRow {
  readonly number: number;
  readonly mergeCommit?: CommitId;
  readonly lines: number;
  readonly leadHours: number;
  readonly firstHumanReviewHours?: number;
  readonly review: 'human' | 'bot only' | 'none' | 'not read';
  /** Added plus deleted lines since the last human approval; absent where there is no such approval or git could not tell. */
  readonly linesAfterApproval?: number;
  readonly isByBot: boolean;
  /** What still stood open at the merge; absent where that was not read. */
  readonly leftOpen?: LeftOpen;
}

/** What was still open when a pull request was merged. */
export interface LeftOpen {
  /** Threads that end with a question by a human who wrote none of the change. */
  readonly questions: number;
  /** Checks of its last commit that had failed. */
  readonly failedChecks: number;
  /** Whoever opened it merged it, and no other human reviewed. */
  readonly isSelfMerged: boolean;
}

export interface HealthReport {
  readonly schemaVersion: 1;
  readonly repository: { readonly name: string; readonly url?: string };
  /** The last complete week: what is reported on. */
  readonly week: IsoWeek;
  /** Pull requests merged in all weeks read. */
  readonly mergedInAll: number;
  /** Why nothing is called usual or unusual; absent when it may be. */
  readonly factsOnly?: string;
  /** Nothing was merged or committed in the week. */
  readonly isEmpty: boolean;
  /** Day of the newest commit that was there to read, when the week is empty: a clone that nobody fetched looks so too. */
  readonly newestCommit?: string;
  readonly measures: readonly MeasureReport[];
  /** At most three, most pressing first. */
  readonly actions: readonly HealthAction[];
  /** Not suggested any more: more than three, or said twice already. */
  readonly alsoNoted: readonly HealthAction[];
  readonly uptake?: Uptake;
  /**
   * How often in a row each action above has been suggested, this time included; then what has been said as often as it
   * may be and is still so, with a count beyond that.
   */
  readonly suggested: readonly Suggested[];
  readonly pulls: readonly PullRow[];
  /** Of the last eight weeks, newest first. */
  readonly ledger: readonly MigrationEntry[];
  /** Of the last eight weeks, least useful first; empty where nothing was shown or nobody looked. */
  readonly usefulness: readonly RuleUsefulness[];
  /** From the settings, what ends first first; absent where there are none. */
  readonly waivers?: readonly WaiverRow[];
  /** Whether review gets shorter near deadlines; absent where it could not be asked. */
  readonly deadline?: DeadlineReport;
  /** What could not be looked at, one sentence each. */
  readonly notMeasured: readonly string[];
}

/** A waiver of the settings on the day of the report. */
export interface WaiverRow extends ConfiguredWaiver {
  /** `ends soon`: within 14 days. */
  readonly state: 'ended' | 'ends soon' | 'holds';
}

/** Over several weeks. */
export interface RuleUsefulness extends RuleUse {
  /** 0–1: waived or called noise, out of what was shown; absent below 5. */
  readonly share?: number;
}

export interface Suggested {
  readonly about: MeasureId;
  readonly times: number;
}
