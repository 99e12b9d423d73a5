import type { Level } from '../core/finding.ts';
import { projectUrl } from '../core/project.ts';
import { findingsOf, type Report } from '../core/report.ts';
import { jsonText } from './json-text.ts';
import { rulePage } from './rule-page.ts';

const severities: Readonly<Record<Level, string>> = { notice: 'INFO', warning: 'WARNING', failure: 'ERROR' };

/** reviewdog's diagnostic format, for whoever pipes findings into it. Source: reviewdog, `proto/rdf`. */
export function rdjson(report: Report): string {
  return jsonText({
    source: { name: 'review-vitals', url: projectUrl },
    diagnostics: findingsOf(report).map(({ rule, level, place, observation, impact, action }) => ({
      message: `${observation} ${impact} ${action}`,
      location: {
        path: place?.path ?? '',
        ...(place?.line !== undefined && {
          range: {
            start: { line: place.line },
            ...(place.endLine !== undefined && { end: { line: place.endLine } }),
          },
        }),
      },
      severity: severities[level],
      code: { value: rule, url: rulePage(rule) },
    })),
  });
}
