import { groupBy } from '../../core/group-by.ts';
import { meanRanks } from '../../core/statistics/mean-ranks.ts';
import type { SprintApprovals } from './observations.ts';

/** Size bands that are compared inside themselves: a long look at a large change is no long look. Chosen by us. */
export const sizeBands = 3;

export interface ScoredApproval {
  /** Thirds of all pull requests by lines, from 0. */
  readonly band: number;
  /** The place of its window among those of its band, from −0.5 to 0.5; they add up to 0. */
  readonly score: number;
  /** Logarithm of its window in minutes. */
  readonly log: number;
}

/** The same sprints and order, with scores. Source: ranks as in the test of van Elteren (1960). */
export function scoreApprovals(sprints: readonly SprintApprovals[]): readonly (readonly ScoredApproval[])[] {
  const all = sprints.flat();
  const sizes = meanRanks(all.map(({ lines }) => lines));
  const bands = sizes.map((rank) =>
    Math.min(sizeBands - 1, Math.floor(((rank - 0.5) * sizeBands) / all.length)),
  );
  const scores = new Array<number>(all.length).fill(0);
  for (const places of groupBy(bands.keys(), (place) => bands[place]).values()) {
    const ranks = meanRanks(places.map((place) => all[place]?.window ?? 0));
    for (const [i, place] of places.entries())
      scores[place] = ((ranks[i] ?? 0) - (places.length + 1) / 2) / (places.length + 1);
  }
  let at = 0;
  return sprints.map((approvals) =>
    approvals.map(({ window }) => {
      const scored = { band: bands[at] ?? 0, score: scores[at] ?? 0, log: Math.log(window) };
      at += 1;
      return scored;
    }),
  );
}
