import type { RuleUsefulness } from '../../core/health-report.ts';
import { code, link } from '../markdown.ts';
import { count } from '../numbers.ts';
import { rulePage } from '../rule-page.ts';

/** Rules with how often comments spoke of them, and how often that was waived or called noise. */
export function usefulnessTable(rules: readonly RuleUsefulness[]): string {
  return [
    '| Rule | Findings in comments | Waived | Called noise | Not useful |',
    '|:--|--:|--:|--:|--:|',
    ...rules.map(
      ({ rule, shown, waived, noise, share }) =>
        `| ${link(code(rule), rulePage(rule))} | ${count(shown)} | ${count(waived)} | ${count(noise)} | ${
          share === undefined ? 'n < 5' : `${Math.trunc(share * 100)} %`
        } |`,
    ),
    '',
    'On pull requests that were merged or closed in the last eight weeks. Not useful: waived or called noise, out of all that comments spoke of.',
  ].join('\n');
}
