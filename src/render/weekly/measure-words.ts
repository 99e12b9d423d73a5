import type { Measure, MeasureId, WeekValue } from '../../core/health-report.ts';
import { isUnavailable } from '../../core/part.ts';
import { rangeText, valueText } from '../../core/quantity-text.ts';
import { sparkline } from './sparkline.ts';

/** The name of a row. */
export const measureNames: Readonly<Record<MeasureId, string>> = {
  merged: 'Merged pull requests',
  commits: 'Changes on the default branch',
  'lead-time': 'From opening to merge, median',
  'first-human-review': 'To the first human review, median',
  'without-human-review': 'Merged without review by another human',
  'changed-after-approval': 'Merged with lines changed after approval',
  'migrations-without-reason': 'Migrations without a written reason',
  reverts: 'Reverts',
  coverage: 'Coverage',
  'review-near-deadline': 'Review window near deadlines, against before',
};

export interface MeasureRow {
  readonly name: string;
  readonly thisWeek: string;
  readonly change: string;
  readonly trend: string;
  readonly usual: string;
}

/** A measure as a row of words: its week with the base, how that compares, the weeks before, the usual range. */
export function measureRow(id: MeasureId, measure: Measure, shownWeeks: number): MeasureRow {
  const shown = measure.weeks.slice(-shownWeeks);
  return {
    name: measureNames[id],
    thisWeek: weekText(measure, shown.at(-1)),
    change: changeText(measure, shown),
    trend: sparkline(shown.map(({ value }) => value)),
    usual: isUnavailable(measure.usual) ? '–' : rangeText(measure.unit, measure.usual),
  };
}

function weekText({ unit }: Measure, week: WeekValue | undefined): string {
  if (!week) return '–';
  const { n, part, value } = week;
  if (unit === 'count') {
    if (value === undefined) return 'not read';
    return part === undefined ? String(value) : n === 0 ? 'none' : partText(part, n);
  }
  if (n === 0) return 'none';
  if (value === undefined) return part === undefined ? `only ${n}` : partText(part, n);
  return `${valueText(unit, value)} (${part === undefined ? n : partText(part, n)})`;
}

/** With no-break spaces, so that a narrow cell does not tear it apart. */
function partText(part: number, n: number): string {
  return `${part}\u00a0of\u00a0${n}`;
}

function changeText(measure: Measure, shown: readonly WeekValue[]): string {
  const { usual, unit } = measure;
  const [before, last] = shown.slice(-2);
  if (last?.value === undefined) return last && last.n > 0 ? 'too few to compare' : '–';
  if (last.part !== undefined && last.n === 0) return '–';
  if (!isUnavailable(usual)) {
    if (last.value > usual.high) return `▲ above usual${extreme(shown, last.value)}`;
    if (last.value < usual.low) return `▼ below usual${extreme(shown, last.value)}`;
    return 'as usual';
  }
  if (unit !== 'count' || before?.value === undefined || before.week === last.week) return '–';
  const difference = last.value - before.value;
  if (difference === 0) return 'as the week before';
  return `${difference > 0 ? '▲' : '▼'} ${Math.abs(difference)} on the week before`;
}

function extreme(shown: readonly WeekValue[], value: number): string {
  const others = shown.slice(0, -1).flatMap((week) => week.value ?? []);
  if (others.length < 3) return '';
  if (others.every((other) => other < value)) return `, most in ${shown.length} weeks`;
  return others.every((other) => other > value) ? `, least in ${shown.length} weeks` : '';
}
