import { type CoverageAccount, ledgerParts, type ModuleAccount } from '../../core/coverage-account.ts';
import type { BaseCoverage, CoverageLedger, CoverageModule } from '../../core/coverage-facts.ts';
import { sumOfLedgers } from './coverage-ledger.ts';

/** A longer table is not read; what it leaves out stands in one row, so that the sums hold. */
const mostModules = 12;

/** The ledger of the whole and of the modules that differ. */
export function coverageAccount(
  { commit, ledger }: Pick<BaseCoverage, 'commit' | 'ledger'>,
  modules: readonly CoverageModule[],
): CoverageAccount {
  const known = modules.flatMap(({ name, ledger: own }): readonly ModuleAccount[] =>
    own ? [{ name, ledger: own }] : [],
  );
  const shown = known
    .filter((module) => weight(module.ledger) > 0)
    .toSorted((a, b) => weight(b.ledger) - weight(a.ledger) || (a.name < b.name ? -1 : 1))
    .slice(0, mostModules);
  const left = known.filter((module) => !shown.includes(module));
  return {
    base: commit,
    all: ledger,
    modules: shown,
    ...(left.length > 0 && {
      rest: { modules: left.length, ledger: sumOfLedgers(left.map((module) => module.ledger)) },
    }),
  };
}

/** Lines of the difference, whichever way they go. */
function weight(ledger: CoverageLedger): number {
  return ledgerParts.reduce((sum, part) => {
    const { ran, lines } = ledger[part];
    return sum + Math.max(Math.abs(ran), Math.abs(lines));
  }, 0);
}
