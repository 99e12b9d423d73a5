import type { Change, ChangedFile } from '../../core/change.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { type EffectiveLines, effectiveLines } from './effective-lines.ts';

/**
 * Lines of the change that somebody has to read, from git where the change was read, else GitHub's own count with nothing
 * left out; undefined where there is neither.
 *
 * Baselines hold GitHub's counts. Comparing effective lines with them errs on the quiet side: a change never counts as
 * larger than GitHub says.
 */
export function changeSize(change: Part<Change>, review: ReviewFacts): EffectiveLines | undefined {
  if (!isUnavailable(change)) return effectiveLines(sizedFiles(change), review);
  return review.size && { lines: review.size.lines, leftOut: 0, reasons: [] };
}

export function sizedFiles(change: Change): readonly { readonly path: string; readonly lines: number }[] {
  return change.files.map((file) => ({ path: file.path, lines: linesOf(file) }));
}

function linesOf({ added, deleted }: ChangedFile): number {
  return [...added, ...deleted].reduce((sum, { start, end }) => sum + end - start + 1, 0);
}
