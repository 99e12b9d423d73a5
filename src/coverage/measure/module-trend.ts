import type { CoverageFacts, LineCount, TrendPoint } from '../../core/coverage-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { ratio } from './coverage-drop.ts';

export interface ModulePoint {
  readonly committedAt: string;
  readonly count: LineCount;
}

/** What is stored of one module, oldest first; nothing without a history. */
export function moduleTrend({ trend }: CoverageFacts, name: string): readonly ModulePoint[] {
  if (trend === undefined || isUnavailable(trend)) return [];
  return trend.flatMap(({ committedAt, modules }: TrendPoint) =>
    modules.filter((module) => module.name === name).map(({ count }) => ({ committedAt, count })),
  );
}

export interface UsualShare {
  /** Ratios: a tenth of the measurements lies below `low`, a tenth above `high`. */
  readonly low: number;
  readonly high: number;
  readonly measurements: number;
}

/** The module's usual share of lines that run; undefined with fewer than `fewest` stored measurements. */
export function usualShare(points: readonly ModulePoint[], fewest: number): UsualShare | undefined {
  if (points.length < fewest) return undefined;
  const ratios = points.map(({ count }) => ratio(count)).toSorted((a, b) => a - b);
  const at = (share: number) => ratios[Math.round(share * (ratios.length - 1))] ?? 0;
  return { low: at(0.1), high: at(0.9), measurements: ratios.length };
}
