import { findingsOf, type Report, waivedOf } from '../core/report.ts';
import { jsonText } from './json-text.ts';

/** The report for programs: versioned, in a fixed order, ending with a line feed. Ratios are 0–1. */
export function json(report: Report): string {
  const {
    schemaVersion,
    repository,
    pullRequest,
    head,
    mergeBase,
    baseName,
    changedFiles,
    migrations,
    results,
    remarks,
  } = report;
  return jsonText({
    schemaVersion,
    repository,
    pullRequest,
    head,
    mergeBase,
    base: baseName,
    changedFiles,
    migrations,
    findings: findingsOf(report),
    waived: waivedOf(report),
    rules: results.map(({ rule, level, outcome, fromEarlierRun }) => ({
      rule,
      level,
      outcome: outcome.kind,
      ...(outcome.kind === 'pass' && { seen: outcome.seen }),
      ...((outcome.kind === 'not-applicable' || outcome.kind === 'not-available') && {
        reason: outcome.reason,
      }),
      ...(outcome.kind === 'findings' && {
        findings: outcome.findings.map(({ fingerprint }) => fingerprint),
      }),
      ...((outcome.kind === 'pass' || outcome.kind === 'findings') &&
        outcome.coverage && { coverage: outcome.coverage }),
      ...(fromEarlierRun && { fromEarlierRun }),
    })),
    remarks,
  });
}
