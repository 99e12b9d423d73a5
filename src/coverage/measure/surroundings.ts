import type { CoveredFile } from '../../core/coverage-facts.ts';
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

type Totals = Omit<Surroundings, 'where'>;

/** Finds the nearest folder above a path whose other files hold at least `leastLines` lines of code; absent when none does. */
export type FindSurroundings = (path: string, leastLines: number) => Surroundings | undefined;

/** Adds up every folder once, so that many files can be asked for. */
export function surroundingsIn(files: readonly CoveredFile[]): FindSurroundings {
  const own = new Map<string, Totals>();
  const folders = new Map<string, Totals>();
  for (const { path, totals } of files) {
    const ran = totals.hit + totals.partial;
    const file = { files: 1, ran, lines: ran + totals.miss };
    own.set(path, file);
    for (let folder = parent(path); ; folder = parent(folder)) {
      folders.set(folder, plus(folders.get(folder) ?? none, file, 1));
      if (folder === '') break;
    }
  }
  return (path, leastLines) => {
    for (let folder = parent(path); ; folder = parent(folder)) {
      const others = plus(folders.get(folder) ?? none, own.get(path) ?? none, -1);
      if (others.lines >= leastLines) {
        return { where: folder === '' ? 'the other measured files' : quoteName(`${folder}/`), ...others };
      }
      if (folder === '') return undefined;
    }
  };
}

const none: Totals = { files: 0, ran: 0, lines: 0 };

function plus(a: Totals, b: Totals, times: 1 | -1): Totals {
  return { files: a.files + times * b.files, ran: a.ran + times * b.ran, lines: a.lines + times * b.lines };
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
