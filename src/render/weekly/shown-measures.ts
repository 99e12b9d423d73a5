import type { HealthReport, Measure, MeasureId } from '../../core/health-report.ts';
import { isUnavailable } from '../../core/part.ts';

const order: readonly MeasureId[] = [
  'merged',
  'first-human-review',
  'without-human-review',
  'migrations-without-reason',
  'coverage',
  'changed-after-approval',
  'lead-time',
  'reverts',
  'commits',
];

/** Rows of the table that everybody sees. */
const mostRows = 5;

export interface ShownMeasure {
  readonly id: MeasureId;
  readonly measure: Measure;
}

/** The five measures of the table, always in one order, what is news among them; and the others. */
export function shownMeasures(report: HealthReport): {
  readonly first: readonly ShownMeasure[];
  readonly others: readonly ShownMeasure[];
} {
  const known = order.flatMap((id) => {
    const measure = report.measures.find((one) => one.id === id)?.measure;
    return measure && !isUnavailable(measure) ? [{ id, measure }] : [];
  });
  const byNews = known.toSorted((a, b) => Number(b.measure.isNews) - Number(a.measure.isNews));
  const chosen = new Set(byNews.slice(0, mostRows));
  return {
    first: known.filter((shown) => chosen.has(shown)),
    others: known.filter((shown) => !chosen.has(shown)),
  };
}
