import type { HealthFacts } from '../core/health-facts.ts';
import type { Baseline, HealthRecord } from '../core/health-record.ts';
import type { HealthReport, MeasureId } from '../core/health-report.ts';
import { isUnavailable } from '../core/part.ts';
import { baselineOfSamples, startOfLearning } from '../review/measure/baseline.ts';
import { reviewSample } from '../review/measure/review-sample.ts';
import { quantile } from './measure/quantile.ts';
import { hoursBetween, hoursToFirstHumanReview, isByBot } from './measure/review-of-pull.ts';
import { thresholds } from './thresholds.ts';

/**
 * What is kept of a weekly run: quantiles over single pull requests for times, over weeks for shares and counts. A
 * measure with fewer than 20 observations (weeks: fewer than 8) is left out.
 */
export function healthRecordOf(facts: HealthFacts, report: HealthReport, run?: string): HealthRecord {
  const { uptake } = report;
  return {
    week: report.week.label,
    baselines: [...timesOf(facts), ...overWeeks(report)],
    suggested: report.suggested,
    ...(uptake && { uptake: { made: uptake.made, takenUp: uptake.takenUp } }),
    usefulness: facts.usefulness === undefined || isUnavailable(facts.usefulness) ? [] : facts.usefulness,
    ...reviewOf(facts, report),
    ...(run !== undefined && { run }),
  };
}

/** Up to the end of the week, so that a second run of the week learns the same. */
function reviewOf({ pulls }: HealthFacts, { week }: HealthReport): Pick<HealthRecord, 'review'> {
  if (isUnavailable(pulls)) return {};
  const start = startOfLearning(week.end);
  const since = Date.parse(pulls.completeSince) > Date.parse(start) ? pulls.completeSince : start;
  const samples = pulls.pulls.flatMap((pull) => reviewSample(pull) ?? []);
  return { review: baselineOfSamples(samples, week.end, since) };
}

function timesOf({ pulls }: HealthFacts): readonly Baseline[] {
  if (isUnavailable(pulls)) return [];
  const byPeople = pulls.pulls.filter((pull) => !isByBot(pull));
  return [
    ...baseline(
      'lead-time',
      byPeople.map(({ createdAt, mergedAt }) => hoursBetween(createdAt, mergedAt)),
      thresholds.leastForRange.value,
    ),
    ...baseline(
      'first-human-review',
      byPeople.flatMap((pull) => hoursToFirstHumanReview(pull) ?? []),
      thresholds.leastForRange.value,
    ),
  ];
}

function overWeeks({ measures }: HealthReport): readonly Baseline[] {
  return measures.flatMap(({ id, measure }) => {
    if (isUnavailable(measure) || measure.unit === 'hours') return [];
    return baseline(
      id,
      measure.weeks.flatMap(({ value }) => value ?? []),
      thresholds.leastWeeks.value,
    );
  });
}

function baseline(measure: MeasureId, values: readonly number[], least: number): readonly Baseline[] {
  if (values.length < least) return [];
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = [0.05, 0.1, 0.5, 0.9, 0.95].map((q) => quantile(values, q));
  return [{ measure, n: values.length, quantiles: [a, b, c, d, e] }];
}
