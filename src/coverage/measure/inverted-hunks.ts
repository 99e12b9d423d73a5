import type { Hunk } from '../../core/change.ts';

/** The same difference, seen from the other side. */
export function invertedHunks(hunks: readonly Hunk[]): readonly Hunk[] {
  return hunks.map(({ baseStart, baseLines, headStart, headLines }) => ({
    baseStart: headStart,
    baseLines: headLines,
    headStart: baseStart,
    headLines: baseLines,
  }));
}
