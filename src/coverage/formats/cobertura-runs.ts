import type { BranchColumns } from './branch-columns.ts';
import { largestShare, packShare } from './file-coverage.ts';
import type { LineColumn } from './line-column.ts';
import type { XmlTag } from './xml-tag.ts';

const newline = 10;
const space = 32;
const quote = 34;
const bracket = 40;
const closingBracket = 41;
const slash = 47;
const zero = 48;
const greater = 62;
/** What the scanner puts behind the last byte. */
const sentinel = 0;

const branch = new TextEncoder().encode('branch="');
const conditionCoverage = new TextEncoder().encode('condition-coverage="');

/** A line number below this has room for one digit more in nine. */
const roomForDigit = 100_000_000;

/**
 * Reads the `<line>` tags that follow each other into the columns, with the white space after them, and gives where it
 * stops: at anything else, at a tag that is not in the form that nearly all tools write (`number`, `hits`, `branch` and
 * `condition-coverage` in any order), or where the slab is full. There the scanner reads on, which knows every form and
 * refuses what is wrong. `bytes[end]` is the sentinel: no comparison and no loop goes past it.
 */
export function readLineTagRun(
  bytes: Uint8Array,
  from: number,
  end: number,
  tag: XmlTag,
  lines: LineColumn,
  branches: BranchColumns,
): number {
  const values = lines.values;
  let linesEnd = lines.end;
  let before = lines.last();
  let ascends = lines.ascends;
  let newlines = 0;
  let start = from;
  run: while (linesEnd < values.length && isLineTag(bytes, start)) {
    let at = start + 6;
    let byte = bytes[at] as number;
    let line = 0;
    let some = -1;
    let covered = -1;
    let total = 0;
    while (byte !== slash && byte !== greater) {
      if (byte === 110 && line === 0 && isNumber(bytes, at)) {
        at += 8;
        byte = bytes[at] as number;
        while ((byte ^ zero) < 10 && line < roomForDigit) {
          line = line * 10 + (byte ^ zero);
          byte = bytes[++at] as number;
        }
        if (line === 0) break run;
      } else if (byte === 104 && some === -1 && isHits(bytes, at)) {
        at += 6;
        byte = bytes[at] as number;
        some = byte ^ zero;
        if (some > 9) break run;
        byte = bytes[++at] as number;
        while ((byte ^ zero) < 10) {
          some |= byte ^ zero;
          byte = bytes[++at] as number;
        }
      } else if (byte === 98 && startsWith(bytes, at, branch)) {
        at += 8;
        byte = bytes[at] as number;
        while (byte !== quote && byte !== sentinel) byte = bytes[++at] as number;
      } else if (byte === 99 && covered === -1 && startsWith(bytes, at, conditionCoverage)) {
        at += 20;
        byte = bytes[at] as number;
        covered = 0;
        while (byte !== bracket && byte !== quote && byte !== sentinel) byte = bytes[++at] as number;
        if (byte === bracket) {
          byte = bytes[++at] as number;
          while ((byte ^ zero) < 10 && covered <= largestShare) {
            covered = covered * 10 + (byte ^ zero);
            byte = bytes[++at] as number;
          }
          if (byte !== slash) break run;
          byte = bytes[++at] as number;
          while ((byte ^ zero) < 10 && total <= largestShare) {
            total = total * 10 + (byte ^ zero);
            byte = bytes[++at] as number;
          }
          if (byte !== closingBracket || covered > total || total > largestShare) break run;
          while (byte !== quote && byte !== sentinel) byte = bytes[++at] as number;
        }
      } else break run;
      if (byte !== quote) break run;
      byte = bytes[++at] as number;
      if (byte === space) byte = bytes[++at] as number;
    }
    if (byte === slash) byte = bytes[++at] as number;
    if (byte !== greater || line === 0) break;
    if (line <= before) ascends = false;
    before = line;
    values[linesEnd] = (line << 1) | (some > 0 ? 1 : 0);
    linesEnd += 1;
    if (total > 0) branches.push(line, 0, packShare(covered, total));
    byte = bytes[++at] as number;
    while (byte <= space && at < end) {
      if (byte === newline) newlines += 1;
      byte = bytes[++at] as number;
    }
    start = at;
  }
  lines.end = linesEnd;
  lines.ascends = ascends;
  tag.line += newlines;
  return start;
}

/** `<line ` */
function isLineTag(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 60 &&
    bytes[at + 1] === 108 &&
    bytes[at + 2] === 105 &&
    bytes[at + 3] === 110 &&
    bytes[at + 4] === 101 &&
    bytes[at + 5] === space
  );
}

/** `number="` */
function isNumber(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 110 &&
    bytes[at + 1] === 117 &&
    bytes[at + 2] === 109 &&
    bytes[at + 3] === 98 &&
    bytes[at + 4] === 101 &&
    bytes[at + 5] === 114 &&
    bytes[at + 6] === 61 &&
    bytes[at + 7] === quote
  );
}

/** `hits="` */
function isHits(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 104 &&
    bytes[at + 1] === 105 &&
    bytes[at + 2] === 116 &&
    bytes[at + 3] === 115 &&
    bytes[at + 4] === 61 &&
    bytes[at + 5] === quote
  );
}

function startsWith(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (bytes[at + index] !== word[index]) return false;
  }
  return true;
}
