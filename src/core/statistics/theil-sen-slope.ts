/**
 * The median of the slopes between all pairs of values at steps of one: the change per step that outliers cannot bend
 * (up to 29 % of the values may be anything). 0 for fewer than two values.
 */
export function theilSenSlope(values: readonly number[]): number {
  const slopes: number[] = [];
  for (const [i, earlier] of values.entries())
    for (let j = i + 1; j < values.length; j += 1) slopes.push(((values[j] as number) - earlier) / (j - i));
  slopes.sort((a, b) => a - b);
  const middle = slopes.length >> 1;
  if (slopes.length === 0) return 0;
  return slopes.length % 2 === 1
    ? (slopes[middle] as number)
    : ((slopes[middle - 1] as number) + (slopes[middle] as number)) / 2;
}
