import type { CoverageLedger } from '../../core/coverage-facts.ts';
import type { Measurement } from '../../core/finding.ts';

const names = {
  base: 'lines run at the base',
  added: 'added',
  removed: 'removed',
  moved: 'moved',
  indirect: 'unchanged (indirect)',
  elsewhere: 'of other changes (elsewhere)',
  unmapped: 'known to one report (unmapped)',
  head: 'lines run now',
} as const;

/**
 * The ledger as numbers beside a finding: lines that run, out of lines of code, both as differences but for the first and
 * the last. The six in between add up to the last minus the first; those that are 0 of 0 are left out.
 */
export function ledgerMeasurements(ledger: CoverageLedger): readonly Measurement[] {
  return Object.entries(names)
    .map(([part, name]) => ({ name, ...ledger[part as keyof CoverageLedger] }))
    .filter(({ ran, lines }) => ran !== 0 || lines !== 0)
    .map(({ name, ran, lines }) => ({ name, value: ran, unit: 'lines', base: lines }));
}
