import { code } from '../markdown.ts';
import { measureRow } from './measure-words.ts';
import type { ShownMeasure } from './shown-measures.ts';

/** One row per measure; words say what the sparkline shows. */
export function numbersTable(measures: readonly ShownMeasure[], shownWeeks: number): string {
  const rows = measures.map(({ id, measure }) => {
    const { name, thisWeek, change, trend, usual } = measureRow(id, measure, shownWeeks);
    const value = measure.isNews ? `**${thisWeek}**` : thisWeek;
    return `| ${name} | ${value} | ${change} | ${code(trend)} | ${usual} |`;
  });
  return [`| | This week | Change | ${shownWeeks} weeks | Usual |`, '|:--|--:|:--|:--|:--|', ...rows].join(
    '\n',
  );
}
