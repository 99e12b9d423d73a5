import type { HealthFacts, MergedPull } from '../core/health-facts.ts';
import type {
  HealthAction,
  HealthReport,
  Measure,
  MeasureId,
  MeasureReport,
  PullRow,
  Suggested,
  Uptake,
} from '../core/health-report.ts';
import { completeWeeks, type IsoWeek, isIn } from '../core/iso-week.ts';
import { isUnavailable, type Part } from '../core/part.ts';
import { actionsOf } from './actions.ts';
import { deadlineActions, deadlineMeasure } from './deadline/deadline-measure.ts';
import { branchCommits } from './measure/branch-commits.ts';
import { branchCoverage } from './measure/branch-coverage.ts';
import { changedAfterApproval } from './measure/changed-after-approval.ts';
import { firstHumanReview } from './measure/first-human-review.ts';
import { leadTime } from './measure/lead-time.ts';
import { leftOpen } from './measure/left-open.ts';
import { mergedInAll } from './measure/merged-in-all.ts';
import { mergedPulls } from './measure/merged-pulls.ts';
import { migrationsWithoutReason } from './measure/migrations-without-reason.ts';
import { reverts } from './measure/reverts.ts';
import {
  hoursBetween,
  hoursToFirstHumanReview,
  isByBot,
  linesAfterApproval,
  reviewKind,
} from './measure/review-of-pull.ts';
import { rigorDropsNearDeadline } from './measure/rigor-drops-near-deadline.ts';
import { usefulness } from './measure/usefulness.ts';
import { waivers } from './measure/waivers.ts';
import { withoutHumanReview } from './measure/without-human-review.ts';
import { newestCommit, notFetched, notMeasured } from './not-measured.ts';
import { thresholds } from './thresholds.ts';
import { counted } from './wording.ts';

const weeksRead = 26;
const mostActions = 3;

const measures: readonly (readonly [
  MeasureId,
  (facts: HealthFacts, weeks: readonly IsoWeek[]) => Part<Measure>,
])[] = [
  ['merged', mergedPulls],
  ['lead-time', leadTime],
  ['first-human-review', firstHumanReview],
  ['without-human-review', withoutHumanReview],
  ['changed-after-approval', changedAfterApproval],
  ['migrations-without-reason', migrationsWithoutReason],
  ['reverts', reverts],
  ['commits', branchCommits],
  ['coverage', branchCoverage],
];

/**
 * What half a year of facts says of its last complete week. `earlier`: what the week before suggested, as its issue tells;
 * without one the kept records are asked. The same facts give the same report.
 */
export function reportHealth(facts: HealthFacts, suggested?: readonly Suggested[]): HealthReport {
  const weeks = completeWeeks(facts.now, weeksRead);
  const week = weeks.at(-1);
  if (!week) throw new Error('there is no week to report on');
  const deadline = facts.sprints === undefined ? undefined : rigorDropsNearDeadline(facts, facts.sprints);
  const reports: readonly MeasureReport[] = [
    ...measures.map(([id, measure]) => ({ id, measure: measure(facts, weeks) })),
    ...(deadline === undefined
      ? []
      : [{ id: 'review-near-deadline' as const, measure: deadlineMeasure(deadline, weeks) }]),
  ];
  const earlier = suggested ?? suggestedInRecords(facts, week);
  const before = new Map(earlier.map(({ about, times }) => [about, times]));
  const all = [...actionsOf(facts, week, reports), ...deadlineActions(deadline)];
  const fresh = all.filter(({ about }) => mayBeSaid(about, before));
  const actions = fresh.slice(0, mostActions);
  const merged = mergedInAll(facts);
  const made = earlier.filter(({ times }) => times <= thresholds.mostRepeats.value);
  const uptake = uptakeOf(made, all, reports);
  const since = weeks.at(-8)?.start ?? week.start;
  const useful = usefulness(facts, weeks.slice(-8));
  const newest = isEmpty(facts, week) ? newestCommit(facts, week) : undefined;
  return {
    schemaVersion: 1,
    repository: facts.repository,
    week,
    mergedInAll: merged,
    ...factsOnly(merged, facts),
    isEmpty: isEmpty(facts, week),
    ...(newest !== undefined && { newestCommit: newest }),
    measures: reports,
    actions,
    alsoNoted: all.filter((action) => !actions.includes(action)),
    ...(uptake && { uptake }),
    suggested: suggestedNow(actions, all, earlier, reports),
    pulls: isUnavailable(facts.pulls)
      ? []
      : facts.pulls.pulls.filter(({ mergedAt }) => isIn(week, mergedAt)).map(rowOf),
    ledger: isUnavailable(facts.migrations)
      ? []
      : facts.migrations.entries
          .filter(({ committedAt }) => committedAt >= since && committedAt < week.end)
          .toSorted((a, b) => (a.committedAt < b.committedAt ? 1 : a.committedAt > b.committedAt ? -1 : 0)),
    usefulness: isUnavailable(useful) ? [] : useful,
    ...(facts.waivers && { waivers: waivers(facts) }),
    ...(deadline !== undefined && !isUnavailable(deadline) && { deadline }),
    notMeasured: [
      ...notMeasured(facts, reports),
      ...(isEmpty(facts, week) ? notFetched(facts, week) : []),
      ...(isUnavailable(useful) ? [`usefulness of rules: ${useful.unavailable}`] : []),
    ],
  };
}

function suggestedInRecords({ records }: HealthFacts, week: IsoWeek): readonly Suggested[] {
  if (isUnavailable(records)) return [];
  const earlier = records.filter((record) => record.week < week.label);
  return earlier.toSorted((a, b) => (a.week < b.week ? 1 : -1))[0]?.suggested ?? [];
}

/** A migration without a reason is another one each time, so it is said each time. */
function timesOf(about: MeasureId, before: ReadonlyMap<MeasureId, number>): number {
  return about === 'migrations-without-reason' ? 1 : (before.get(about) ?? 0) + 1;
}

function mayBeSaid(about: MeasureId, before: ReadonlyMap<MeasureId, number>): boolean {
  return timesOf(about, before) <= thresholds.mostRepeats.value;
}

/**
 * What is remembered for the next week. What was said as often as it may be stays on the list, with a count beyond that,
 * until it was measured and is over: left off, it would be said again two weeks later.
 */
function suggestedNow(
  actions: readonly HealthAction[],
  all: readonly HealthAction[],
  earlier: readonly Suggested[],
  reports: readonly MeasureReport[],
): readonly Suggested[] {
  const before = new Map(earlier.map(({ about, times }) => [about, times]));
  const most = thresholds.mostRepeats.value;
  const withheld = earlier
    .filter(({ times }) => times >= most)
    .filter(({ about }) => !actions.some((action) => action.about === about))
    .filter(({ about }) => all.some((action) => action.about === about) || !wasMeasured(about, reports));
  return [
    ...actions.map(({ about }) => ({ about, times: timesOf(about, before) })),
    ...withheld.map(({ about }) => ({ about, times: most + 1 })),
  ];
}

function uptakeOf(
  earlier: readonly Suggested[],
  all: readonly HealthAction[],
  reports: readonly MeasureReport[],
): Uptake | undefined {
  if (earlier.length === 0) return undefined;
  const again = new Set(all.map(({ about }) => about));
  const carriedOver = earlier.filter(({ about }) => again.has(about)).length;
  const takenUp = earlier.filter(({ about }) => !again.has(about) && wasMeasured(about, reports)).length;
  return { made: earlier.length, takenUp, carriedOver, unknown: earlier.length - carriedOver - takenUp };
}

function wasMeasured(about: MeasureId, reports: readonly MeasureReport[]): boolean {
  const measure = reports.find(({ id }) => id === about)?.measure;
  if (!measure || isUnavailable(measure)) return false;
  const last = measure.weeks.at(-1);
  return last?.value !== undefined && last.n > 0;
}

function factsOnly(merged: number, { pulls }: HealthFacts): { readonly factsOnly?: string } {
  const what = isUnavailable(pulls)
    ? counted(merged, 'change on the default branch', 'changes on the default branch')
    : counted(merged, 'merged pull request');
  if (merged < thresholds.leastMerged.value)
    return {
      factsOnly: `half a year had ${what}; usual ranges begin at ${thresholds.leastMerged.value}`,
    };
  if (merged < thresholds.leastForNews.value)
    return {
      factsOnly: `half a year had ${what}; below ${thresholds.leastForNews.value} nothing is called unusual`,
    };
  return {};
}

function isEmpty({ pulls, history }: HealthFacts, week: IsoWeek): boolean {
  if (isUnavailable(pulls) && isUnavailable(history)) return false;
  const merged = isUnavailable(pulls) ? [] : pulls.pulls.map(({ mergedAt }) => mergedAt);
  const committed = isUnavailable(history) ? [] : history.commits.map(({ committedAt }) => committedAt);
  return ![...merged, ...committed].some((at) => isIn(week, at));
}

function rowOf(pull: MergedPull): PullRow {
  const first = hoursToFirstHumanReview(pull);
  const after = linesAfterApproval(pull);
  const open = leftOpen(pull);
  return {
    number: pull.number,
    ...(pull.mergeCommit !== undefined && { mergeCommit: pull.mergeCommit }),
    lines: pull.lines,
    leadHours: hoursBetween(pull.createdAt, pull.mergedAt),
    ...(first !== undefined && { firstHumanReviewHours: first }),
    review: reviewKind(pull),
    ...(after !== undefined && { linesAfterApproval: after }),
    isByBot: isByBot(pull),
    ...(open && { leftOpen: open }),
  };
}
