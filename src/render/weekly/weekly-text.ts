import type { HealthReport } from '../../core/health-report.ts';
import { daysOf } from '../../core/iso-week.ts';
import { withoutCommands } from '../../core/runner-commands.ts';
import { visible, wrapped } from '../terminal-lines.ts';
import { deadlineSentence } from './deadline-sentence.ts';
import { contextSentence, newsSentence, uptakeSentence } from './headline.ts';
import { measureRow } from './measure-words.ts';
import { shownMeasures } from './shown-measures.ts';

export interface WeeklyTextOptions {
  /** Columns to wrap at. */
  readonly width: number;
  readonly shownWeeks: number;
}

/** What a terminal shows of the last weeks. */
export function weeklyText(report: HealthReport, { width, shownWeeks }: WeeklyTextOptions): string {
  const { first, others } = shownMeasures(report);
  const rows = [...first, ...others].map(({ id, measure }) => measureRow(id, measure, shownWeeks));
  const header = {
    name: '',
    thisWeek: 'this week',
    change: 'change',
    trend: `${shownWeeks} weeks`,
    usual: 'usual',
  };
  const columns = (['name', 'thisWeek', 'trend', 'usual', 'change'] as const).map((column) => ({
    column,
    width: Math.max(...[header, ...rows].map((row) => [...row[column]].length)),
  }));
  const table = [header, ...rows].map((row) =>
    columns
      .map(({ column, width: columnWidth }) => pad(row[column], columnWidth))
      .join('  ')
      .trimEnd(),
  );
  const uptake = uptakeSentence(report.uptake);
  const { week } = report;
  const lines = [
    `${visible(report.repository.name)}  ${week.label}, ${daysOf(week)} (UTC)`,
    '',
    ...wrapped(`${newsSentence(report)} ${contextSentence(report)}`.trimEnd(), width, ''),
    '',
    ...[...report.actions, ...report.alsoNoted].flatMap(({ observation, impact, action }) => [
      ...wrapped(visible(`- ${observation} ${impact} ${action}`), width, '  '),
    ]),
    ...(report.actions.length + report.alsoNoted.length > 0 ? [''] : []),
    ...(rows.length > 0 ? [...table, ''] : []),
    ...(uptake ? [uptake, ''] : []),
    ...(report.deadline ? [...wrapped(deadlineSentence(report.deadline), width, ''), ''] : []),
    ...report.notMeasured.flatMap((reason) => wrapped(visible(`Not measured: ${reason}`), width, '  ')),
    '',
  ];
  return withoutCommands(lines.join('\n'));
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(width - [...text].length);
}
