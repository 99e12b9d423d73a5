import type { LineCount, StatusRun } from '../../core/coverage-facts.ts';

export const noLines: LineCount = { ran: 0, lines: 0 };

export function plus(a: LineCount, b: LineCount): LineCount {
  return { ran: a.ran + b.ran, lines: a.lines + b.lines };
}

export function minus(a: LineCount, b: LineCount): LineCount {
  return { ran: a.ran - b.ran, lines: a.lines - b.lines };
}

/** A line ran when it ran on some of its branches too. */
export function countOf(runs: readonly StatusRun[]): LineCount {
  let [ran, all] = [0, 0];
  for (const [, lines, status] of runs) {
    all += lines;
    if (status !== 'miss') ran += lines;
  }
  return { ran, lines: all };
}
