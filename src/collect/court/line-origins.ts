import type { Hunk } from '../../core/change.ts';

/** How one file differs, without context lines. Texts stand in the order of their lines. */
export interface FileDifference {
  readonly path: string;
  readonly isGone: boolean;
  readonly hunks: readonly Hunk[];
  readonly deleted: readonly { readonly line: number; readonly text: string }[];
  readonly added: readonly { readonly line: number; readonly text: string }[];
}

export interface LineOrigins {
  /**
   * Takes in what an entry changes. Gives, by the entry that wrote them, how many lines it removes that mean something: no
   * blank ones, no comments, none that stand elsewhere afterwards in the same form.
   */
  take(entry: number, files: readonly FileDifference[]): ReadonlyMap<number, number>;
  /** The lines of these files are of unknown origin from now on. */
  forget(paths: readonly string[]): void;
}

/** Origins of lines that go elsewhere, by their text without space. */
type Pool = Map<string, (number | undefined)[]>;

/**
 * Which entry of a branch wrote each line, kept up to date by replaying the branch entry by entry: `git blame` of every
 * line at every moment for the price of one reading. Lines from before the first entry have no origin. A line that is
 * moved or indented keeps the origin it had; its own file is looked through first, then the others of the entry.
 */
export function createLineOrigins(): LineOrigins {
  /** By path: the entry of each line. Short arrays are padded on use: an undefined entry is unknown. */
  const origins = new Map<string, (number | undefined)[]>();

  function take(entry: number, files: readonly FileDifference[]): ReadonlyMap<number, number> {
    const left: Pool = new Map();
    const arrived = new Map<string, number>();
    const inFile = files.map(({ path, deleted, added }) => {
      const known = origins.get(path);
      const arriving = countsOf(added.map(({ text }) => withoutSpace(text)));
      const moved: Pool = new Map();
      for (const { line, text } of deleted) {
        const key = withoutSpace(text);
        const isBack = (arriving.get(key) ?? 0) > 0;
        if (isBack) arriving.set(key, (arriving.get(key) ?? 0) - 1);
        put(isBack ? moved : left, key, known?.[line - 1]);
      }
      for (const [key, count] of arriving) if (count > 0) arrived.set(key, (arrived.get(key) ?? 0) + count);
      return moved;
    });
    const removed = new Map<number, number>();
    const elsewhere: Pool = new Map();
    for (const [key, all] of left) {
      const moves = arrived.get(key) ?? 0;
      elsewhere.set(key, all.slice(0, moves));
      for (const origin of all.slice(moves))
        if (origin !== undefined && isTelling(key)) removed.set(origin, (removed.get(origin) ?? 0) + 1);
    }
    for (const [i, file] of files.entries()) {
      const pools = [inFile[i] ?? new Map(), elsewhere];
      if (file.isGone) origins.delete(file.path);
      else origins.set(file.path, rewritten(origins.get(file.path) ?? [], file, entry, pools));
    }
    return removed;
  }

  return {
    take,
    forget: (paths) => {
      for (const path of paths) origins.delete(path);
    },
  };
}

function rewritten(
  known: readonly (number | undefined)[],
  { hunks, added }: FileDifference,
  entry: number,
  pools: readonly Pool[],
): (number | undefined)[] {
  const lines: (number | undefined)[] = [];
  let [next, nextAdded] = [1, 0];
  const copyTo = (line: number) => {
    for (; next < line; next += 1) lines.push(known[next - 1]);
  };
  for (const { baseStart, baseLines, headLines } of hunks) {
    copyTo(baseLines === 0 ? baseStart + 1 : baseStart);
    next += baseLines;
    for (let i = 0; i < headLines; i += 1) {
      const key = withoutSpace(added[nextAdded]?.text ?? '');
      const kept = pools.map((pool) => pool.get(key)).find((origins) => origins && origins.length > 0);
      lines.push(kept ? kept.shift() : entry);
      nextAdded += 1;
    }
  }
  copyTo(known.length + 1);
  return lines;
}

function countsOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function put(pool: Pool, key: string, origin: number | undefined): void {
  const known = pool.get(key);
  if (known) known.push(origin);
  else pool.set(key, [origin]);
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

const comment = /^(?:\/\/|\/\*|\*|--|<!--|;|%|"""|'''|#(?!include|define|if|else|endif|pragma|\[))/;

/** Brackets, `else`, `end` and comments say nothing about who made a mistake. */
function isTelling(text: string): boolean {
  return /[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(text) && text.length > 4 && !comment.test(text);
}
