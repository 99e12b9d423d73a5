import { type Random, shuffled } from '../../core/statistics/seeded-random.ts';

export interface Drawable {
  readonly isBad: boolean;
  readonly touchesMigrations: boolean;
}

/**
 * So many of the changes, drawn so that the odds ratios stay what they are: half of the places for those that went badly,
 * a quarter for those with migrations, which are never compared with others; what one group leaves free goes to the
 * others. Given in their old order.
 */
export function drawChanges<T extends Drawable>(
  all: readonly T[],
  most: number,
  random: Random,
): readonly T[] {
  if (all.length <= most) return all;
  const mixed = shuffled(all, random);
  const bad = mixed.filter(({ isBad }) => isBad);
  const withMigrations = mixed.filter(({ isBad, touchesMigrations }) => !isBad && touchesMigrations);
  const others = mixed.filter(({ isBad, touchesMigrations }) => !isBad && !touchesMigrations);
  const [half, quarter] = [Math.ceil(most / 2), Math.ceil(most / 4)];
  const drawn = new Set([
    ...bad.slice(0, half),
    ...withMigrations.slice(0, quarter),
    ...others.slice(0, Math.max(0, most - half - quarter)),
  ]);
  for (const one of mixed) {
    if (drawn.size >= most) break;
    drawn.add(one);
  }
  return all.filter((one) => drawn.has(one));
}
