import type {
  BaseCoverage,
  CoverageFacts,
  CoverageLedger,
  CoverageModule,
} from '../../src/core/coverage-facts.ts';
import type { Facts } from '../../src/core/facts.ts';
import { noLines, plus } from '../../src/coverage/measure/line-count.ts';
import { changedFile, factsOf } from './coverage-facts-for.ts';

/** A ledger whose head is what its base and its parts add up to. */
export function ledger(parts: Partial<Omit<CoverageLedger, 'head'>>): CoverageLedger {
  const whole = {
    base: noLines,
    added: noLines,
    removed: noLines,
    moved: noLines,
    indirect: noLines,
    elsewhere: noLines,
    unmapped: noLines,
    ...parts,
  };
  return { ...whole, head: Object.values(whole).reduce(plus, noLines) };
}

export function measuredModule(
  name: string,
  own: CoverageLedger,
  more: Partial<CoverageModule> = {},
): CoverageModule {
  return { name, kind: 'folder', files: 3, count: own.head, isTouched: true, ledger: own, ...more };
}

export function baseCoverage(more: Partial<BaseCoverage> = {}): BaseCoverage {
  const own = more.ledger ?? ledger({ base: { ran: 900, lines: 1000 } });
  return {
    commit: '1'.repeat(40),
    from: 'history',
    distance: 0,
    ledger: own,
    unchanged: { lines: own.base.lines, knownToOne: 0 },
    carried: { lines: own.base.lines, lost: 0 },
    lostLines: [],
    missingShards: [],
    ...more,
  };
}

/** Facts of a change to one file, with these members of its coverage. */
export function comparedFacts(coverage: Partial<CoverageFacts>): Facts {
  return factsOf([changedFile('src/a.ts', [{ start: 1, end: 30 }])], {}, { 'src/a.ts': [9, 0, 1] }, coverage);
}
