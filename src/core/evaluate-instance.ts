import { evaluate } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { globPattern } from './glob-pattern.ts';
import { notApplicable } from './outcome.ts';
import { isUnavailable } from './part.ts';
import { quoteName } from './quote-name.ts';
import type { RuleResult } from './report.ts';
import type { Rule } from './rule.ts';
import type { Settings } from './settings.ts';
import { withPaths } from './with-paths.ts';

/**
 * Asks every rule about what this instance looks after: all of the change, or the paths that the settings give it. What is
 * about the pull request as a whole (its review) cannot be divided: it is told by the first instance, in the order of the
 * settings, whose paths the change touches, so that it is told once.
 */
export function evaluateInstance(
  facts: Facts,
  rules: readonly Rule[],
  settings: Settings,
): readonly RuleResult[] {
  const instance = facts.settings.instance ?? 'default';
  const { instances = {} } = settings;
  const paths = Object.hasOwn(instances, instance) ? instances[instance] : undefined;
  if (paths === undefined || isUnavailable(facts.change)) return evaluate(facts, rules, settings);
  const changed = facts.change.files;
  const isTouched = (globs: readonly string[]) => {
    const patterns = globs.map(globPattern);
    return changed.some(({ path }) => patterns.some((pattern) => pattern.test(path)));
  };
  if (!isTouched(paths)) {
    return without(
      rules,
      settings,
      `the change touches none of the paths of the instance ${quoteName(instance)}`,
    );
  }
  const [teller] = Object.entries(instances).find(([, globs]) => isTouched(globs)) ?? [];
  const isWhole = ({ needs }: Rule) => needs.includes('review');
  const whole = rules.filter(isWhole);
  const patterns = paths.map(globPattern);
  return [
    ...evaluate(
      withPaths(facts, (path) => patterns.some((pattern) => pattern.test(path))),
      rules.filter((rule) => !isWhole(rule)),
      settings,
    ),
    ...(teller === instance || teller === undefined
      ? evaluate(facts, whole, settings)
      : without(
          whole,
          settings,
          `the instance ${quoteName(teller)} tells what is about the whole pull request`,
        )),
  ].toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
}

function without(rules: readonly Rule[], settings: Settings, reason: string): readonly RuleResult[] {
  return rules
    .map(({ id, level }) => ({
      rule: id,
      level: settings.rules?.[id]?.level ?? level,
      outcome: notApplicable(reason),
    }))
    .toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
}
