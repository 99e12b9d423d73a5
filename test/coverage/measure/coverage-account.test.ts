import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCoverageAccount, ledgerParts } from '../../../src/core/coverage-account.ts';
import type { CoverageLedger } from '../../../src/core/coverage-facts.ts';
import { coverageAccount } from '../../../src/coverage/measure/coverage-account.ts';
import { sumOfLedgers } from '../../../src/coverage/measure/coverage-ledger.ts';
import { baseCoverage, ledger, measuredModule } from '../comparison-facts.ts';

const line = fc.integer({ min: -50, max: 50 });
const part = fc.record({ ran: line, lines: line });
const anyLedger: fc.Arbitrary<CoverageLedger> = fc
  .record(Object.fromEntries(['base', ...ledgerParts].map((name) => [name, part])))
  .map((parts) => ledger(parts));
const nothing = ledger({ base: { ran: 5, lines: 9 } });

function accountOf(ledgers: readonly CoverageLedger[]) {
  const modules = ledgers.map((own, index) => measuredModule(`packages/p${index}`, own));
  return coverageAccount(baseCoverage({ ledger: sumOfLedgers(ledgers) }), modules);
}

describe('the account of a difference in coverage', () => {
  it('has modules and a rest that add up to the whole, however many they are', () => {
    fc.assert(
      fc.property(fc.array(anyLedger, { maxLength: 30 }), (ledgers) => {
        const { all, modules, rest } = accountOf(ledgers);
        const told = [...modules.map((module) => module.ledger), ...(rest ? [rest.ledger] : [])];
        expect(sumOfLedgers(told)).toEqual(all);
        expect(modules.length + (rest?.modules ?? 0)).toBe(ledgers.length);
        expect(modules.length).toBeLessThanOrEqual(12);
        expect(isCoverageAccount(JSON.parse(JSON.stringify(accountOf(ledgers))))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('names the modules that differ, most lines first, and counts the others', () => {
    const few = ledger({ base: { ran: 5, lines: 9 }, indirect: { ran: -3, lines: 0 } });
    const many = ledger({ base: { ran: 5, lines: 9 }, added: { ran: 20, lines: 30 } });
    const { modules, rest } = accountOf([nothing, few, nothing, many]);
    expect(modules.map(({ name }) => name)).toEqual(['packages/p3', 'packages/p1']);
    expect(rest).toEqual({ modules: 2, ledger: ledger({ base: { ran: 10, lines: 18 } }) });
  });

  it('has no rest when every module differs', () => {
    expect(accountOf([ledger({ added: { ran: 1, lines: 1 } })]).rest).toBeUndefined();
  });
});

describe('a stored account', () => {
  const whole = accountOf([ledger({ base: { ran: 5, lines: 9 }, added: { ran: 2, lines: 3 } }), nothing]);

  it('is taken as it was written', () => {
    expect(isCoverageAccount(JSON.parse(JSON.stringify(whole)))).toBe(true);
  });

  it.each([
    ['no record', null],
    ['a sum that does not hold', { ...whole, all: { ...whole.all, head: { ran: 99, lines: 99 } } }],
    ['a part that is missing', { ...whole, all: { base: whole.all.base, head: whole.all.head } }],
    ['half a line', { ...whole, all: ledger({ base: { ran: 0.5, lines: 1 } }) }],
    ['modules that are none', { ...whole, modules: [{ name: 7, ledger: whole.all }] }],
    ['a rest without a count', { ...whole, rest: { modules: 'two', ledger: whole.all } }],
  ])('is refused with %s', (_, value) => {
    expect(isCoverageAccount(value)).toBe(false);
  });
});
