export function total(prices: readonly number[]): number {
  return prices.reduce((sum, price) => sum + price, 0);
}

export function average(prices: readonly number[]): number {
  return prices.length === 0 ? 0 : total(prices) / prices.length;
}
