import { counted } from '../wording.ts';
import { lastLineNumber } from './file-coverage.ts';
import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { isRustName, LcovFunctions } from './lcov-functions.ts';
import { readBranchRun, readFunctionRun, readLineRun } from './lcov-runs.ts';
import { lineZeroRemark } from './line-zero-remark.ts';
import { excerpt, MalformedReport } from './malformed-report.ts';
import { textKey } from './name-key.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { WholeLines } from './whole-lines.ts';

const newline = 10;
const carriageReturn = 13;
const numberSign = 35;

const endOfRecord = 'end_of_record';
const summaries = ['TN:', 'FNF:', 'FNH:', 'LF:', 'BRF:', 'BRH:'];

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
  readonly #functions = new LcovFunctions();
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
    const isCutOff = this.#lines.finish(() => this.#record !== undefined);
    let cutOff = isCutOff ? `the report is cut off in line ${this.#line}` : undefined;
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
    remarks.push(...lineZeroRemark(this.#lineZero));
    if (this.#withoutEnd > 0) remarks.push(`${counted(this.#withoutEnd, 'record')} without end_of_record`);
    return {
      format: 'lcov',
      files: this.#files.toArray(),
      sources: [],
      remarks,
      ...(cutOff === undefined ? {} : { cutOff }),
    };
  }

  #read(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const stop = this.#record === undefined ? at : this.#readRun(bytes, at, to);
      at = stop > at ? stop : this.#readLine(bytes, at);
    }
  }

  /** Nearly all of a report: records in their usual form. Gives where they end, `at` itself when there is none. */
  #readRun(bytes: Uint8Array, at: number, to: number): number {
    const { lines, branches } = this.#file;
    const functions = this.#functions;
    const first = bytes[at];
    let stop = at;
    if (first === 68) {
      if (lines.isFull) lines.makeRoom();
      const before = lines.count;
      stop = readLineRun(bytes, at, to, lines);
      this.#line += lines.count - before;
    } else if (first === 66) {
      if (branches.isFull) branches.makeRoom();
      const before = branches.count;
      stop = readBranchRun(bytes, at, to, branches);
      this.#line += branches.count - before;
    } else if (first === 70) {
      const before = functions.count;
      stop = readFunctionRun(bytes, at, to, functions);
      this.#line += functions.count - before;
    }
    return stop;
  }

  /** Any line; gives the start of the next one. */
  #readLine(bytes: Uint8Array, start: number): number {
    this.#line += 1;
    let newlineAt = start;
    while (bytes[newlineAt] !== newline) newlineAt += 1;
    const end = newlineAt > start && bytes[newlineAt - 1] === carriageReturn ? newlineAt - 1 : newlineAt;
    const isEmpty = end === start || bytes[start] === numberSign;
    if (!isEmpty && !this.#readUsual(bytes, start, end)) this.#readText(this.#text(bytes, start, end));
    return newlineAt + 1;
  }

  /** The records that every file has, told by their bytes: making text of each costs more than all their numbers. */
  #readUsual(bytes: Uint8Array, start: number, end: number): boolean {
    if (startsWith(bytes, start, 'SF:')) this.#startRecord(this.#text(bytes, start + 3, end).trim());
    else if (startsWith(bytes, start, 'LH:')) {
      if (this.#record !== undefined) this.#record.hasLineSummary = true;
    } else if (end - start === endOfRecord.length && startsWith(bytes, start, endOfRecord)) this.#endRecord();
    else return isSummary(bytes, start);
    return true;
  }

  #readText(text: string): void {
    if (this.#record !== undefined && text.startsWith('DA:')) this.#readOddLine(text);
    else if (this.#record !== undefined && text.startsWith('BRDA:')) this.#readOddBranch(text);
    else if (text.startsWith('FN:')) this.#readOddFunction(text);
    else if (text.startsWith('FNDA:')) this.#readOddFunctionCount(text);
    else this.#readKeyword(text.trim());
  }

  /** DA:<line>,<count>[,<checksum>] */
  #readOddLine(text: string): void {
    const [, line = '', times = ''] = /^DA:(\d+),([^,]+)(?:,.*)?$/.exec(text.trim()) ?? [];
    if (line === '' || Number(line) > lastLineNumber) throw this.#wrong(text);
    const ran = this.#ran(times, text);
    if (Number(line) === 0) this.#lineZero += 1;
    else this.#file.line(Number(line), ran);
  }

  /** BRDA:<line>,[e]<block>,<branch>,<taken or ->; block and branch may be any text (lcov 2). */
  #readOddBranch(text: string): void {
    const value = text.slice('BRDA:'.length);
    const firstComma = Math.max(0, value.indexOf(','));
    const lastComma = Math.max(firstComma, value.lastIndexOf(','));
    const line = value.slice(0, firstComma);
    const id = value.slice(firstComma + 1, lastComma);
    const taken = value.slice(lastComma + 1);
    const isComplete = /^\d+$/.test(line) && id.indexOf(',', 1) > 0 && taken !== '';
    if (!isComplete || Number(line) > lastLineNumber) throw this.#wrong(text);
    const covered = taken !== '-' && this.#ran(taken, text) ? 1 : 0;
    const numbers = /^(\d{1,4}),(\d{1,4})$/.exec(id);
    const key = numbers
      ? Number(numbers[1]) * 10_000 + Number(numbers[2])
      : (textKey(id) % 2 ** 31) + 2 ** 31;
    if (Number(line) === 0) this.#lineZero += 1;
    else this.#file.branch(Number(line), key, covered, 1);
  }

  /** FN:<line>,[<last line>,]<name> */
  #readOddFunction(text: string): void {
    const [, line, name] = /^FN:(\d+),(?:\d+,(?=.))?(.*)$/s.exec(text) ?? [];
    if (line === undefined || name === undefined) throw this.#wrong(text);
    if (this.#record !== undefined) this.#declare(name, Number(line));
  }

  #declare(name: string, line: number): void {
    const bytes = new TextEncoder().encode(name);
    this.#functions.declare(textKey(name), line, isRustName(bytes, 0, bytes.length));
  }

  /** FNDA:<count>,<name> */
  #readOddFunctionCount(text: string): void {
    const [, times, name] = /^FNDA:([^,]*),(.*)$/s.exec(text) ?? [];
    if (times === undefined || name === undefined) throw this.#wrong(text);
    const ran = this.#ran(times, text);
    if (this.#record !== undefined) this.#functions.run(textKey(name), ran);
  }

  #readKeyword(text: string): void {
    const stop = text.indexOf(':');
    const keyword = stop === -1 ? text : text.slice(0, stop);
    if (keyword === 'end_of_record') this.#endRecord();
    else if (keyword === '' || text === 'EOF') return;
    else if (stop === -1 || !/^[A-Z][A-Z0-9_]+$/.test(keyword)) throw this.#wrong(text);
    else if (keyword === 'DA' || keyword === 'BRDA') {
      throw new MalformedReport(`a ${keyword} record stands before any SF record`, this.#line);
    } else if (keyword === 'SF') this.#startRecord(text.slice(stop + 1).trim());
    else if (keyword === 'FNL') this.#functionLine(text);
    else if (keyword === 'FNA') this.#numberedFunction(text);
    else if (keyword === 'LH' && this.#record !== undefined) this.#record.hasLineSummary = true;
  }

  /** FNL:<index>,<line>[,<last line>] */
  #functionLine(text: string): void {
    const [, index, value] = /^FNL:(\d+),([^,]+)/.exec(text) ?? [];
    const line = Number(value);
    if (index === undefined || !Number.isInteger(line) || line < 0 || line > lastLineNumber)
      throw this.#wrong(text);
    this.#functionLines.set(index, line);
    this.#file.item('functions', line, 0, 1);
  }

  /** FNA:<index>,<count>,<name>; aliases share an index and count as one function. */
  #numberedFunction(text: string): void {
    const [, index = '', times = ''] = /^FNA:(\d+),([^,]+)/.exec(text) ?? [];
    const line = this.#functionLines.get(index);
    if (line === undefined) throw this.#wrong(text);
    this.#file.item('functions', line, this.#ran(times, text) ? 1 : 0, 1);
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
    if (this.#functions.count > 0) this.#functions.moveTo(this.#file.itemsOf('functions'));
    this.#files.add(this.#file.finish(this.#record.path));
    this.#record = undefined;
    if (this.#functionLines.size > 0) this.#functionLines = new Map();
  }

  #ran(times: string, text: string): boolean {
    const number = /^\s*([+-]?)(\d+(?:\.\d+)?)(?:[eE][+-]?\d+)?\s*$/.exec(times);
    if (number === null) throw this.#wrong(text);
    const ran = /[1-9]/.test(number[2] ?? '');
    if (ran && number[1] === '-') this.#negative += 1;
    return ran;
  }

  #text(bytes: Uint8Array, start: number, end: number): string {
    return this.#decoder.decode(bytes.subarray(start, end));
  }

  #wrong(text: string): MalformedReport {
    return new MalformedReport(`${excerpt(text.trim())} is no lcov record`, this.#line);
  }
}

function isSummary(bytes: Uint8Array, start: number): boolean {
  for (const keyword of summaries) if (startsWith(bytes, start, keyword)) return true;
  return false;
}

/** The line's end stands for none of the characters, so that the comparison stops there. */
function startsWith(bytes: Uint8Array, start: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[start + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
