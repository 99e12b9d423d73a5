import type { TriedChange } from '../../core/court-facts.ts';
import { type MantelHaenszel, mantelHaenszel, type TwoByTwo } from '../../core/statistics/mantel-haenszel.ts';
import { stratifiedPermutation } from '../../core/statistics/stratified-permutation.ts';

/** What the changes say about one rule, before the other rules are taken into account. */
export interface Weighed extends MantelHaenszel {
  readonly spoke: number;
  readonly spokeWithOutcome: number;
  readonly passed: number;
  readonly passedWithOutcome: number;
  /** One-sided, by permutation. */
  readonly chance: number;
}

/** Compares the changes a rule spoke on with those it passed, stratum by stratum. `isBad` and `strata` go with `changes`. */
export function weighRule(
  rule: string,
  changes: readonly TriedChange[],
  isBad: readonly boolean[],
  strata: readonly string[],
): Weighed {
  const tables = new Map<string, { -readonly [cell in keyof TwoByTwo]: number }>();
  const sums = { spoke: 0, spokeWithOutcome: 0, passed: 0, passedWithOutcome: 0 };
  for (const [i, { verdicts }] of changes.entries()) {
    const verdict = Object.hasOwn(verdicts, rule) ? verdicts[rule] : undefined;
    if (verdict === undefined) continue;
    const key = strata[i] ?? '';
    const table = tables.get(key) ?? { markedWith: 0, markedWithout: 0, otherWith: 0, otherWithout: 0 };
    tables.set(key, table);
    if (verdict === 'spoke') {
      sums.spoke += 1;
      if (isBad[i]) {
        table.markedWith += 1;
        sums.spokeWithOutcome += 1;
      } else table.markedWithout += 1;
    } else {
      sums.passed += 1;
      if (isBad[i]) {
        table.otherWith += 1;
        sums.passedWithOutcome += 1;
      } else table.otherWithout += 1;
    }
  }
  const all = [...tables.values()];
  return { ...sums, ...mantelHaenszel(all), chance: stratifiedPermutation(all) };
}
