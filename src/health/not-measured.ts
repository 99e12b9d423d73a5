import type { HealthFacts } from '../core/health-facts.ts';
import type { MeasureId, MeasureReport } from '../core/health-report.ts';
import type { IsoWeek } from '../core/iso-week.ts';
import { isUnavailable } from '../core/part.ts';

const names: Readonly<Record<MeasureId, string>> = {
  merged: 'merged pull requests',
  'lead-time': 'lead time',
  'first-human-review': 'time to the first human review',
  'without-human-review': 'merges without human review',
  'changed-after-approval': 'lines changed after approval',
  'migrations-without-reason': 'written reasons of migrations',
  reverts: 'reverts',
  commits: 'changes on the default branch',
  coverage: 'coverage',
  'review-near-deadline': 'review near deadlines',
};

/** Measures with the same reason are told in one sentence. */
export function notMeasured(facts: HealthFacts, reports: readonly MeasureReport[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, measure } of reports) {
    if (!isUnavailable(measure)) continue;
    byReason.set(measure.unavailable, [...(byReason.get(measure.unavailable) ?? []), names[id]]);
  }
  const limits = isUnavailable(facts.migrations) ? [] : facts.migrations.limits;
  return [
    ...[...byReason].map(([reason, ids]) => `${ids.join(', ')}: ${reason}`),
    ...limits,
    ...facts.remarks,
    ...(isUnavailable(facts.pulls) && !byReason.get(facts.pulls.unavailable)?.includes(names.merged)
      ? [
          'pull requests whose merge left no number in a commit message (merged ones were counted by those numbers)',
        ]
      : []),
    ...(tailsNotRead(facts) ?? []),
  ];
}

/** For a week in which nothing happened: a clone that was not fetched for weeks looks like that. */
export function notFetched(facts: HealthFacts, week: IsoWeek): readonly string[] {
  if (isUnavailable(facts.history)) return [];
  if (facts.history.commits.length === 0)
    return ['commits that were not fetched, if any: none of the last half year was there to read'];
  const newest = newestCommit(facts, week);
  return newest === undefined
    ? []
    : [`commits that were not fetched, if any: the newest that was there to read is of ${newest}`];
}

/** The day of the newest commit read, where it is before the week's end. */
export function newestCommit({ history }: HealthFacts, week: IsoWeek): string | undefined {
  if (isUnavailable(history)) return undefined;
  const newest = history.commits
    .map(({ committedAt }) => committedAt)
    .toSorted()
    .at(-1);
  return newest !== undefined && newest < week.end ? newest.slice(0, 10) : undefined;
}

function tailsNotRead({ pulls }: HealthFacts): readonly string[] | undefined {
  if (isUnavailable(pulls)) return undefined;
  const tails = pulls.pulls.flatMap(({ review }) =>
    isUnavailable(review) || !review.tail ? [] : [review.tail],
  );
  const lost = tails.flatMap((tail) => (isUnavailable(tail) ? [tail.unavailable] : []));
  const [first] = lost;
  if (first === undefined || lost.length === tails.length) return undefined;
  return [
    `lines changed after approval, for ${lost.length} of ${tails.length} approved pull requests (for one of them: ${first.replace(/\.$/, '')})`,
  ];
}
