import type { Finding, Level } from '../core/finding.ts';
import { findingsOf, type Report } from '../core/report.ts';
import { accountLines } from './account.ts';

const commands: Readonly<Record<Level, string>> = { notice: 'notice', warning: 'warning', failure: 'error' };

/** GitHub shows so many annotations of a kind for a step; the rest stands in its log alone. */
const mostShown = 10;

/**
 * Workflow commands, which a runner turns into annotations; data is escaped as the runner expects it. The first one
 * accounts for every rule: without it nothing found and nothing looked at would read the same.
 */
export function annotations(report: Report): string {
  const found = findingsOf(report);
  // The account is a notice itself.
  const kinds = ['notice', ...found.map(({ level }) => level)];
  const isCut = Object.keys(commands).some((kind) => kinds.filter((one) => one === kind).length > mostShown);
  const lines = [
    ...accountLines(report),
    ...(isCut
      ? [`GitHub shows ${mostShown} annotations of a kind for a step; this log has all of them.`]
      : []),
  ];
  const accounts = `::notice title=Review Vitals::${data(lines.join('\n'))}\n`;
  return [accounts, ...found.map(annotation)].join('');
}

function annotation({ rule, level, place, observation, impact, action }: Finding): string {
  const properties = [
    ['title', rule],
    ['file', place?.path],
    ['line', place?.side === 'base' ? undefined : place?.line],
    ['endLine', place?.side === 'base' ? undefined : place?.endLine],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]));
  return `::${commands[level]} ${properties.join(',')}::${data(`${observation} ${impact} ${action}`)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
