import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { globPattern } from './glob-pattern.ts';
import { mapFindings } from './map-findings.ts';
import type { RuleResult } from './report.ts';
import type { ConfiguredWaiver, Settings } from './settings.ts';
import { withPaths } from './with-paths.ts';

/** The facts without the paths that the settings tell to ignore. */
export function withoutIgnored(facts: Facts, settings: Settings): Facts {
  const patterns = (settings.ignore ?? []).map(globPattern);
  if (patterns.length === 0) return facts;
  return withPaths(facts, (path) => !patterns.some((pattern) => pattern.test(path)));
}

/** Marks the findings that a waiver of the settings covers on this day. An expired waiver covers nothing. */
export function withWaivers(
  results: readonly RuleResult[],
  settings: Settings,
  now: string,
): readonly RuleResult[] {
  const waivers = (settings.waivers ?? []).filter(({ until }) => now.slice(0, 10) <= until);
  if (waivers.length === 0) return results;
  return mapFindings(results, (finding) => waived(finding, waivers));
}

function waived(finding: Finding, waivers: readonly ConfiguredWaiver[]): Finding {
  const waiver = waivers.find(
    ({ rule, path }) =>
      rule === finding.rule && (path === undefined || globPattern(path).test(finding.place?.path ?? '')),
  );
  return waiver
    ? { ...finding, waiver: { reason: waiver.reason, until: waiver.until, from: 'settings' } }
    : finding;
}
