import type { CoverageLedger, LineCount } from '../../core/coverage-facts.ts';
import { minus, plus } from './line-count.ts';

/** What a change does to the coverage of a part of the code, everything else taken out. */
export interface CoverageDrop {
  /** The base without what the change removes, with what moved here or came with other changes. */
  readonly before: LineCount;
  /** The same with the lines that the change adds and with its effect on unchanged lines. */
  readonly after: LineCount;
  /** A ratio; negative when coverage rises. */
  readonly drop: number;
}

/**
 * Removing tested code makes a percentage fall although nothing is tested less, so removed lines count on neither side; no
 * more do lines that only one report knows, and those of others count on both.
 */
export function coverageDrop(ledger: CoverageLedger): CoverageDrop {
  const before = [ledger.removed, ledger.moved, ledger.elsewhere].reduce(plus, ledger.base);
  const after = minus(ledger.head, ledger.unmapped);
  return { before, after, drop: ratio(before) - ratio(after) };
}

/** The share that ran; of nothing it is 1, since nothing is left untested. */
export function ratio({ ran, lines }: LineCount): number {
  return lines <= 0 ? 1 : ran / lines;
}
