/**
 * For each chance the smallest false discovery rate at which its test would be kept, when all of them are asked together.
 * Same order as given; 0–1. Calling those at or below q significant makes at most the share q of them wrong on average.
 * Source: Benjamini and Hochberg (1995), in the "adjusted p-value" form of R's `p.adjust`.
 */
export function benjaminiHochberg(chances: readonly number[]): readonly number[] {
  const order = chances.map((_, place) => place).sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
  const adjusted = new Array<number>(chances.length).fill(1);
  let least = 1;
  for (const [fromTop, place] of order.entries()) {
    const rank = chances.length - fromTop;
    least = Math.min(least, ((chances[place] ?? 1) * chances.length) / rank);
    adjusted[place] = least;
  }
  return adjusted;
}
