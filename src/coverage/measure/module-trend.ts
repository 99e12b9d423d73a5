import type { CoverageFacts, LineCount, TrendPoint } from '../../core/coverage-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { ratio } from './coverage-drop.ts';

export interface ModulePoint {
  readonly committedAt: string;
  readonly count: LineCount;
}

/**
 * Where a module's lines of code grow or shrink by more than this from one measurement to the next, as a ratio of the
 * smaller, another tool counted them or a part of the report was missing (c8 counts every line, Istanbul those with
 * statements): what lies before is no measure of what comes after. Chosen by us.
 */
const largestJump = 0.3;

/** What is stored of one module, oldest first, since its lines were last counted in another way; nothing without a history. */
export function moduleTrend({ trend }: CoverageFacts, name: string): readonly ModulePoint[] {
  if (trend === undefined || isUnavailable(trend)) return [];
  const points = trend.flatMap(({ committedAt, modules }: TrendPoint) =>
    modules.filter((module) => module.name === name).map(({ count }) => ({ committedAt, count })),
  );
  // The first one follows none, so that something is always found where there is a point.
  return points.slice(
    Math.max(
      0,
      points.findLastIndex((point, index) => isJump(points[index - 1], point)),
    ),
  );
}

function isJump(before: ModulePoint | undefined, { count }: ModulePoint): boolean {
  if (before === undefined) return true;
  const [less, more] = [before.count.lines, count.lines].toSorted((a, b) => a - b);
  return (more ?? 0) > (less ?? 0) * (1 + largestJump);
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
