import { evaluate } from '../../src/core/evaluate.ts';
import type { Facts } from '../../src/core/facts.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { ReviewFacts } from '../../src/core/review-facts.ts';
import type { Rule } from '../../src/core/rule.ts';
import { change, changedFile, facts } from '../support/facts.ts';

/** What a rule says of a pull request opened at 09:00. */
export function outcomeOf(rule: Rule, review: ReviewFacts, over: Partial<Facts> = {}): Outcome | undefined {
  return evaluate(facts({ review, now: '2026-03-02T18:00:00Z', ...over }), [rule])[0]?.outcome;
}

/** One word for it: "finding", "pass", "not-applicable", "not-available". */
export function verdictOf(...parameters: Parameters<typeof outcomeOf>): string | undefined {
  const kind = outcomeOf(...parameters)?.kind;
  return kind === 'findings' ? 'finding' : kind;
}

/** A change that adds so many lines to each file. */
export function changeOf(files: Readonly<Record<string, number>>) {
  return change({
    files: Object.entries(files).map(([path, lines]) =>
      changedFile({ path, added: lines > 0 ? [{ start: 1, end: lines }] : [] }),
    ),
  });
}

/** The three parts of the only finding, for reading them as a reader does. */
export function wordsOf(outcome: Outcome | undefined): readonly string[] {
  if (outcome?.kind !== 'findings') throw new Error(`There is no finding but ${JSON.stringify(outcome)}.`);
  return outcome.findings.flatMap(({ observation, impact, action }) => [observation, impact, action]);
}
