import type { HealthReport, WaiverRow } from '../../core/health-report.ts';
import { code, link, prose } from '../markdown.ts';
import { rulePage } from '../rule-page.ts';

const mostNamed = 3;

/** "A waiver ends soon: …": what has to be decided anew; undefined when nothing has. */
export function waiverSentence({ waivers = [] }: HealthReport): string | undefined {
  const due = (['ended', 'ends soon'] as const).flatMap((state) => {
    const rows = waivers.filter((row) => row.state === state);
    if (rows.length === 0) return [];
    const named = rows.slice(0, mostNamed).map((row) => `${what(row)} (${row.until})`);
    const more = rows.length > mostNamed ? ` and ${rows.length - mostNamed} more` : '';
    return [`${opening(state, rows.length)}: ${named.join(', ')}${more}.`];
  });
  return due.length === 0 ? undefined : due.join(' ');
}

function opening(state: 'ended' | 'ends soon', count: number): string {
  if (count === 1) return state === 'ended' ? 'A waiver has ended' : 'A waiver ends within two weeks';
  return state === 'ended' ? `${count} waivers have ended` : `${count} waivers end within two weeks`;
}

/** All of them, with their reasons. */
export function waiverTable(waivers: readonly WaiverRow[]): string {
  return [
    '| Rule | Paths | Until | | Reason |',
    '|:--|:--|:--|:--|:--|',
    ...waivers.map(
      ({ rule, path, until, state, reason }) =>
        `| ${link(code(rule), rulePage(rule))} | ${path === undefined ? 'all' : code(path)} | ${until} | ${state} | ${prose(reason)} |`,
    ),
  ].join('\n');
}

function what({ rule, path }: WaiverRow): string {
  return path === undefined ? code(rule) : `${code(rule)} on ${code(path)}`;
}
