import type { CoverageFacts, CoveredFile } from '../../core/coverage-facts.ts';
import { quoteName } from '../../core/quote-name.ts';

/** How much of the code around a file runs in the same report, the file itself left out. */
export interface Surroundings {
  /** "`src/orders/`" or "the other measured files". */
  readonly where: string;
  readonly files: number;
  /** Lines that ran, partly or wholly. */
  readonly ran: number;
  readonly lines: number;
}

/** The nearest folder above `path` whose other files hold at least `leastLines` lines of code; absent when none does. */
export function surroundings(
  coverage: CoverageFacts,
  path: string,
  leastLines: number,
): Surroundings | undefined {
  for (let folder = parent(path); ; folder = parent(folder)) {
    const inside = folder === '' ? '' : `${folder}/`;
    const others = coverage.files.filter((file) => file.path !== path && file.path.startsWith(inside));
    const lines = sum(others, (file) => file.totals.hit + file.totals.partial + file.totals.miss);
    if (lines >= leastLines) {
      return {
        where: folder === '' ? 'the other measured files' : quoteName(inside),
        files: others.length,
        ran: sum(others, (file) => file.totals.hit + file.totals.partial),
        lines,
      };
    }
    if (folder === '') return undefined;
  }
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function sum(files: readonly CoveredFile[], value: (file: CoveredFile) => number): number {
  return files.reduce((total, file) => total + value(file), 0);
}
