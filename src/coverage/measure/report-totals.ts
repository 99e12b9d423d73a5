import { type CountedUnit, type FileCoverage, type Share, unpackShare } from '../formats/file-coverage.ts';
import { lineTotals } from './status-runs.ts';

export type Totals = { readonly [unit in CountedUnit]?: Share };

/**
 * Covered and total by unit, counted from the entries; a report's own summaries are never used. A line is covered when it
 * ran, on however many branches. Units that the format does not carry are absent, not zero.
 */
export function fileTotals(file: FileCoverage): Totals {
  const totals: { [unit in CountedUnit]?: Share } = {};
  if (file.lines.length > 0) {
    const { hit, partial } = lineTotals(file);
    totals.lines = { covered: hit + partial, total: file.lines.length };
  }
  if (file.branches.values.length > 0) totals.branches = sumOf(file.branches.values);
  for (const [unit, { values }] of file.items) totals[unit] = sumOf(values);
  return totals;
}

export function reportTotals(files: readonly FileCoverage[]): Totals {
  const totals: { [unit in CountedUnit]?: Share } = {};
  for (const file of files) {
    for (const [unit, share] of Object.entries(fileTotals(file)) as [CountedUnit, Share][]) {
      const sum = totals[unit] ?? { covered: 0, total: 0 };
      totals[unit] = { covered: sum.covered + share.covered, total: sum.total + share.total };
    }
  }
  return totals;
}

function sumOf(packed: Uint32Array): Share {
  const sum = { covered: 0, total: 0 };
  for (const value of packed) {
    const { covered, total } = unpackShare(value);
    sum.covered += covered;
    sum.total += total;
  }
  return sum;
}
