import type { LineStatus, LineTotals, StatusRun } from '../../core/coverage-facts.ts';
import { eachLine } from '../formats/each-line.ts';
import type { FileCoverage } from '../formats/file-coverage.ts';

/** The status of every line a report knows, as run lengths. */
export function statusRuns(file: FileCoverage): readonly StatusRun[] {
  const runs: [number, number, LineStatus][] = [];
  eachLine(file, (line, status) => {
    const last = runs.at(-1);
    if (last !== undefined && last[2] === status && last[0] + last[1] === line) last[1] += 1;
    else runs.push([line, 1, status]);
  });
  return runs;
}

export function lineTotals(file: FileCoverage): LineTotals {
  const totals = { hit: 0, partial: 0, miss: 0 };
  eachLine(file, (_, status) => {
    totals[status] += 1;
  });
  return totals;
}
