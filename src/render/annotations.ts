import type { Level } from '../core/finding.ts';
import { findingsOf, type Report } from '../core/report.ts';

const commands: Readonly<Record<Level, string>> = { notice: 'notice', warning: 'warning', failure: 'error' };

/** Workflow commands, which a runner turns into annotations; data is escaped as the runner expects it. */
export function annotations(report: Report): string {
  return findingsOf(report)
    .map(({ rule, level, place, observation, impact, action }) => {
      const properties = [
        ['title', rule],
        ['file', place?.path],
        ['line', place?.side === 'base' ? undefined : place?.line],
        ['endLine', place?.side === 'base' ? undefined : place?.endLine],
      ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]));
      return `::${commands[level]} ${properties.join(',')}::${data(`${observation} ${impact} ${action}`)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
