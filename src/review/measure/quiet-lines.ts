import type { QuietLines } from '../../core/review-facts.ts';

/** A line that a change adds (head side) or removes (base side), with its text and without its line end. */
export interface ChangedLine {
  readonly line: number;
  readonly text: string;
}

export interface ChangedText {
  readonly path: string;
  readonly added: readonly ChangedLine[];
  readonly deleted: readonly ChangedLine[];
}

/** Shorter runs of equal lines (closing brackets, imports) are no move. Chosen by us, after git's `--color-moved=blocks`. */
const shortestBlock = 3;
/** A block with fewer letters and digits than this is no move; git uses 20. */
const fewestCharacters = 20;
/** Places where a block may begin that are looked at for one line; a line like "}" has thousands. */
const mostStarts = 50;

/**
 * Lines of a change that need no close look: those that differ in white space alone from a removed line of the same file,
 * and blocks of at least three lines that were removed in one place and added in another, in whatever file, indentation
 * aside. Each removed line answers for one added line at most. Unit: lines, added plus deleted.
 *
 * Domain: all changed lines of the change. In languages where indentation has a meaning a re-indented line still counts as
 * white space alone, as in `git diff -w`; a block whose meaning changes with its place is not seen as anything but moved.
 * Source: git-diff(1), `--ignore-all-space` and `--color-moved`.
 */
export function quietLines(files: readonly ChangedText[]): readonly QuietLines[] {
  const counts = files.map(() => ({ whitespace: 0, moved: 0 }));
  const left = files.map((file, n) => {
    const { rest, pairs } = withoutWhitespacePairs(file);
    take(counts, n, 'whitespace', 2 * pairs);
    return rest;
  });
  countMoves(left, counts);
  return files
    .map(({ path }, i) => ({ path, whitespace: counts[i]?.whitespace ?? 0, moved: counts[i]?.moved ?? 0 }))
    .filter(({ whitespace, moved }) => whitespace + moved > 0);
}

type Sides = Pick<ChangedText, 'added' | 'deleted'>;

/** Equal lines are paired first, so that no line is taken for a re-indented one that also stands there unchanged. */
function withoutWhitespacePairs({ added, deleted }: Sides): { readonly rest: Sides; readonly pairs: number } {
  const equal = tally(deleted, ({ text }) => text);
  const newTexts = added.filter(({ text }) => !takeOne(equal, text));
  const same = tally(added, ({ text }) => text);
  const oldTexts = deleted.filter(({ text }) => !takeOne(same, text));
  const partners = tally(oldTexts, ({ text }) => squeezed(text));
  const indented = new Set(newTexts.filter(({ text }) => takeOne(partners, squeezed(text))));
  const answered = tally([...indented], ({ text }) => squeezed(text));
  const gone = new Set(oldTexts.filter(({ text }) => takeOne(answered, squeezed(text))));
  return {
    rest: {
      added: added.filter((line) => !indented.has(line)),
      deleted: deleted.filter((line) => !gone.has(line)),
    },
    pairs: indented.size,
  };
}

function tally(lines: readonly ChangedLine[], keyOf: (line: ChangedLine) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
  return counts;
}

function takeOne(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}

interface Count {
  whitespace: number;
  moved: number;
}

function take(counts: readonly Count[], file: number, what: keyof Count, lines: number): void {
  const count = counts[file];
  if (count) count[what] += lines;
}

interface Removed {
  readonly file: number;
  readonly index: number;
}

function countMoves(files: readonly Sides[], counts: readonly Count[]): void {
  const removed = new Map<string, Removed[]>();
  files.forEach(({ deleted }, file) => {
    deleted.forEach(({ text }, index) => {
      const key = text.trim();
      const places = removed.get(key) ?? [];
      if (places.length < mostStarts) places.push({ file, index });
      removed.set(key, places);
    });
  });
  const used = new Set<string>();
  const isFree = ({ file, index }: Removed) => !used.has(`${file} ${index}`);
  files.forEach(({ added }, file) => {
    for (let i = 0; i < added.length; ) {
      const starts = (removed.get(added[i]?.text.trim() ?? '') ?? []).filter(isFree);
      const [best] = starts
        .map((start) => ({
          start,
          length: blockLength(added, i, files[start.file]?.deleted ?? [], start, isFree),
        }))
        .toSorted((a, b) => b.length - a.length);
      if (!best || !isBlock(added.slice(i, i + best.length))) {
        // What is too little for a block is passed over whole, so that a thousand brackets cost no more than their number.
        i += Math.max(1, best?.length ?? 0);
        continue;
      }
      for (let n = 0; n < best.length; n += 1) used.add(`${best.start.file} ${best.start.index + n}`);
      take(counts, file, 'moved', best.length);
      take(counts, best.start.file, 'moved', best.length);
      i += best.length;
    }
  });
}

function blockLength(
  added: readonly ChangedLine[],
  from: number,
  deleted: readonly ChangedLine[],
  start: Removed,
  isFree: (place: Removed) => boolean,
): number {
  let length = 0;
  for (;;) {
    const here = added[from + length];
    const there = deleted[start.index + length];
    if (!here || !there || here.text.trim() !== there.text.trim()) return length;
    if (!isFree({ file: start.file, index: start.index + length })) return length;
    const isApart =
      length > 0 &&
      (here.line !== (added[from]?.line ?? 0) + length ||
        there.line !== (deleted[start.index]?.line ?? 0) + length);
    if (isApart) return length;
    length += 1;
  }
}

function isBlock(lines: readonly ChangedLine[]): boolean {
  if (lines.length < shortestBlock) return false;
  const characters = lines.reduce((sum, { text }) => sum + text.replace(/[^\p{L}\p{N}]/gu, '').length, 0);
  return characters >= fewestCharacters;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}
