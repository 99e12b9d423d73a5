import type { DeadlineReport } from '../../core/deadline-report.ts';
import type { HealthAction, Measure } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { deadlineAction } from './deadline-action.ts';

/** The test as a measure of the week it was made in, so that what is suggested is remembered like any other suggestion. */
export function deadlineMeasure(report: Part<DeadlineReport>, weeks: readonly IsoWeek[]): Part<Measure> {
  if (isUnavailable(report)) return report;
  const { verdict, approvals, ratio } = report;
  return {
    unit: 'ratio',
    weeks: weeks.map(({ label }, i) =>
      i === weeks.length - 1 && verdict !== 'open'
        ? { week: label, n: approvals, value: ratio }
        : { week: label, n: 0 },
    ),
    usual: unavailable('it compares the ends of sprints with their other days, not weeks'),
    isNews: verdict === 'drops',
  };
}

/** One suggestion, or none. */
export function deadlineActions(report: Part<DeadlineReport> | undefined): readonly HealthAction[] {
  const texts = report === undefined || isUnavailable(report) ? undefined : deadlineAction(report);
  return texts ? [{ about: 'review-near-deadline', ...texts }] : [];
}
