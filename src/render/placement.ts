import type { Change, Hunk } from '../core/change.ts';
import type { Place } from '../core/finding.ts';

/** Where a review comment can hang: one line, or several lines of one hunk, on one side of the diff. */
export interface Anchor {
  readonly path: string;
  readonly line: number;
  /** Only when the comment spans several lines: GitHub refuses a start that equals the line. */
  readonly startLine?: number;
  readonly side: 'LEFT' | 'RIGHT';
}

/**
 * The anchor of a place, or undefined when GitHub shows none of its lines: GitHub refuses a whole review for one anchor
 * outside the diff. A place that runs past its hunk is cut to the hunk it begins in.
 */
export function anchorOf(place: Place | undefined, change: Change): Anchor | undefined {
  if (place?.line === undefined) return undefined;
  const file = change.files.find((candidate) => candidate.path === place.path);
  if (!file || file.isBinary) return undefined;
  const side = place.side ?? 'head';
  const first = place.line;
  const hunk = file.hunks.find((candidate) => contains(candidate, side, first));
  if (!hunk) return undefined;
  const last = Math.min(place.endLine ?? first, lastLine(hunk, side));
  return {
    path: file.path,
    line: Math.max(first, last),
    ...(last > first && { startLine: first }),
    side: side === 'head' ? 'RIGHT' : 'LEFT',
  };
}

function contains(hunk: Hunk, side: 'head' | 'base', line: number): boolean {
  const start = side === 'head' ? hunk.headStart : hunk.baseStart;
  return line >= start && line <= lastLine(hunk, side);
}

function lastLine(hunk: Hunk, side: 'head' | 'base'): number {
  return side === 'head' ? hunk.headStart + hunk.headLines - 1 : hunk.baseStart + hunk.baseLines - 1;
}
