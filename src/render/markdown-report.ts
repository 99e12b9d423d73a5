import type { Report } from '../core/report.ts';
import { jobSummary } from './check-run.ts';

/** The report as one Markdown page, as the job summary shows it. */
export function markdown(report: Report): string {
  return `${jobSummary(report, [])}\n`;
}
