import type { HealthAction, HealthReport, Suggested } from '../../core/health-report.ts';
import { cutToLength, maxCommentLength } from '../limits.ts';
import { plain, prose } from '../markdown.ts';
import { drillDown } from './drill-down.ts';
import { folded } from './folded.ts';
import { contextSentence, hasRange, isQuiet, newsSentence, title, uptakeSentence } from './headline.ts';
import { numbersTable } from './numbers-table.ts';
import { shownMeasures } from './shown-measures.ts';
import { waiverSentence } from './waiver-texts.ts';
import { weeklyMarker } from './weekly-marker.ts';

export interface WeeklyIssue {
  readonly week: string;
  readonly title: string;
  /** Marker, report, footer: below GitHub's limit. */
  readonly body: string;
  readonly suggested: readonly Suggested[];
  /** Nothing was merged or committed: no new issue is worth opening. */
  readonly isEmpty: boolean;
}

export const weeklyLabel = 'repo-health';
const shownByDefault = 8;

/** The report of one week as an issue. `instance` keeps two set-ups in one repository apart. */
export function weeklyIssue(report: HealthReport, instance: string): WeeklyIssue {
  const { week, suggested, isEmpty } = report;
  const marker = weeklyMarker({ instance, week: week.label, suggested });
  return {
    week: week.label,
    title: title(report),
    body: `${marker}\n${weeklyMarkdown(report)}`,
    suggested,
    isEmpty,
  };
}

/** One screen: news, at most three actions, five numbers; the rest is folded. A quiet week has three lines. */
export function weeklyMarkdown(report: HealthReport, shownWeeks = shownByDefault): string {
  const { first } = shownMeasures(report);
  const opening = `**${plain(newsSentence(report))}** ${plain(contextSentence(report))}`.trimEnd();
  const uptake = uptakeSentence(report.uptake);
  const waivers = waiverSentence(report);
  const table = numbersTable(first, shownWeeks);
  const more = drillDown(report, shownWeeks);
  if (isQuiet(report)) {
    return `${[
      [opening, ...(uptake ? [plain(uptake)] : []), ...(waivers ? [waivers] : [])].join(' '),
      folded(
        'The numbers, and what was not measured',
        cutToLength([table, ...more], maxCommentLength, inHistory),
      ),
      footer(report),
    ].join('\n\n')}\n`;
  }
  const sections = [
    opening,
    ...(report.actions.length > 0
      ? [`### Worth doing this week\n\n${report.actions.map(actionItem).join('\n')}`]
      : []),
    `### The numbers\n\n${table}`,
    ...(uptake ? [plain(uptake)] : []),
    ...(waivers ? [waivers] : []),
  ];
  return `${cutToLength([...sections, ...more, footer(report)], maxCommentLength, inHistory)}\n`;
}

const inHistory = '`review-vitals history --format json` has all of it';

function actionItem({ observation, impact, action }: HealthAction): string {
  return `- [ ] **${prose(observation)}** ${prose(`${impact} ${action}`)}`;
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function footer(report: HealthReport): string {
  const { number, start, end } = report.week;
  const last = new Date(Date.parse(end) - 1);
  const span = `${days.format(new Date(start))} – ${days.format(last)} ${last.getUTCFullYear()}`;
  return `<sub>Week ${number}, ${span} (UTC)${hasRange(report) ? ', against up to 25 weeks before' : ''}. About the repository, never about a person.</sub>`;
}
