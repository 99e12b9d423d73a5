/** Share of the standard normal curve below z. Abramowitz and Stegun (1964) 26.2.17; off by less than 0.0000001. */
export function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z < 0 ? tail : 1 - tail;
}

/**
 * The z below which the share `p` of the standard normal curve lies, by halving; off by less than 0.00001 where p is
 * between 0.001 and 0.999. Domain: 0 < p < 1; nearer to the ends than one in a billion it is ±6.
 */
export function normalQuantile(p: number): number {
  let [low, high] = [-6, 6];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
