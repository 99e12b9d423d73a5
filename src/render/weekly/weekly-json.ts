import type { HealthReport } from '../../core/health-report.ts';

/** The report for programs: versioned, in a fixed order, ending with a line feed. Ratios are 0–1, times are hours. */
export function weeklyJson(report: HealthReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
