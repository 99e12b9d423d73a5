import { largestShare } from './file-coverage.ts';
import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { excerpt, MalformedReport } from './malformed-report.ts';
import { textKey } from './name-key.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { WholeLines } from './whole-lines.ts';

const block = /^(.+):(\d{1,9})\.(\d{1,9}),(\d{1,9})\.(\d{1,9}) (\d{1,9}) (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;
const longestBlock = 1_000_000;
const mostLines = 20_000_000;

/**
 * Reads the text profiles of `go test -coverprofile`. A block is spread over its lines; a line ran when any block on it
 * did. The last line of a block that ends in column 2 or before holds its closing brace alone and is no line of code.
 * Statements are Go's own count; a block that several test packages list counts once.
 */
export class GoCoverReader implements ReportReader {
  readonly #lines = new WholeLines((bytes, from, to) => this.#read(bytes, from, to));
  readonly #files = new FileList();
  readonly #file = new FileCoverageBuilder();
  readonly #decoder = new TextDecoder();
  #path = '';
  #line = 0;
  #spread = 0;
  #hasMode = false;

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  finish(): RawReport {
    const isCutOff = this.#lines.finish(() => this.#hasMode);
    this.#endFile();
    return {
      format: 'go-cover',
      files: this.#files.toArray(),
      sources: [],
      remarks: [],
      ...(isCutOff ? { cutOff: `the report is cut off in line ${this.#line}` } : {}),
    };
  }

  #read(bytes: Uint8Array, from: number, to: number): void {
    for (const line of this.#decoder.decode(bytes.subarray(from, to - 1)).split('\n')) {
      this.#line += 1;
      this.#block(line.trim());
    }
  }

  #block(text: string): void {
    if (text === '') return;
    if (/^mode: \w+$/.test(text)) {
      this.#hasMode = true;
      return;
    }
    const match = block.exec(text);
    if (match === null || !this.#hasMode) throw this.#wrong(text);
    const [, path = '', startLine, startColumn, endLine, endColumn, statements, times = ''] = match;
    const start = Number(startLine);
    const end = Number(endLine);
    const total = Number(statements);
    if (start < 1 || end < start || end - start > longestBlock || total > largestShare)
      throw this.#wrong(text);
    if (path !== this.#path) {
      this.#endFile();
      this.#path = path;
    }
    const ran = /[1-9]/.test(times.replace(/e.*$/i, ''));
    const last = end > start && Number(endColumn) <= 2 ? end - 1 : end;
    this.#spread += last - start + 1;
    if (this.#spread > mostLines)
      throw new MalformedReport(`its blocks span over ${mostLines} lines`, this.#line);
    for (let line = start; line <= last; line += 1) this.#file.line(line, ran);
    if (total === 0) return;
    const key = textKey(`${startLine}.${startColumn},${endLine}.${endColumn}`);
    this.#file.item('statements', key, ran ? total : 0, total);
  }

  #endFile(): void {
    if (this.#path !== '') this.#files.add(this.#file.finish(this.#path));
    this.#path = '';
  }

  #wrong(text: string): MalformedReport {
    return new MalformedReport(`${excerpt(text)} is no block of a Go cover profile`, this.#line);
  }
}
