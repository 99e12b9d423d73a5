import type { ReviewQueue } from '../../core/review-facts.ts';

export interface QueueLoad {
  /** Open pull requests of the repository that nobody has reviewed yet, this one left out. */
  readonly waiting: number;
  /** Open pull requests that ask the given team; the repository's open ones where no team is given. */
  readonly open: number;
}

/**
 * How much waits for the same group of reviewers. A number about the group: requests to single people are not counted,
 * so that nobody's load can be read from it. Unit: pull requests, without drafts. A lower bound where GitHub had more open ones than were read.
 * Source: after "reviewer workload", Kononenko et al., ICSME 2015; the group level is ours.
 */
export function queueLoad(queue: ReviewQueue, team?: string): QueueLoad {
  const asked = queue.byTeam.find((entry) => entry.team === team);
  return { waiting: queue.waiting, open: team === undefined ? queue.open : (asked?.open ?? 0) };
}
