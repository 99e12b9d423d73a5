import type { Change, ChangedFile, Hunk } from '../core/change.ts';
import type { Place } from '../core/finding.ts';

/** Where a review comment can hang: one line, or several lines of one hunk, on one side of the diff. */
export interface LineAnchor {
  readonly kind: 'lines';
  readonly path: string;
  readonly line: number;
  /** Only when the comment spans several lines: GitHub refuses a start that equals the line. */
  readonly startLine?: number;
  readonly side: 'LEFT' | 'RIGHT';
}

/** A changed file as a whole, where GitHub shows none of the lines. */
export interface FileAnchor {
  readonly kind: 'file';
  readonly path: string;
}

export type Anchor = LineAnchor | FileAnchor;

/**
 * The anchor of a place: its lines when GitHub shows them, else its file when the change touches it, else none. GitHub
 * refuses a whole review for one line outside the diff, so a place that runs past its hunk is cut to the hunk it begins in.
 */
export function anchorOf(place: Place | undefined, change: Change): Anchor | undefined {
  const file = place && change.files.find((candidate) => candidate.path === place.path);
  if (!file) return undefined;
  return (file.isBinary ? undefined : lineAnchor(place, file)) ?? { kind: 'file', path: file.path };
}

function lineAnchor(place: Place, file: ChangedFile): LineAnchor | undefined {
  if (place.line === undefined) return undefined;
  const side = place.side ?? 'head';
  const first = place.line;
  const hunk = file.hunks.find((candidate) => contains(candidate, side, first));
  if (!hunk) return undefined;
  const last = Math.min(place.endLine ?? first, lastLine(hunk, side));
  return {
    kind: 'lines',
    path: file.path,
    line: Math.max(first, last),
    ...(last > first && { startLine: first }),
    side: side === 'head' ? 'RIGHT' : 'LEFT',
  };
}

/** The anchor is exactly these lines of the head, which a suggestion replaces. */
export function isExactly(anchor: Anchor, { line, endLine = line, side = 'head' }: Place): boolean {
  return (
    anchor.kind === 'lines' &&
    side === 'head' &&
    anchor.line === endLine &&
    (anchor.startLine ?? anchor.line) === line
  );
}

function contains(hunk: Hunk, side: 'head' | 'base', line: number): boolean {
  const start = side === 'head' ? hunk.headStart : hunk.baseStart;
  return line >= start && line <= lastLine(hunk, side);
}

function lastLine(hunk: Hunk, side: 'head' | 'base'): number {
  return side === 'head' ? hunk.headStart + hunk.headLines - 1 : hunk.baseStart + hunk.baseLines - 1;
}
