import type { Finding } from './finding.ts';
import type { RuleResult } from './report.ts';

/** The same results with every finding replaced by what `change` makes of it. */
export function mapFindings(
  results: readonly RuleResult[],
  change: (finding: Finding) => Finding,
): readonly RuleResult[] {
  return results.map((result) =>
    result.outcome.kind === 'findings'
      ? { ...result, outcome: { ...result.outcome, findings: result.outcome.findings.map(change) } }
      : result,
  );
}
