import type { HealthReport, Measure, MeasureId } from '../../core/health-report.ts';
import { isUnavailable } from '../../core/part.ts';
import { valueText } from '../../core/quantity-text.ts';
import { fenced } from '../markdown.ts';
import { measureNames } from './measure-words.ts';
import { type ShownMeasure, shownMeasures } from './shown-measures.ts';

/** At least 3:1 against white and against GitHub's dark background; Mermaid's own first colour is next to invisible. */
const palette = '#2f81f7, #db6d28';
/** Fewer points are no trend. */
const fewestPoints = 3;

export interface Chart {
  readonly title: string;
  /** Mermaid in a fence, of the subset that versions 10.9 to 12 draw. */
  readonly mermaid: string;
  /** The same numbers as a table: a chart that fails to draw loses nothing. */
  readonly table: string;
}

/** One line chart: the measure in the news, else the first that has enough weeks; a second, flat line is the usual week. */
export function chart(report: HealthReport, shownWeeks: number): Chart | undefined {
  const { first, others } = shownMeasures(report);
  const candidates = [...first, ...others].toSorted(
    (a, b) => Number(b.measure.isNews) - Number(a.measure.isNews) || rank(a.id) - rank(b.id),
  );
  for (const candidate of candidates) {
    const drawn = draw(candidate, shownWeeks);
    if (drawn) return drawn;
  }
  return undefined;
}

const preferred: readonly MeasureId[] = ['first-human-review', 'without-human-review', 'merged', 'commits'];

function rank(id: MeasureId): number {
  const place = preferred.indexOf(id);
  return place < 0 ? preferred.length : place;
}

function draw({ id, measure }: ShownMeasure, shownWeeks: number): Chart | undefined {
  const points = measure.weeks
    .slice(-shownWeeks)
    .flatMap(({ week, value }) => (value === undefined || !Number.isFinite(value) ? [] : [{ week, value }]));
  const highest = Math.max(...points.map(({ value }) => value));
  if (points.length < fewestPoints || !(highest > 0)) return undefined;
  const usual = isUnavailable(measure.usual) ? undefined : measure.usual.median;
  const values = points.map(({ value }) => number(measure, value));
  const greatest = Math.max(...values, usual === undefined ? 0 : number(measure, usual));
  // A share ends at 100 percent, and so does its axis.
  const top = measure.unit === 'ratio' && greatest <= 100 ? 100 : Math.ceil(greatest * 1.1);
  const title = `${measureNames[id].replace(', median', '')} (${units[measure.unit]})`;
  const lines = usual === undefined ? title : `${title}: the flat line is the usual week`;
  const [oldest, newest] = [points[0], points.at(-1)];
  const describes = `From ${valueText(measure.unit, oldest?.value ?? 0)} in ${oldest?.week} to ${valueText(measure.unit, newest?.value ?? 0)} in ${newest?.week}`;
  const mermaid = [
    `%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "${palette}"}}, "xyChart": {"width": 820, "height": 230}}}%%`,
    'xychart-beta',
    `  accTitle: ${label(title)}`,
    `  accDescr: ${label(describes)}`,
    `  title "${label(lines)}"`,
    `  x-axis [${points.map(({ week }) => week.slice(5)).join(', ')}]`,
    `  y-axis "${units[measure.unit]}" 0 --> ${Math.max(1, top)}`,
    `  line [${values.join(', ')}]`,
    ...(usual === undefined ? [] : [`  line [${points.map(() => number(measure, usual)).join(', ')}]`]),
  ].join('\n');
  const table = [
    `| Week | ${points.map(({ week }) => week.slice(5)).join(' | ')} |`,
    `|:--|${points.map(() => '--:').join('|')}|`,
    `| ${title} | ${values.join(' | ')} |`,
  ].join('\n');
  return { title, mermaid: fenced('mermaid', mermaid), table };
}

const units = { ratio: 'percent', hours: 'hours', count: 'number' } as const;

function number({ unit }: Measure, value: number): number {
  return Math.round((unit === 'ratio' ? value * 100 : value) * 10) / 10;
}

/** Quotes, semicolons and hashes end or break Mermaid's texts. */
function label(text: string): string {
  return text
    .replace(/["#;`<>]/g, '')
    .replaceAll('’', '')
    .replaceAll('\u00a0', ' ');
}
