import type { MigrationEntry } from '../../core/health-facts.ts';
import type { HealthReport, PullRow } from '../../core/health-report.ts';
import { hoursText } from '../../core/quantity-text.ts';
import { code, link, plain, prose } from '../markdown.ts';
import { counted } from '../numbers.ts';
import { chart } from './chart.ts';
import { numbersTable } from './numbers-table.ts';
import { shownMeasures } from './shown-measures.ts';

const mostPulls = 30;
const mostMigrations = 20;

/** Everything that stands folded below the table, one section each, the most telling first. */
export function drillDown(report: HealthReport, shownWeeks: number): readonly string[] {
  const { others } = shownMeasures(report);
  const drawn = chart(report, shownWeeks);
  return [
    ...(drawn ? [folded(`${drawn.title}, by week`, `${drawn.mermaid}\n\n${drawn.table}`)] : []),
    ...(others.length > 0
      ? [folded(`More numbers (${others.length})`, numbersTable(others, shownWeeks))]
      : []),
    ...(report.alsoNoted.length > 0
      ? [
          folded(
            `Also noted (${report.alsoNoted.length}): said twice already, or beyond three`,
            report.alsoNoted
              .map(({ observation, impact }) => `- ${prose(`${observation} ${impact}`)}`)
              .join('\n'),
          ),
        ]
      : []),
    ...(report.pulls.length > 0 ? [pullsSection(report)] : []),
    ...(report.ledger.length > 0 ? [ledgerSection(report)] : []),
    folded(
      `How this is measured, and what is not (${report.notMeasured.length})`,
      [...report.notMeasured.map((reason) => `- Not measured: ${plain(reason)}.`), ...method].join('\n'),
    ),
  ];
}

const method = [
  '- Weeks are ISO weeks in UTC. Times include nights and weekends; pull requests opened by bots are left out of all but the counts.',
  '- A usual range is where the middle of this repository’s own earlier weeks lies (10 to 90 percent of 25 weeks). One week in ten lies above it by nature; news takes a clear distance that chance would give less than once in 50 weeks.',
  '- A week’s median or share is told from 5 pull requests on, a range from 20.',
];

export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/**
 * Numbers lead to the merge commit and not to the pull request: a link to that would leave a "mentioned" in each one's
 * conversation every week.
 */
function pullsSection({ pulls, repository, week }: HealthReport): string {
  const rows = pulls.toSorted(
    (a, b) =>
      Number(a.isByBot) - Number(b.isByBot) ||
      Number(b.review !== 'human') - Number(a.review !== 'human') ||
      (b.linesAfterApproval ?? 0) - (a.linesAfterApproval ?? 0) ||
      a.number - b.number,
  );
  const days = `${week.start.slice(0, 10)}..${new Date(Date.parse(week.end) - 1).toISOString().slice(0, 10)}`;
  const all = repository.url
    ? `\n\n${link('All of them on GitHub', `${repository.url}/pulls?q=is:pr+is:merged+merged:${days}`)}`
    : '';
  const more = rows.length > mostPulls ? `\n\n${rows.length - mostPulls} more are not listed.` : '';
  const table = [
    '| Pull request | Open for | To first human review | Reviewed by | Lines | Changed after approval |',
    '|:--|--:|--:|:--|--:|--:|',
    ...rows.slice(0, mostPulls).map((row) => pullRow(row, repository.url)),
  ].join('\n');
  return folded(`Pull requests behind these numbers (${pulls.length})`, `${table}${more}${all}`);
}

const reviewers: Readonly<Record<PullRow['review'], string>> = {
  human: 'a human',
  'bot only': 'a bot only',
  none: 'nobody',
  'not read': 'not read',
};

function pullRow(row: PullRow, url: string | undefined): string {
  const number = code(String(row.number));
  return `| ${[
    row.mergeCommit && url ? link(number, `${url}/commit/${row.mergeCommit}`) : number,
    hoursText(row.leadHours),
    row.firstHumanReviewHours === undefined ? '–' : hoursText(row.firstHumanReviewHours),
    row.isByBot ? `${reviewers[row.review]} (a bot’s change)` : reviewers[row.review],
    String(row.lines),
    row.linesAfterApproval === undefined ? '–' : String(row.linesAfterApproval),
  ].join(' | ')} |`;
}

const reasons: Readonly<Record<MigrationEntry['reason'], string>> = {
  written: 'written',
  missing: 'not found',
  'not-needed': 'not needed',
  'not-judged': 'not judged',
};

function ledgerSection({ ledger, repository }: HealthReport): string {
  const rows = ledger.slice(0, mostMigrations).map(({ paths, committedAt, commit, reason }) => {
    const [first = '', ...others] = paths;
    const id = code(commit.slice(0, 7));
    return `| ${code(first)}${others.length > 0 ? ` and ${others.length} more` : ''} | ${committedAt.slice(0, 10)} | ${
      repository.url ? link(id, `${repository.url}/commit/${commit}`) : id
    } | ${reasons[reason]} |`;
  });
  const more =
    ledger.length > rows.length ? `\n\n${ledger.length - rows.length} older ones are not listed.` : '';
  return folded(
    `Migrations of the last eight weeks (${counted(ledger.length, 'change')})`,
    `| Migration | Merged | Commit | Reason |\n|:--|:--|:--|:--|\n${rows.join('\n')}${more}`,
  );
}
