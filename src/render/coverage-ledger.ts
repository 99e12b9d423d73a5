import { type CoverageAccount, ledgerParts } from '../core/coverage-account.ts';
import type { CoverageLedger, LineCount } from '../core/coverage-facts.ts';
import type { Report } from '../core/report.ts';
import { code, plain } from './markdown.ts';
import { count } from './numbers.ts';

const words: Readonly<Record<(typeof ledgerParts)[number], string>> = {
  added: 'added',
  removed: 'removed',
  moved: 'moved',
  indirect: 'unchanged',
  elsewhere: 'other changes',
  unmapped: 'in one report only',
};

/** The difference in coverage that a rule of this report rests on; undefined where none could be compared. */
export function coverageAccountOf({ results }: Report): CoverageAccount | undefined {
  for (const { outcome } of results)
    if ((outcome.kind === 'pass' || outcome.kind === 'findings') && outcome.coverage) return outcome.coverage;
  return undefined;
}

/** "Coverage: 895 of 1,030 lines run, 900 of 1,000 at 1111111: added +40 of +60, removed −30 of −30, unchanged −15 of 0." */
export function coverageLedgerLine({ base, all }: CoverageAccount): string {
  const parts = partsOf([all]).map((part) => `${words[part]} ${difference(all[part])}`);
  const before = `${share(all.base)} at ${base.slice(0, 7)}`;
  return `Coverage: ${share(all.head)} lines run, ${before}: ${parts.length === 0 ? 'no line differs' : parts.join(', ')}.`;
}

/** The ledger as a collapsed table, module by module: each row adds up from left to right, each column downwards. */
export function coverageLedgerDetails(account: CoverageAccount): string {
  const { base, all, modules, rest } = account;
  const isDivided = modules.length + (rest?.modules ?? 0) > 1;
  const rows: readonly (readonly [name: string, ledger: CoverageLedger])[] = [
    ...(isDivided ? modules.map(({ name, ledger }) => [nameOf(name), ledger] as const) : []),
    ...(isDivided && rest
      ? ([[`${rest.modules} other ${rest.modules === 1 ? 'module' : 'modules'}`, rest.ledger]] as const)
      : []),
    [isDivided ? '**together**' : 'all files', all],
  ];
  const parts = partsOf(rows.map(([, ledger]) => ledger));
  const lines = [
    row(['lines run of lines', `at ${code(base.slice(0, 7))}`, ...parts.map((part) => words[part]), 'now']),
    row(['---', ...Array.from({ length: parts.length + 2 }, () => '--:')]),
    ...rows.map(([name, ledger]) =>
      row([name, share(ledger.base), ...parts.map((part) => difference(ledger[part])), share(ledger.head)]),
    ),
  ];
  const change = `${share(all.base)} → ${share(all.head)} lines run`;
  return `<details><summary>Coverage: ${change}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

function nameOf(module: string): string {
  return module === '' ? plain('the rest') : code(module);
}

/** Parts that are nothing everywhere are left out. */
function partsOf(ledgers: readonly CoverageLedger[]): readonly (typeof ledgerParts)[number][] {
  return ledgerParts.filter((part) =>
    ledgers.some((ledger) => ledger[part].ran !== 0 || ledger[part].lines !== 0),
  );
}

function share({ ran, lines }: LineCount): string {
  return `${count(ran)} of ${count(lines)}`;
}

function difference({ ran, lines }: LineCount): string {
  return ran === 0 && lines === 0 ? '0' : `${signed(ran)} of ${signed(lines)}`;
}

function signed(value: number): string {
  return value === 0 ? '0' : `${value > 0 ? '+' : '\u2212'}${count(Math.abs(value))}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
