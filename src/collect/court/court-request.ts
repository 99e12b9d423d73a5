import type { TriedChange } from '../../core/court-facts.ts';
import type { Facts, Repository } from '../../core/facts.ts';
import type { Part } from '../../core/part.ts';
import type { RecordedTimelines } from '../github/recorded-timeline-schema.ts';
import type { ReviewSource } from './read-reviews.ts';
import type { RecordedOutcomes } from './recorded-outcomes.ts';

/**
 * What the rules say of a change at one or more moments: a rule that spoke at any of them spoke. One that could not look,
 * or had nothing to look at, is absent.
 */
export type JudgeChange = (moments: readonly Facts[]) => TriedChange['verdicts'];

export interface CourtRequest {
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly seed: number;
  readonly repository: Repository;
  /** Days after a merge in which a revert or a fix counts. */
  readonly watchedDays: number;
  /** Days of earlier merges that recorded reviews are compared with. */
  readonly learnedDays: number;
  /** Every id of a rule that `judge` asks. */
  readonly rules: readonly string[];
  readonly judge: JudgeChange;
  /** Recorded reviews of the pull requests; without them the review rules have nothing to look at. */
  readonly timelines?: RecordedTimelines;
}

export interface BranchCourtRequest extends CourtRequest {
  readonly checkout: string;
  /** An existing temporary folder of ours; the caller removes it. */
  readonly scratchFolder: string;
  /** ISO 8601; merges before are not looked at. */
  readonly since: string;
  /** So many changes are judged at most; of more, a part is drawn. */
  readonly most: number;
  /** Where reviews are read from when no timelines are given; else the reason why they are not. */
  readonly github: Part<ReviewSource>;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface RecordedCourtRequest extends CourtRequest {
  readonly timelines: RecordedTimelines;
  readonly outcomes: RecordedOutcomes;
}
