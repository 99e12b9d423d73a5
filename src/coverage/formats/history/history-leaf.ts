import type { LineStatus, StatusRun } from '../../../core/coverage-facts.ts';
import { lastLineNumber } from '../file-coverage.ts';
import { decodeName, encodeName } from './history-path.ts';

const letters: Readonly<Record<LineStatus, string>> = { hit: 'h', partial: 'p', miss: 'm' };
const statuses: Readonly<Record<string, LineStatus>> = { h: 'hit', p: 'partial', m: 'miss' };

/**
 * The text of one leaf: a line for each source file of the directory, sorted by bytes: its name, its hit, partial and
 * missed lines, and their run lengths from line 1 on (`.4h12m2` is four lines without code, twelve that ran, two that
 * did not; a count of 1 is left out). Run lengths and not line numbers: an inserted line then changes one number.
 */
export function writeLeaf(files: ReadonlyMap<string, readonly StatusRun[]>): string {
  return [...files]
    .map(([name, runs]) => {
      const { hit, partial, miss } = totalsOfRuns(runs);
      return `${encodeName(name)} ${hit} ${partial} ${miss} ${writeRuns(runs)}\n`;
    })
    .toSorted(byBytes)
    .join('');
}

/**
 * Reads a leaf that anybody with push access may have written. Gives the lines by file name, or one sentence fragment
 * that says what is wrong with it.
 */
export function readLeaf(
  text: string,
): ReadonlyMap<string, readonly StatusRun[]> | { readonly refused: string } {
  const files = new Map<string, readonly StatusRun[]>();
  const lines = text.split('\n');
  if (lines.pop() !== '') return { refused: 'its last line has no end' };
  for (const [index, line] of lines.entries()) {
    const at = `line ${index + 1}`;
    const [word = '', hit, partial, miss, text = '', ...more] = line.split(' ');
    const name = decodeName(word);
    if (name === undefined || name.includes('/') || more.length > 0)
      return { refused: `${at} names no file` };
    if (files.has(name)) return { refused: `${at} names a file for the second time` };
    const runs = readRuns(text);
    if (runs === undefined) return { refused: `${at} has no run lengths` };
    const totals = totalsOfRuns(runs);
    if (`${totals.hit} ${totals.partial} ${totals.miss}` !== `${hit} ${partial} ${miss}`)
      return { refused: `${at} has totals that its own lines contradict` };
    files.set(name, runs);
  }
  return files;
}

export function totalsOfRuns(runs: readonly StatusRun[]): Record<LineStatus, number> {
  const totals = { hit: 0, partial: 0, miss: 0 };
  for (const [, lines, status] of runs) totals[status] += lines;
  return totals;
}

function writeRuns(runs: readonly StatusRun[]): string {
  let text = '';
  let next = 1;
  for (const [start, lines, status] of runs) {
    if (start > next) text += `.${counted(start - next)}`;
    text += `${letters[status]}${counted(lines)}`;
    next = start + lines;
  }
  return text;
}

function counted(count: number): string {
  return count === 1 ? '' : String(count);
}

function readRuns(text: string): readonly StatusRun[] | undefined {
  if (!/^(?:[.hpm](?:[1-9]\d{0,9})?)*[hpm](?:[1-9]\d{0,9})?$/.test(text)) return undefined;
  const runs: StatusRun[] = [];
  let next = 1;
  let before = '';
  for (const [, letter = '', count = '1'] of text.matchAll(/([.hpm])(\d*)/g)) {
    const lines = count === '' ? 1 : Number(count);
    // Written in one way only: no two neighbours of one kind, no count that is left out elsewhere.
    if (letter === before || (count !== '' && lines === 1)) return undefined;
    before = letter;
    const status = statuses[letter];
    if (status !== undefined) runs.push([next, lines, status]);
    next += lines;
    if (next > lastLineNumber) return undefined;
  }
  return runs;
}

function byBytes(a: string, b: string): number {
  const [one, other] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  for (let at = 0; at < one.length && at < other.length; at += 1) {
    const step = (one[at] as number) - (other[at] as number);
    if (step !== 0) return step;
  }
  return one.length - other.length;
}
