import type { FactPart, Facts } from './facts.ts';
import type { Finding, FindingDraft } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import { notAvailable, type Outcome } from './outcome.ts';
import { isUnavailable } from './part.ts';
import type { RuleResult } from './report.ts';
import type { FactsWith, Rule } from './rule.ts';

/**
 * Asks every rule. A rule whose facts are missing answers "not available" with their reason; one that breaks does the
 * same, so that a fault of ours is reported and never read as "fine". Results come in the order of the rule ids.
 */
export function evaluate(facts: Facts, rules: readonly Rule[]): readonly RuleResult[] {
  return rules
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((rule) => ({ rule: rule.id, level: rule.level, outcome: outcomeOf(rule, facts) }));
}

function outcomeOf(rule: Rule, facts: Facts): Outcome {
  for (const part of rule.needs) {
    const fact = facts[part];
    if (isUnavailable(fact)) return notAvailable(fact.unavailable);
  }
  try {
    const thresholds = Object.fromEntries(
      Object.entries(rule.thresholds).map(([name, { fallback }]) => [name, fallback]),
    );
    const verdict = rule.evaluate(facts as FactsWith<FactPart>, thresholds);
    if (verdict.kind !== 'findings') return verdict;
    return { kind: 'findings', findings: withIds(rule, verdict.findings) };
  } catch (error) {
    return notAvailable(
      `the rule broke (${error instanceof Error ? error.message : String(error)}); this is a fault of Review Vitals`,
    );
  }
}

function withIds(rule: Rule, drafts: readonly FindingDraft[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return drafts.map((draft) => {
    const identity = rule.identity(draft);
    const key = identity.join('\0');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return {
      ...draft,
      rule: rule.id,
      level: rule.level,
      fingerprint: fingerprint(rule.id, identity, ordinal),
    };
  });
}
