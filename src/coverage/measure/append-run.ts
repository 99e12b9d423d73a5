import type { LineStatus } from '../../core/coverage-facts.ts';

/** Adds lines behind those that are there; what goes on with the same status makes the last run longer. */
export function appendRun(
  runs: [number, number, LineStatus][],
  start: number,
  lines: number,
  status: LineStatus,
): void {
  const last = runs.at(-1);
  if (last !== undefined && last[2] === status && last[0] + last[1] === start) last[1] += lines;
  else runs.push([start, lines, status]);
}
