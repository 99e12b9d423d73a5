import type { LineStatus, LineTotals, StatusRun } from '../../core/coverage-facts.ts';
import { eachLine } from '../formats/each-line.ts';
import type { FileCoverage } from '../formats/file-coverage.ts';
import { appendRun } from './append-run.ts';

/** The status of every line a report knows, as run lengths. */
export function statusRuns(file: FileCoverage): readonly StatusRun[] {
  const runs: [number, number, LineStatus][] = [];
  eachLine(file, (line, status) => appendRun(runs, line, 1, status));
  return runs;
}

export function lineTotals(file: FileCoverage): LineTotals {
  let [hit, partial, miss] = [0, 0, 0];
  eachLine(file, (_, status) => {
    if (status === 'hit') hit += 1;
    else if (status === 'miss') miss += 1;
    else partial += 1;
  });
  return { hit, partial, miss };
}
