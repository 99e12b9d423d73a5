import type { StatusRun } from '../../core/coverage-facts.ts';
import { type FileCoverage, packShare } from '../../coverage/formats/file-coverage.ts';

/** One branch of two taken: what is left of a line that ran in part. */
const half = packShare(1, 2);

/** Run lengths in the columns that a report is read into. Which branches a partial line has is not known any more. */
export function fileCoverageOfRuns(path: string, runs: readonly StatusRun[]): FileCoverage {
  const known = runs.reduce((sum, [, lines]) => sum + lines, 0);
  const partial = runs.reduce((sum, [, lines, status]) => sum + (status === 'partial' ? lines : 0), 0);
  const lines = new Uint32Array(known);
  const branchLines = new Uint32Array(partial);
  let [line, branch] = [0, 0];
  for (const [start, count, status] of runs) {
    for (let at = start; at < start + count; at += 1) {
      lines[line] = at * 2 + (status === 'miss' ? 0 : 1);
      line += 1;
      if (status !== 'partial') continue;
      branchLines[branch] = at;
      branch += 1;
    }
  }
  return {
    path,
    lines,
    branches: {
      lines: branchLines,
      keys: new Uint32Array(partial),
      values: new Uint32Array(partial).fill(half),
    },
    items: new Map(),
  };
}
