import { groupBy } from '../../core/group-by.ts';
import type { MergedPull } from '../../core/health-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import type { Sprint } from '../../core/sprints.ts';
import { standingHumanApprovals } from '../../review/measure/last-human-approval.ts';
import { reviewWindow } from '../../review/measure/review-window.ts';

/** One approved pull request, as the test sees it. */
export interface Observation {
  /** Added plus deleted lines. */
  readonly lines: number;
  /** Minutes it lay open for reading before the first human approval that stands; at least one. */
  readonly window: number;
}

/** What was approved in one sprint, in the order of the approvals. */
export type SprintApprovals = readonly Observation[];

/**
 * How many of the last approvals of a sprint are its end: a quarter, at least two of five or more, one of two to four.
 * Source: none, chosen by us.
 */
export function endOf({ length }: readonly unknown[]): number {
  return length < 2 ? 0 : Math.max(length < 5 ? 1 : 2, Math.floor(length / 4));
}

/**
 * Pull requests by people that a human approved, by the sprint their approval fell into, since this is when the reading
 * ended; reverts and those outside of every sprint are left out, and so are sprints without any.
 */
export function approvalsOf(
  pulls: readonly MergedPull[],
  sprints: readonly Sprint[],
): readonly SprintApprovals[] {
  const approved = pulls.flatMap(({ review, isRevert, lines }) => {
    if (isRevert || isUnavailable(review) || review.author.kind === 'bot') return [];
    const window = reviewWindow(review);
    const at = Date.parse(standingHumanApprovals(review)[0]?.submittedAt ?? '');
    const sprint = sprints.findIndex(({ start, end }) => at >= Date.parse(start) && at < Date.parse(end));
    if (window === undefined || sprint < 0) return [];
    return [{ at, sprint, lines, window: Math.max(1, window) }];
  });
  const bySprint = groupBy(
    approved.toSorted((a, b) => a.at - b.at),
    ({ sprint }) => sprint,
  );
  return [...bySprint]
    .toSorted(([a], [b]) => a - b)
    .map(([, own]) => own.map(({ lines, window }) => ({ lines, window })));
}
