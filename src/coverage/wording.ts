import type { LineRange } from '../core/change.ts';
import { thousands } from '../core/quantity-text.ts';

const mostRanges = 3;

/** "line 7" or "lines 7–9". */
export function lineRange(word: 'line' | 'Line', { start, end }: LineRange): string {
  return start === end ? `${word} ${start}` : `${word}s ${start}\u2013${end}`;
}

/** "lines 7–9, 14, 20 and 2 more places", in file order; the first ranges given are the ones shown. A single one more is shown too. */
export function lineList(word: 'line' | 'Line', ranges: readonly LineRange[]): string {
  const limit = ranges.length === mostRanges + 1 ? ranges.length : mostRanges;
  const shown = ranges.slice(0, limit).toSorted((a, b) => a.start - b.start);
  const [only] = shown;
  const more = ranges.length - shown.length;
  if (only === undefined) return `no ${word}`;
  if (shown.length === 1 && more === 0) return lineRange(word, only);
  const listed = shown
    .map(({ start, end }) => (start === end ? `${start}` : `${start}\u2013${end}`))
    .join(', ');
  return `${word}s ${listed}${more > 0 ? ` and ${more} more places` : ''}`;
}

/** Cut, never rounded up: 100 % appears only when all of it is so. "< 1 %" stands for more than nothing. */
export function percent(part: number, whole: number): string {
  if (part > 0 && part * 100 < whole) return '< 1 %';
  return `${Math.floor((part * 100) / whole)} %`;
}

/** "1 entry", "2,310 entries". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${thousands(value)} ${value === 1 ? one : many}`;
}

/** "91.2 %": one decimal, cut and never rounded, so that 100.0 % appears only when all of it is so. */
export function shareText({ ran, lines }: { readonly ran: number; readonly lines: number }): string {
  return `${tenths(lines === 0 ? 1000 : Math.floor((ran * 1000) / lines))} %`;
}

/** "2.3 points" of a drop as a ratio, cut. */
export function pointsText(drop: number): string {
  return `${tenths(Math.floor(drop * 1000 + 1e-9))} points`;
}

function tenths(value: number): string {
  return `${Math.floor(value / 10)}.${value % 10}`;
}
