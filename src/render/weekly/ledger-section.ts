import type { MigrationEntry } from '../../core/health-facts.ts';
import type { HealthReport } from '../../core/health-report.ts';
import { code, link } from '../markdown.ts';
import { counted } from '../numbers.ts';
import { folded } from './folded.ts';

const mostMigrations = 20;

const reasons: Readonly<Record<MigrationEntry['reason'], string>> = {
  written: 'written',
  missing: 'not found',
  'not-needed': 'not needed',
  'not-judged': 'not judged',
};

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** What was found first, the long name last: in a narrow table it is the end that is cut off. */
export function ledgerSection({ ledger, repository }: HealthReport): string {
  const shown = ledger.slice(0, mostMigrations);
  const folder = commonFolder(shown.flatMap(({ paths }) => paths));
  const rows = shown.map(({ paths, committedAt, commit, reason }) => {
    const [first = '', ...others] = paths;
    const id = code(commit.slice(0, 7));
    const name = `${code(first.slice(folder.length))}${others.length > 0 ? ` and ${others.length} more` : ''}`;
    return `| ${reasons[reason].replace(' ', '\u00a0')} | ${days.format(new Date(committedAt)).replace(' ', '\u00a0')} | ${
      repository.url ? link(id, `${repository.url}/commit/${commit}`) : id
    } | ${name} |`;
  });
  const where = folder === '' ? '' : `In ${code(folder.slice(0, -1))}:\n\n`;
  const more =
    ledger.length > rows.length ? `\n\n${ledger.length - rows.length} older ones are not listed.` : '';
  return folded(
    `Migrations of the last eight weeks (${counted(ledger.length, 'change')})`,
    `${where}| Reason | Merged | Commit | Migration |\n|:--|:--|:--|:--|\n${rows.join('\n')}${more}`,
  );
}

/** With its slash; empty where they share none, and for a single file, whose path is short enough to be read whole. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  if (others.length === 0) return '';
  const parts = first.split('/').slice(0, -1);
  while (parts.length > 0 && !others.every((path) => path.startsWith(`${parts.join('/')}/`))) parts.pop();
  return parts.length === 0 ? '' : `${parts.join('/')}/`;
}
