import type { CoverageLedger, CoverageModule, LineCount } from '../../core/coverage-facts.ts';
import type { ComparedFile } from './compare-measurements.ts';
import { splitLedger, sumOfLedgers } from './coverage-ledger.ts';
import type { Modules } from './find-modules.ts';
import { noLines, plus } from './line-count.ts';

/**
 * Where each module stands, by name. With `compared` it gets its ledger; the ledgers of all modules add up to that of the
 * whole repository.
 */
export function moduleLedgers(
  modules: Modules,
  head: ReadonlyMap<string, LineCount>,
  compared: readonly ComparedFile[] | undefined,
  touched: readonly string[],
): readonly CoverageModule[] {
  const ledgers = new Map<string, CoverageLedger[]>();
  const kinds = new Map<string, CoverageModule['kind']>();
  const give = (name: string, ledger: CoverageLedger) => {
    const list = ledgers.get(name) ?? [];
    ledgers.set(name, list);
    list.push(ledger);
  };
  const nameOf = (path: string) => {
    const name = modules.nameOf(path);
    if (!kinds.has(name)) kinds.set(name, modules.kindOf(path));
    return name;
  };
  for (const { basePath, path, ledger } of compared ?? []) {
    const [before, now] = [basePath, path].map((one) => (one === undefined ? undefined : nameOf(one)));
    if (before === undefined || now === undefined || before === now) give(now ?? before ?? '', ledger);
    else {
      const { left, arrived } = splitLedger(ledger);
      give(before, left);
      give(now, arrived);
    }
  }
  const counts = new Map<string, { files: number; count: typeof noLines }>();
  for (const [path, lines] of head) {
    const name = nameOf(path);
    const known = counts.get(name) ?? { files: 0, count: noLines };
    counts.set(name, { files: known.files + 1, count: plus(known.count, lines) });
  }
  const changed = new Set(touched.map((path) => modules.nameOf(path)));
  return [...new Set([...counts.keys(), ...ledgers.keys()])].toSorted(byText).map((name) => ({
    name,
    kind: kinds.get(name) ?? modules.kind,
    files: counts.get(name)?.files ?? 0,
    count: counts.get(name)?.count ?? noLines,
    isTouched: changed.has(name),
    ...(compared && { ledger: sumOfLedgers(ledgers.get(name) ?? []) }),
  }));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
