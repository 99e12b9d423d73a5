export function total(prices: readonly number[]): number {
  /* v8 ignore next */
  if (prices.length === 0) return 0;
  return prices.reduce((sum, price) => sum + price, 0);
}
