import type { HealthReport } from '../../core/health-report.ts';
import { jsonText } from '../json-text.ts';

/** The report for programs: versioned, in a fixed order, ending with a line feed. Ratios are 0–1, times are hours. */
export function weeklyJson(report: HealthReport): string {
  return jsonText(report);
}
