import type { TwoByTwo } from './mantel-haenszel.ts';
import { type Random, shuffled } from './seeded-random.ts';

/**
 * Chance of as many marked ones with the outcome as were seen, or more, when outcomes are dealt out anew inside each
 * stratum. Every deal is counted and none is drawn: in a stratum the number is hypergeometric, and the strata are added
 * up, which is what endless draws would come to. One-sided; 1 where nothing can be dealt, and never below 1e-16.
 * Source: the conditional exact test of Gart (1970), which is the permutation test with all permutations.
 */
export function stratifiedPermutation(strata: readonly TwoByTwo[]): number {
  const logFactorials = [0];
  const logFactorial = (n: number): number => {
    for (let next = logFactorials.length; next <= n; next += 1)
      logFactorials.push((logFactorials[next - 1] as number) + Math.log(next));
    return logFactorials[n] as number;
  };
  const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

  /** chances[i]: that the strata so far have `least` + i marked ones with the outcome. */
  let chances = [1];
  let [least, seen] = [0, 0];
  for (const { markedWith, markedWithout, otherWith, otherWithout } of strata) {
    const [marked, bad] = [markedWith + markedWithout, markedWith + otherWith];
    const n = marked + otherWith + otherWithout;
    const [from, to] = [Math.max(0, marked + bad - n), Math.min(marked, bad)];
    seen += markedWith;
    least += from;
    const here: number[] = [];
    for (let k = from; k <= to; k += 1)
      here.push(Math.exp(logChoose(bad, k) + logChoose(n - bad, marked - k) - logChoose(n, marked)));
    const [own, others] = [withoutTails(here), withoutTails(chances)];
    least += own.cut + others.cut;
    const sum = new Array<number>(own.kept.length + others.kept.length - 1).fill(0);
    for (let i = 0; i < others.kept.length; i += 1)
      for (let j = 0; j < own.kept.length; j += 1)
        sum[i + j] = (sum[i + j] as number) + (others.kept[i] as number) * (own.kept[j] as number);
    chances = sum;
  }
  const tail = chances.slice(Math.max(0, seen - least)).reduce((sum, chance) => sum + chance, 0);
  return Math.min(1, Math.max(negligible, tail));
}

/** What is less likely than this changes no digit that anybody reads, and is most of a long list. */
const negligible = 1e-16;

function withoutTails(chances: readonly number[]): {
  readonly cut: number;
  readonly kept: readonly number[];
} {
  let [from, to] = [0, chances.length];
  while (from < to - 1 && (chances[from] as number) < negligible) from += 1;
  while (to > from + 1 && (chances[to - 1] as number) < negligible) to -= 1;
  return { cut: from, kept: chances.slice(from, to) };
}

/** Values dealt out anew among those with the same key: what a mark that means nothing looks like. */
export function shuffledWithin<T>(
  values: readonly T[],
  keys: readonly string[],
  random: Random,
): readonly T[] {
  const places = new Map<string, number[]>();
  for (const [place, key] of keys.entries()) {
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  }
  const dealt = [...values];
  for (const group of places.values()) {
    const mixed = shuffled(
      group.map((place) => values[place] as T),
      random,
    );
    for (const [i, place] of group.entries()) dealt[place] = mixed[i] as T;
  }
  return dealt;
}
