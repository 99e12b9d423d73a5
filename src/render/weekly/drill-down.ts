import type { HealthReport, PullRow } from '../../core/health-report.ts';
import { hoursText } from '../../core/quantity-text.ts';
import { code, link, prose } from '../markdown.ts';
import { counted } from '../numbers.ts';
import { chart } from './chart.ts';
import { deadlineMethod, deadlineSentence } from './deadline-sentence.ts';
import { folded } from './folded.ts';
import { ledgerSection } from './ledger-section.ts';
import { leftOpenWords } from './left-open-words.ts';
import { numbersTable } from './numbers-table.ts';
import { shownMeasures } from './shown-measures.ts';
import { usefulnessTable } from './usefulness-table.ts';
import { waiverTable } from './waiver-texts.ts';

const mostPulls = 30;

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
    ...(report.deadline
      ? [folded('Review near deadlines', prose(`${deadlineSentence(report.deadline)} ${deadlineMethod}`))]
      : []),
    ...(report.waivers && report.waivers.length > 0
      ? [folded(`Waivers (${report.waivers.length})`, waiverTable(report.waivers))]
      : []),
    ...(report.usefulness.length > 0
      ? [
          folded(
            `Usefulness of rules (${counted(
              report.usefulness.reduce((sum, { shown }) => sum + shown, 0),
              'finding',
            )})`,
            usefulnessTable(report.usefulness),
          ),
        ]
      : []),
    folded(
      `How this is measured, and what is not (${report.notMeasured.length})`,
      [
        ...report.notMeasured.map((reason) => `- Not measured: ${prose(reason.replace(/\.+$/, ''))}.`),
        ...method,
      ].join('\n'),
    ),
  ];
}

const method = [
  '- Weeks are ISO weeks in UTC. Times include nights and weekends; pull requests opened by bots are left out of all but the counts.',
  '- A usual range is where the middle of this repository’s own earlier weeks lies (10 to 90 percent of 25 weeks). One week in ten lies above it by nature; news takes a clear distance that chance would give less than once in 50 weeks.',
  '- A week’s median or share is told from 5 pull requests on, a range from 20.',
];

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
    '| Pull request | Open for | To first human review | Reviewed by | Lines | Changed after approval | Open at the merge |',
    '|:--|--:|--:|:--|--:|--:|:--|',
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
    leftOpenWords(row),
  ].join(' | ')} |`;
}
