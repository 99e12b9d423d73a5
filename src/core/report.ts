import type { CommitId } from './change.ts';
import type { Finding, Level } from './finding.ts';
import type { Outcome } from './outcome.ts';
import type { RuleLevel } from './settings.ts';

export interface RuleResult {
  readonly rule: string;
  readonly level: RuleLevel;
  readonly outcome: Outcome;
  /** The outcome was found by an earlier run on this head; this run lacked the facts to look again. */
  readonly fromEarlierRun?: boolean;
}

/** What renderers take: every rule accounted for, in the order of their ids. */
export interface Report {
  readonly schemaVersion: 1;
  readonly repository: { readonly name: string; readonly url?: string };
  readonly pullRequest?: number;
  readonly head?: CommitId;
  readonly mergeBase?: CommitId;
  readonly baseName?: string;
  readonly changedFiles: number;
  readonly migrations: number;
  readonly results: readonly RuleResult[];
  /** Parts of what was looked at that were left out, with their place (an unparsed statement, an unmapped report path). */
  readonly remarks: readonly string[];
}

const rank: Readonly<Record<Level, number>> = { failure: 0, warning: 1, notice: 2 };

/**
 * All findings that nobody waived, gravest first, then by rule, each rule's in the order in which it gave them (most
 * important first, else by place): the order every output uses.
 */
export function findingsOf(report: Report): readonly Finding[] {
  return allFindings(report).filter(({ waiver }) => waiver === undefined);
}

/** The findings that somebody waived, in the same order. */
export function waivedOf(report: Report): readonly Finding[] {
  return allFindings(report).filter(({ waiver }) => waiver !== undefined);
}

function allFindings(report: Report): readonly Finding[] {
  return report.results
    .flatMap((result) => (result.outcome.kind === 'findings' ? result.outcome.findings : []))
    .toSorted((a, b) => rank[a.level] - rank[b.level] || compare(a.rule, b.rule));
}

export function isAtLeast(level: Level, floor: Level): boolean {
  return rank[level] <= rank[floor];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
