import { escapeHtml } from './escape-html.ts';

export interface LineChart {
  /** From left to right; undefined leaves a gap. Finite, not negative. */
  readonly values: readonly (number | undefined)[];
  /** The range that is usual, drawn as a band. */
  readonly band?: { readonly low: number; readonly high: number };
  /** What a person hears who does not see it. */
  readonly describes: string;
}

const width = 280;
const height = 72;
const margin = 6;

/**
 * A small chart as SVG without script, style sheet or font: it takes its colours from the custom properties `--line` and
 * `--band` of the page. The scale begins at 0. A value that stands alone between two gaps is a dot.
 */
export function lineChart({ values, band, describes }: LineChart): string {
  const known = values.flatMap((value) => value ?? []);
  const top = Math.max(...known, band?.high ?? 0, Number.MIN_VALUE);
  const x = (index: number) =>
    round(margin + (index * (width - 2 * margin)) / Math.max(1, values.length - 1));
  const y = (value: number) => round(height - margin - (value / top) * (height - 2 * margin));
  const points = values.flatMap((value, index) =>
    value === undefined ? [] : [{ index, at: `${x(index)},${y(value)}` }],
  );
  const runs: (typeof points)[] = [];
  for (const point of points) {
    const run = runs.at(-1);
    if (run?.at(-1)?.index === point.index - 1) run.push(point);
    else runs.push([point]);
  }
  const last = points.at(-1);
  const dots = [...runs.filter((run) => run.length === 1).flat(), ...(last ? [last] : [])];
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeHtml(describes)}">`,
    ...(band
      ? [
          `<rect x="0" y="${y(band.high)}" width="${width}" height="${Math.max(1, round(y(band.low) - y(band.high)))}" fill="var(--band)"/>`,
        ]
      : []),
    ...runs
      .filter((run) => run.length > 1)
      .map(
        (run) =>
          `<polyline points="${run.map(({ at }) => at).join(' ')}" fill="none" stroke="var(--line)" stroke-width="2" stroke-linejoin="round"/>`,
      ),
    ...[...new Set(dots)].map(({ at }) => {
      const [cx, cy] = at.split(',');
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="var(--line)"/>`;
    }),
    '</svg>',
  ].join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
