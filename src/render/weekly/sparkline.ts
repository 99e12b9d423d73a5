const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * One block per value, from the least to the greatest of them; a middle dot where there is no value. Equal values stand
 * in the middle, zeros at the bottom. A glance only: the numbers belong beside it.
 */
export function sparkline(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  const low = Math.min(...known);
  const high = Math.max(...known);
  return values
    .map((value) => {
      if (value === undefined) return '·';
      const share = high > low ? (value - low) / (high - low) : value === 0 ? 0 : 0.5;
      return blocks[Math.min(7, Math.floor(share * 8))] ?? '·';
    })
    .join('');
}
