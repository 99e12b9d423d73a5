import fc from 'fast-check';
import type { LineStatus, StatusRun } from '../../src/core/coverage-facts.ts';

const status = fc.constantFrom<LineStatus>('hit', 'partial', 'miss');

/** Lines of a file as reports give them: ascending, never overlapping, neighbours of one status joined. */
export const runsArbitrary: fc.Arbitrary<readonly StatusRun[]> = fc
  .array(fc.option(status, { nil: undefined }), { maxLength: 40 })
  .map(runsOf);

/** The run lengths of a status a line, from line 1 on. */
export function runsOf(statuses: readonly (LineStatus | undefined)[]): readonly StatusRun[] {
  const runs: [number, number, LineStatus][] = [];
  for (const [index, one] of statuses.entries()) {
    const last = runs.at(-1);
    if (one === undefined) continue;
    if (last && last[2] === one && last[0] + last[1] === index + 1) last[1] += 1;
    else runs.push([index + 1, 1, one]);
  }
  return runs;
}

/** The status of each line, from line 1 on. */
export function statusesOf(runs: readonly StatusRun[]): readonly (LineStatus | undefined)[] {
  const statuses: (LineStatus | undefined)[] = [];
  for (const [start, lines, one] of runs)
    for (let line = start; line < start + lines; line += 1) statuses[line - 1] = one;
  return Array.from(statuses);
}
