import type { FactPart, Facts } from './facts.ts';
import type { Finding, FindingDraft, Level } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import { notApplicable, notAvailable, type Outcome } from './outcome.ts';
import { isUnavailable } from './part.ts';
import type { RuleResult } from './report.ts';
import type { FactsWith, Rule } from './rule.ts';
import type { Settings } from './settings.ts';

/**
 * Asks every rule at the level and with the thresholds in force. A rule whose facts are missing answers "not available"
 * with their reason; one that breaks does the same, so that a fault of ours is reported and never read as "fine". Results
 * come in the order of the rule ids, and a rule that is switched off is accounted for too.
 */
export function evaluate(
  facts: Facts,
  rules: readonly Rule[],
  settings: Settings = {},
): readonly RuleResult[] {
  return rules
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((rule) => {
      const { level = rule.level, thresholds = {} } = settings.rules?.[rule.id] ?? {};
      const outcome =
        level === 'off'
          ? notApplicable('it is switched off in the settings')
          : outcomeOf(rule, level, thresholds, facts);
      return { rule: rule.id, level, outcome };
    });
}

function outcomeOf(
  rule: Rule,
  level: Level,
  overrides: Readonly<Record<string, number>>,
  facts: Facts,
): Outcome {
  for (const part of rule.needs) {
    const fact = facts[part];
    if (isUnavailable(fact)) return notAvailable(fact.unavailable);
  }
  try {
    const thresholds = Object.fromEntries(
      Object.entries(rule.thresholds).map(([name, { fallback }]) => [name, overrides[name] ?? fallback]),
    );
    const verdict = rule.evaluate(facts as FactsWith<FactPart>, thresholds);
    if (verdict.kind !== 'findings') return verdict;
    return { ...verdict, findings: withIds(rule, level, verdict.findings) };
  } catch (error) {
    return notAvailable(
      `the rule broke (${error instanceof Error ? error.message : String(error)}); this is a fault of Review Vitals`,
    );
  }
}

function withIds(rule: Rule, level: Level, drafts: readonly FindingDraft[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return drafts.map((draft) => {
    const identity = rule.identity(draft);
    const key = identity.join('\0');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return {
      ...draft,
      rule: rule.id,
      level,
      fingerprint: fingerprint(rule.id, identity, ordinal),
    };
  });
}
