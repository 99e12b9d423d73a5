import { findingsOf, type Report, type RuleResult } from '../core/report.ts';
import { counted } from './numbers.ts';

/** "2 findings (1 warning) · 14 rules passed · 2 not applicable · 1 not checked": every rule is in one of the counts. */
export function account(report: Report): string {
  const found = findingsOf(report);
  const graver = [
    ['failure', found.filter(({ level }) => level === 'failure').length],
    ['warning', found.filter(({ level }) => level === 'warning').length],
  ] as const;
  const levels = graver.filter(([, number]) => number > 0).map(([level, number]) => counted(number, level));
  const passed = ofKind(report, 'pass').length;
  const notApplicable = ofKind(report, 'not-applicable').length;
  const notChecked = ofKind(report, 'not-available').length;
  return [
    `${found.length === 0 ? 'No findings' : counted(found.length, 'finding')}${levels.length > 0 ? ` (${levels.join(', ')})` : ''}`,
    `${counted(passed, 'rule')} passed`,
    ...(notApplicable > 0 ? [`${notApplicable} not applicable`] : []),
    ...(notChecked > 0 ? [`${notChecked} not checked`] : []),
  ].join(' · ');
}

/** The account, why rules could not look, and what else the run has to say, a line each: for forms that hold findings only. */
export function accountLines(report: Report): readonly string[] {
  return [
    account(report),
    ...notChecked(report).map(({ rules, reason }) => `Not checked: ${rules.join(', ')} (${reason})`),
    ...report.remarks.map((remark) => `Note: ${remark}`),
  ];
}

/** Rules that could not look, grouped by their reason, so that one missing permission is said once. */
export function notChecked(
  report: Report,
): readonly { readonly rules: readonly string[]; readonly reason: string }[] {
  const byReason = new Map<string, string[]>();
  for (const { rule, outcome } of report.results) {
    if (outcome.kind !== 'not-available') continue;
    byReason.set(outcome.reason, [...(byReason.get(outcome.reason) ?? []), rule]);
  }
  return [...byReason].map(([reason, rules]) => ({ rules, reason }));
}

export function ofKind(report: Report, kind: RuleResult['outcome']['kind']): readonly RuleResult[] {
  return report.results.filter((result) => result.outcome.kind === kind);
}
