import { counted } from '../wording.ts';
import { lastLineNumber } from './file-coverage.ts';
import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { excerpt, MalformedReport } from './malformed-report.ts';
import { nameKey, textKey } from './name-key.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { WholeLines } from './whole-lines.ts';

const newline = 10;
const carriageReturn = 13;
const comma = 44;
const minus = 45;
const zero = 48;
const colon = 58;

/** What a record's DA lines are checked with, to tell a report that is cut off from one without its last line. */
interface OpenRecord {
  readonly path: string;
  readonly startsAt: number;
  hasLineSummary: boolean;
}

/**
 * Reads lcov tracefiles ("geninfo format") of lcov 1 and 2, Istanbul, c8, cargo-llvm-cov, coverage.py and others: SF, DA,
 * BRDA, FN, FNDA, FNL, FNA. Summary records (LF, LH …) are not trusted and other records are skipped.
 *
 * A count that is negative ran: gcov's counters overflow and race, the line itself was reached. Exponents ("1.2e+9")
 * are read too.
 */
export class LcovReader implements ReportReader {
  readonly #lines = new WholeLines((bytes, from, to) => this.#read(bytes, from, to));
  readonly #files = new FileList();
  readonly #file = new FileCoverageBuilder();
  readonly #decoder = new TextDecoder();
  #record: OpenRecord | undefined;
  /** Lines of FNL records of the open record, by their index. */
  #functionLines = new Map<string, number>();
  #line = 0;
  #records = 0;
  #negative = 0;
  #lineZero = 0;
  #withoutEnd = 0;

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  finish(): RawReport {
    let cutOff: string | undefined;
    try {
      this.#lines.finish();
    } catch (error) {
      // Half a line is what a cut leaves behind, unless the line would be wrong in the middle of the report as well.
      if (!(error instanceof MalformedReport) || this.#record === undefined) throw error;
      cutOff = `the report is cut off in line ${this.#line}`;
    }
    if (this.#record !== undefined) {
      const { path, startsAt, hasLineSummary } = this.#record;
      if (!hasLineSummary) {
        cutOff ??= `the report is cut off: the record of ${excerpt(path)} (line ${startsAt}) has no end`;
      }
      this.#endRecord();
      this.#withoutEnd += 1;
    }
    if (this.#records === 0) throw new MalformedReport('it has no record of a file (no SF line)');
    const remarks: string[] = [];
    if (this.#negative > 0) remarks.push(`${counted(this.#negative, 'negative count')} read as run`);
    if (this.#lineZero > 0) {
      remarks.push(`${counted(this.#lineZero, 'entry', 'entries')} for line 0 left out`);
    }
    if (this.#withoutEnd > 0) remarks.push(`${counted(this.#withoutEnd, 'record')} without end_of_record`);
    return {
      format: 'lcov',
      files: this.#files.toArray(),
      sources: [],
      remarks,
      ...(cutOff === undefined ? {} : { cutOff }),
    };
  }

  /**
   * DA and BRDA records are nearly all of a report: their usual form is read here, any other goes the long way. A digit
   * is told by one comparison: `byte ^ 48` is its value, and 10 or more for every other byte.
   */
  #read(bytes: Uint8Array, from: number, to: number): void {
    const file = this.#file;
    let lines = file.lines;
    let end = file.linesEnd;
    let before = file.lastLine();
    let isOpen = this.#record !== undefined;
    let at = from;
    let number = this.#line;
    while (at < to) {
      number += 1;
      const first = bytes[at] as number;
      if (first === 68 && isOpen && bytes[at + 1] === 65 && bytes[at + 2] === colon) {
        const start = at;
        let line = 0;
        at += 3;
        let digit = (bytes[at] as number) ^ zero;
        while (digit < 10) {
          line = line * 10 + digit;
          at += 1;
          digit = (bytes[at] as number) ^ zero;
        }
        if (digit === (comma ^ zero) && line > 0 && line <= lastLineNumber) {
          at += 1;
          const countStart = at;
          let some = 0;
          digit = (bytes[at] as number) ^ zero;
          while (digit < 10) {
            some |= digit;
            at += 1;
            digit = (bytes[at] as number) ^ zero;
          }
          if (at > countStart) {
            // Windows line ends, and the checksum of some tools.
            if (digit === (carriageReturn ^ zero)) at += 1;
            else if (digit === (comma ^ zero)) while (bytes[at] !== newline) at += 1;
            if (bytes[at] === newline) {
              if (end === lines.length) {
                file.linesEnd = end;
                file.nextLineSlab();
                lines = file.lines;
                end = file.linesEnd;
              }
              if (line <= before) file.linesAscend = false;
              before = line;
              lines[end] = some === 0 ? line * 2 : line * 2 + 1;
              end += 1;
              at += 1;
              continue;
            }
          }
        }
        this.#line = number;
        file.linesEnd = end;
        at = this.#readOddLine(bytes, start);
      } else if (first === 66 && isOpen && bytes[at + 1] === 82 && bytes[at + 2] === 68) {
        this.#line = number;
        at = this.#readBranch(bytes, at + 5);
        continue;
      } else {
        this.#line = number;
        file.linesEnd = end;
        let stop = at;
        while (bytes[stop] !== newline) stop += 1;
        this.#readOther(bytes, at, stop > at && bytes[stop - 1] === carriageReturn ? stop - 1 : stop);
        at = stop + 1;
        isOpen = this.#record !== undefined;
      }
      lines = file.lines;
      end = file.linesEnd;
      before = file.lastLine();
    }
    this.#line = number;
    file.linesEnd = end;
  }

  /** DA:<line>,<count>[,<checksum>]; gives the start of the next line. */
  #readOddLine(bytes: Uint8Array, start: number): number {
    const newlineAt = bytes.indexOf(newline, start);
    const [, line = '', times = ''] =
      /^DA:(\d+),([^,]+)(?:,.*)?$/.exec(this.#text(bytes, start, newlineAt).trim()) ?? [];
    if (line === '' || Number(line) > lastLineNumber) throw this.#wrong(bytes, start);
    const ran = this.#ranByText(times, bytes, start);
    if (Number(line) === 0) this.#lineZero += 1;
    else this.#file.line(Number(line), ran);
    return newlineAt + 1;
  }

  /**
   * BRDA:<line>,[e]<block>,<branch>,<taken or ->; gives the start of the next line. Block and branch may be any text
   * (lcov 2), so the general reader looks for the last comma; this one takes what nearly all tools write.
   */
  #readBranch(bytes: Uint8Array, start: number): number {
    let at = start;
    let line = 0;
    let block = 0;
    let branch = 0;
    let taken = 0;
    let digit = (bytes[at] as number) ^ zero;
    for (; digit < 10; digit = (bytes[++at] as number) ^ zero) line = line * 10 + digit;
    if (digit !== (comma ^ zero)) return this.#readOddBranch(bytes, start);
    const blockStart = at + 1;
    digit = (bytes[++at] as number) ^ zero;
    for (; digit < 10; digit = (bytes[++at] as number) ^ zero) block = block * 10 + digit;
    if (digit !== (comma ^ zero)) return this.#readOddBranch(bytes, start);
    const branchStart = at + 1;
    digit = (bytes[++at] as number) ^ zero;
    for (; digit < 10; digit = (bytes[++at] as number) ^ zero) branch = branch * 10 + digit;
    if (digit !== (comma ^ zero)) return this.#readOddBranch(bytes, start);
    const takenStart = at + 1;
    digit = (bytes[++at] as number) ^ zero;
    if (digit === (minus ^ zero)) at += 1;
    else for (; digit < 10; digit = (bytes[++at] as number) ^ zero) taken |= digit;
    const takenEnd = at;
    if (bytes[at] === carriageReturn) at += 1;
    const isUsual =
      bytes[at] === newline &&
      bytes[start - 1] === colon &&
      takenEnd > takenStart &&
      takenStart > branchStart + 1 &&
      branchStart > blockStart + 1 &&
      line > 0 &&
      line <= lastLineNumber &&
      block < 10_000 &&
      branch < 10_000;
    if (!isUsual) return this.#readOddBranch(bytes, start);
    this.#file.branch(line, block * 10_000 + branch, taken === 0 ? 0 : 1, 1);
    return at + 1;
  }

  #readOddBranch(bytes: Uint8Array, start: number): number {
    const newlineAt = bytes.indexOf(newline, start);
    const end = bytes[newlineAt - 1] === carriageReturn ? newlineAt - 1 : newlineAt;
    const text = this.#text(bytes, start, end);
    const firstComma = text.indexOf(',');
    const lastComma = text.lastIndexOf(',');
    const line = text.slice(0, Math.max(0, firstComma));
    const id = text.slice(firstComma + 1, Math.max(firstComma + 1, lastComma));
    const taken = text.slice(lastComma + 1);
    const hasBlockAndBranch = id.indexOf(',', 1) > 0;
    if (
      bytes[start - 1] !== colon ||
      !/^\d+$/.test(line) ||
      Number(line) > lastLineNumber ||
      !hasBlockAndBranch ||
      taken === ''
    ) {
      throw this.#wrong(bytes, start - 5);
    }
    const covered = taken !== '-' && this.#ranByText(taken, bytes, start - 5) ? 1 : 0;
    const numbers = /^(\d{1,4}),(\d{1,4})$/.exec(id);
    const key = numbers
      ? Number(numbers[1]) * 10_000 + Number(numbers[2])
      : (textKey(id) % 2 ** 31) + 2 ** 31;
    if (Number(line) === 0) this.#lineZero += 1;
    else this.#file.branch(Number(line), key, covered, 1);
    return newlineAt + 1;
  }

  #readOther(bytes: Uint8Array, start: number, end: number): void {
    if (start === end || bytes[start] === 35) return;
    if (bytes[start] === 70 && bytes[start + 1] === 78) {
      if (bytes[start + 2] === colon) {
        this.#function(bytes, start + 3, end, start);
        return;
      }
      if (bytes[start + 2] === 68 && bytes[start + 3] === 65 && bytes[start + 4] === colon) {
        this.#functionRan(bytes, start + 5, end, start);
        return;
      }
    }
    const text = this.#text(bytes, start, end).trim();
    const stop = text.indexOf(':');
    const keyword = stop === -1 ? text : text.slice(0, stop);
    if (keyword === 'end_of_record') this.#endRecord();
    else if (keyword === '' || text === 'EOF') return;
    else if (stop === -1 || !/^[A-Z][A-Z0-9_]+$/.test(keyword)) throw this.#wrong(bytes, start);
    else if (keyword === 'DA' || keyword === 'BRDA') {
      throw new MalformedReport(`a ${keyword} record stands before any SF record`, this.#line);
    } else if (keyword === 'SF') this.#startRecord(text.slice(stop + 1).trim());
    else if (keyword === 'FNL' || keyword === 'FNA') {
      this.#numberedFunction(keyword, text.slice(stop + 1), bytes, start);
    } else if (keyword === 'LH' && this.#record !== undefined) this.#record.hasLineSummary = true;
  }

  #startRecord(path: string): void {
    if (this.#record !== undefined) {
      this.#withoutEnd += 1;
      this.#endRecord();
    }
    if (path === '') throw new MalformedReport('an SF record names no file', this.#line);
    this.#records += 1;
    this.#record = { path, startsAt: this.#line, hasLineSummary: false };
  }

  #endRecord(): void {
    if (this.#record === undefined) return;
    this.#files.add(this.#file.finish(this.#record.path));
    this.#record = undefined;
    if (this.#functionLines.size > 0) this.#functionLines = new Map();
  }

  /** FN:<line>,[<last line>,]<name> */
  #function(bytes: Uint8Array, start: number, end: number, lineStart: number): void {
    let at = start;
    while (at < end && isDigit(bytes[at] as number)) at += 1;
    let name = at + 1;
    if (at === start || bytes[at] !== comma || name > end) throw this.#wrong(bytes, lineStart);
    at = name;
    while (at < end && isDigit(bytes[at] as number)) at += 1;
    if (at > name && bytes[at] === comma && at + 1 < end) name = at + 1;
    if (this.#record !== undefined) this.#file.function(nameKey(bytes, name, end), false);
  }

  /** FNDA:<count>,<name> */
  #functionRan(bytes: Uint8Array, start: number, end: number, lineStart: number): void {
    const stop = bytes.indexOf(comma, start);
    if (stop === -1 || stop >= end) throw this.#wrong(bytes, lineStart);
    const ran = this.#ran(bytes, start, stop, lineStart);
    this.#file.function(nameKey(bytes, stop + 1, end), ran);
  }

  /** FNL:<index>,<line>[,<last line>] and FNA:<index>,<count>,<name>; aliases share an index and count as one function. */
  #numberedFunction(keyword: 'FNL' | 'FNA', text: string, bytes: Uint8Array, lineStart: number): void {
    const [index = '', value = ''] = text.split(',', 2);
    if (!/^\d+$/.test(index) || value === '') throw this.#wrong(bytes, lineStart);
    if (keyword === 'FNL') {
      const line = Number(value);
      if (!Number.isInteger(line) || line < 0 || line > lastLineNumber) throw this.#wrong(bytes, lineStart);
      this.#functionLines.set(index, line);
      this.#file.function(line, false);
      return;
    }
    const line = this.#functionLines.get(index);
    if (line === undefined) throw this.#wrong(bytes, lineStart);
    this.#file.function(line, this.#ranByText(value, bytes, lineStart));
  }

  #ran(bytes: Uint8Array, start: number, end: number, lineStart: number): boolean {
    let ran = false;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (!isDigit(byte)) return this.#ranByText(this.#text(bytes, start, end), bytes, lineStart);
      if (byte !== zero) ran = true;
    }
    if (start >= end) throw this.#wrong(bytes, lineStart);
    return ran;
  }

  #ranByText(text: string, bytes: Uint8Array, lineStart: number): boolean {
    const number = /^\s*([+-]?)(\d+(?:\.\d+)?)(?:[eE][+-]?\d+)?\s*$/.exec(text);
    if (number === null) throw this.#wrong(bytes, lineStart);
    const ran = /[1-9]/.test(number[2] ?? '');
    if (ran && number[1] === '-') this.#negative += 1;
    return ran;
  }

  #text(bytes: Uint8Array, start: number, end: number): string {
    return this.#decoder.decode(bytes.subarray(start, end));
  }

  #wrong(bytes: Uint8Array, near: number): MalformedReport {
    const start = bytes.lastIndexOf(newline, Math.max(0, near - 1)) + 1;
    const end = bytes.indexOf(newline, near);
    const text = excerpt(this.#text(bytes, near === 0 ? 0 : start, end).trim());
    return new MalformedReport(`${text} is no lcov record`, this.#line);
  }
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= 57;
}
