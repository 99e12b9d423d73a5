import type { Sprints } from './sprints.ts';

/** Whether pull requests lie open for a shorter time before their approval towards the end of a sprint. */
export interface DeadlineReport {
  readonly from: Sprints['from'];
  /** Sprints with at least two approvals. */
  readonly sprints: number;
  /** Approved pull requests in them, and those of them in the last quarter of their sprint's approvals. */
  readonly approvals: number;
  readonly atEnd: number;
  /** Typical window at the end over the one before, among changes of similar size: 0.5 is half the time. */
  readonly ratio: number;
  /** 95 % interval of the ratio. */
  readonly interval: readonly [low: number, high: number];
  /** Chance of ranks as low at the end if it were any other stretch of the sprint. One-sided. */
  readonly p: number;
  /** Chance that windows of half the length would have shown in these sprints. */
  readonly power: number;
  /** Sprints that are missing until they would show four times in five; absent where the sample does not tell. */
  readonly moreSprints?: number;
  /** `unseen`: no drop was seen though one by half would have shown; `open`: the sample is too small to tell. */
  readonly verdict: 'drops' | 'unseen' | 'open';
}
