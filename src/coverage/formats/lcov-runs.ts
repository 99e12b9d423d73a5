import type { BranchColumns } from './branch-columns.ts';
import { packShare } from './file-coverage.ts';
import { isRustName, type LcovFunctions } from './lcov-functions.ts';
import type { LineColumn } from './line-column.ts';
import { nameKey } from './name-key.ts';

/**
 * Records of one kind mostly follow each other. Each function here reads such a run into its column and gives where it
 * stops: at the first line that is another record or not in the form that nearly all tools write, or where the slab is
 * full. The caller reads on from there, the long way if nothing was read. `bytes` end with a newline, so that no loop runs
 * over the end, and every line read is one entry more in the column.
 *
 * A digit is told by one comparison: `byte ^ 48` is its value, and 10 or more for every other byte. The loops are apart
 * because the engine compiles a function for what it has met so far: one loop over all records is thrown away and compiled
 * anew at every kind.
 */
const newline = 10;
const carriageReturn = 13;
const comma = 44;
const minus = 45;
const zero = 48;
const colon = 58;

/** A number below this has room for one digit more in 31 bits. */
const roomForDigit = 200_000_000;
const ran = packShare(1, 1);
const missed = packShare(0, 1);

/** DA:<line>,<count>[,<checksum>] */
export function readLineRun(bytes: Uint8Array, from: number, to: number, column: LineColumn): number {
  const values = column.values;
  let end = column.end;
  let before = column.last();
  let ascends = column.ascends;
  let start = from;
  while (start < to && end < values.length) {
    if (bytes[start] !== 68 || bytes[start + 1] !== 65 || bytes[start + 2] !== colon) break;
    let at = start + 3;
    let line = 0;
    let digit = (bytes[at] as number) ^ zero;
    while (digit < 10 && line < roomForDigit) {
      line = (line * 10 + digit) | 0;
      at += 1;
      digit = (bytes[at] as number) ^ zero;
    }
    if (digit !== (comma ^ zero) || line === 0) break;
    at += 1;
    let some = (bytes[at] as number) ^ zero;
    if (some > 9) break;
    at += 1;
    digit = (bytes[at] as number) ^ zero;
    while (digit < 10) {
      some |= digit;
      at += 1;
      digit = (bytes[at] as number) ^ zero;
    }
    if (digit !== (newline ^ zero)) {
      // Windows line ends, and the checksum of some tools.
      if (digit === (carriageReturn ^ zero)) at += 1;
      else if (digit === (comma ^ zero)) while (bytes[at] !== newline) at += 1;
      if (bytes[at] !== newline) break;
    }
    if (line <= before) ascends = false;
    before = line;
    values[end] = (line << 1) | (some === 0 ? 0 : 1);
    end += 1;
    start = at + 1;
  }
  column.end = end;
  column.ascends = ascends;
  return start;
}

/** BRDA:<line>,<block>,<branch>,<taken or ->, block and branch as numbers below 10,000 */
export function readBranchRun(bytes: Uint8Array, from: number, to: number, columns: BranchColumns): number {
  const { lines, keys, values } = columns;
  let end = columns.end;
  let lineBefore = end > columns.start ? (lines[end - 1] as number) : 0;
  let keyBefore = end > columns.start ? (keys[end - 1] as number) : 0;
  let ascends = columns.ascends;
  let start = from;
  while (start < to && end < lines.length) {
    if (bytes[start] !== 66 || bytes[start + 1] !== 82 || bytes[start + 2] !== 68) break;
    if (bytes[start + 3] !== 65 || bytes[start + 4] !== colon) break;
    let at = start + 5;
    let line = 0;
    let digit = (bytes[at] as number) ^ zero;
    while (digit < 10 && line < roomForDigit) {
      line = (line * 10 + digit) | 0;
      at += 1;
      digit = (bytes[at] as number) ^ zero;
    }
    if (digit !== (comma ^ zero) || line === 0) break;
    at += 1;
    let block = (bytes[at] as number) ^ zero;
    if (block > 9) break;
    at += 1;
    digit = (bytes[at] as number) ^ zero;
    while (digit < 10 && block < 1000) {
      block = block * 10 + digit;
      at += 1;
      digit = (bytes[at] as number) ^ zero;
    }
    if (digit !== (comma ^ zero)) break;
    at += 1;
    let branch = (bytes[at] as number) ^ zero;
    if (branch > 9) break;
    at += 1;
    digit = (bytes[at] as number) ^ zero;
    while (digit < 10 && branch < 1000) {
      branch = branch * 10 + digit;
      at += 1;
      digit = (bytes[at] as number) ^ zero;
    }
    if (digit !== (comma ^ zero)) break;
    at += 1;
    let taken = (bytes[at] as number) ^ zero;
    if (taken === (minus ^ zero)) taken = 0;
    else if (taken > 9) break;
    else {
      digit = (bytes[at + 1] as number) ^ zero;
      while (digit < 10) {
        taken |= digit;
        at += 1;
        digit = (bytes[at + 1] as number) ^ zero;
      }
    }
    at += 1;
    if (bytes[at] === carriageReturn) at += 1;
    if (bytes[at] !== newline) break;
    const key = block * 10_000 + branch;
    if (line < lineBefore || (line === lineBefore && key <= keyBefore)) ascends = false;
    lineBefore = line;
    keyBefore = key;
    lines[end] = line;
    keys[end] = key;
    values[end] = taken === 0 ? missed : ran;
    end += 1;
    start = at + 1;
  }
  columns.end = end;
  columns.ascends = ascends;
  return start;
}

/** FN:<line>,[<last line>,]<name> and FNDA:<count>,<name> */
export function readFunctionRun(
  bytes: Uint8Array,
  from: number,
  to: number,
  functions: LcovFunctions,
): number {
  let start = from;
  while (start < to) {
    if (bytes[start] !== 70 || bytes[start + 1] !== 78) break;
    const isCount = bytes[start + 2] === 68 && bytes[start + 3] === 65 && bytes[start + 4] === colon;
    if (!isCount && bytes[start + 2] !== colon) break;
    let at = start + (isCount ? 5 : 3);
    let some = (bytes[at] as number) ^ zero;
    if (some > 9) break;
    let line = some;
    at += 1;
    let digit = (bytes[at] as number) ^ zero;
    while (digit < 10) {
      some |= digit;
      line = (line * 10 + digit) & 0x3fffffff;
      at += 1;
      digit = (bytes[at] as number) ^ zero;
    }
    if (digit !== (comma ^ zero)) break;
    let name = at + 1;
    let newlineAt = name;
    while (bytes[newlineAt] !== newline) newlineAt += 1;
    const stop = bytes[newlineAt - 1] === carriageReturn ? newlineAt - 1 : newlineAt;
    if (!isCount) {
      at = name;
      while (((bytes[at] as number) ^ zero) < 10) at += 1;
      if (at > name && bytes[at] === comma && at + 1 < stop) name = at + 1;
    }
    const key = nameKey(bytes, name, stop);
    if (isCount) functions.run(key, some !== 0);
    else functions.declare(key, line, isRustName(bytes, name, stop));
    start = newlineAt + 1;
  }
  return start;
}
