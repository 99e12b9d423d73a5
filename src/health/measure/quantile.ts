/**
 * The value below which the share `q` of the numbers lies, with linear interpolation between neighbours (type 7 of
 * Hyndman and Fan 1996, the default of R and NumPy). Any order; `undefined` for no numbers.
 */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) return undefined;
  return low + (high - low) * (place - Math.floor(place));
}
