/** Numbers in [0, 1), each call the next one. */
export type Random = () => number;

/**
 * The same seed gives the same numbers on every machine. For draws and shuffles, not for secrets.
 * Source: `sfc32` of Chris Doty-Humphrey's PractRand, its state filled from the seed by SplitMix32; 12 rounds are thrown
 * away, as its author does.
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  function fill(): number {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return word ^ (word >>> 15);
  }
  let [a, b, c, counter] = [fill(), fill(), fill(), 1];
  function next(): number {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + word;
    return (word >>> 0) / 2 ** 32;
  }
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** A whole number from 0 to `below` − 1. Domain: `below` ≥ 1, at most 2^32. */
export function drawBelow(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** The values in a random order, each order as likely as any other (Fisher and Yates 1938, in Durstenfeld's form). */
export function shuffled<T>(values: readonly T[], random: Random): readonly T[] {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = drawBelow(random, last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
