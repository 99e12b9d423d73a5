import type { CommitId } from './change.ts';
import type { CoverageLedger } from './coverage-facts.ts';

/** Where the difference between two coverage measurements comes from, in whole numbers of lines. */
export interface CoverageAccount {
  /** The commit that is compared with. */
  readonly base: CommitId;
  readonly all: CoverageLedger;
  /** Modules in which something differs, most lines first; with `rest` they add up to `all`. */
  readonly modules: readonly ModuleAccount[];
  /** All other modules together; absent when there is none. */
  readonly rest?: { readonly modules: number; readonly ledger: CoverageLedger };
}

export interface ModuleAccount {
  /** "" is what no other module holds. Untrusted text. */
  readonly name: string;
  readonly ledger: CoverageLedger;
}

/** The parts of a difference, in the order in which they are told. */
export const ledgerParts = ['added', 'removed', 'moved', 'indirect', 'elsewhere', 'unmapped'] as const;

/** Is this what an earlier run stored? Its sums are checked too, because they are shown as exact. */
export function isCoverageAccount(value: unknown): value is CoverageAccount {
  if (!isRecord(value) || typeof value.base !== 'string' || !Array.isArray(value.modules)) return false;
  const rest = value.rest === undefined ? [] : [value.rest];
  return (
    isLedger(value.all) &&
    value.modules.every((one) => isRecord(one) && typeof one.name === 'string' && isLedger(one.ledger)) &&
    rest.every((one) => isRecord(one) && Number.isSafeInteger(one.modules) && isLedger(one.ledger))
  );
}

function isLedger(value: unknown): value is CoverageLedger {
  if (!isRecord(value)) return false;
  const told = ['base', 'head', ...ledgerParts].map((part) => value[part]);
  if (!told.every(isCount)) return false;
  const ledger = value as unknown as CoverageLedger;
  return (['ran', 'lines'] as const).every(
    (unit) =>
      ledger.base[unit] + ledgerParts.reduce((sum, part) => sum + ledger[part][unit], 0) ===
      ledger.head[unit],
  );
}

function isCount(value: unknown): boolean {
  return isRecord(value) && Number.isSafeInteger(value.ran) && Number.isSafeInteger(value.lines);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
