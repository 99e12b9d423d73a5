import type { LineStatus, StatusRun } from '../../core/coverage-facts.ts';
import { appendRun } from './append-run.ts';

const rank: Readonly<Record<LineStatus, number>> = { miss: 0, partial: 1, hit: 2 };

/**
 * What several shards say of one file: a line is known when one of them knows it, and the best of their statuses counts.
 * Two shards that ran different branches of a line leave it partial. Independent of order, grouping and repetition.
 */
export function mergeRuns(a: readonly StatusRun[], b: readonly StatusRun[]): readonly StatusRun[] {
  const merged: [number, number, LineStatus][] = [];
  let [i, j] = [0, 0];
  let next = 1;
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    const [fromLeft, fromRight] = [startFrom(left, next), startFrom(right, next)];
    const start = Math.min(fromLeft, fromRight);
    const onLeft = left !== undefined && fromLeft === start ? left : undefined;
    const onRight = right !== undefined && fromRight === start ? right : undefined;
    const end = Math.min(onLeft ? endOf(onLeft) : fromLeft, onRight ? endOf(onRight) : fromRight);
    appendRun(merged, start, end - start, better(onLeft?.[2], onRight?.[2]));
    next = end;
    if (left !== undefined && endOf(left) <= next) i += 1;
    if (right !== undefined && endOf(right) <= next) j += 1;
  }
  return merged;
}

function startFrom(run: StatusRun | undefined, next: number): number {
  return run === undefined ? Number.POSITIVE_INFINITY : Math.max(run[0], next);
}

function endOf([start, lines]: StatusRun): number {
  return start + lines;
}

function better(a: LineStatus | undefined, b: LineStatus | undefined): LineStatus {
  if (a === undefined) return b ?? 'miss';
  if (b === undefined) return a;
  return rank[a] >= rank[b] ? a : b;
}
