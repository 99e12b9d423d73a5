import type { RuleResult } from './report.ts';

/**
 * A later event that lacks a fact never erases what an earlier one found on the same head: a rule that could not look
 * now keeps the outcome it had when it could.
 */
export function keepEarlierOutcomes(
  now: readonly RuleResult[],
  earlier: readonly RuleResult[],
): readonly RuleResult[] {
  const before = new Map(earlier.map((result) => [result.rule, result]));
  return now.map((result) => {
    const known = before.get(result.rule);
    if (result.outcome.kind !== 'not-available' || !known || known.outcome.kind === 'not-available')
      return result;
    return { ...known, level: result.level, fromEarlierRun: true };
  });
}
