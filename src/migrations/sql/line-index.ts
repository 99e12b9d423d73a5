import type { LineRange } from '../../core/change.ts';
import type { Span } from './scan-sql.ts';

/** Tells the line, counted from 1, on which a character offset lies. */
export interface LineIndex {
  lineAt(offset: number): number;
  linesOf(span: Span): LineRange;
}

export function lineIndexOf(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const lineAt = (offset: number) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  return {
    lineAt,
    linesOf: ({ start, end }) => ({ start: lineAt(start), end: lineAt(Math.max(start, end - 1)) }),
  };
}
