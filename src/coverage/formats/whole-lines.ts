import { MalformedReport } from './malformed-report.ts';

const newline = 10;
const longestLine = 1 << 20;

/** Cuts chunks of any size into stretches of whole lines, without copying more than the lines that chunks divide. */
export class WholeLines {
  readonly #read: (bytes: Uint8Array, from: number, to: number) => void;
  #rest = new Uint8Array(0);
  #isFirst = true;

  /** `read` gets stretches that end with a newline; its bytes are lent, not given. */
  constructor(read: (bytes: Uint8Array, from: number, to: number) => void) {
    this.#read = read;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    if (this.#isFirst && chunk.length > 0) {
      this.#isFirst = false;
      if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) from = 3;
    }
    if (this.#rest.length > 0) {
      const end = chunk.indexOf(newline, from);
      const part = chunk.subarray(from, end === -1 ? chunk.length : end + 1);
      const joined = new Uint8Array(this.#rest.length + part.length);
      joined.set(this.#rest);
      joined.set(part, this.#rest.length);
      if (end === -1) {
        this.#keep(joined);
        return;
      }
      this.#rest = new Uint8Array(0);
      this.#read(joined, 0, joined.length);
      from = end + 1;
    }
    const last = chunk.lastIndexOf(newline);
    if (last >= from) {
      this.#read(chunk, from, last + 1);
      from = last + 1;
    }
    if (from < chunk.length) this.#keep(chunk.slice(from));
  }

  /**
   * Reads the last line, when no newline ends it; a newline is added. Half a line is what a cut leaves behind: true when
   * this one is refused, unless `mayBeCutOff` says after it that the report had not begun.
   */
  finish(mayBeCutOff: () => boolean): boolean {
    try {
      this.#readRest();
      return false;
    } catch (error) {
      if (error instanceof MalformedReport && mayBeCutOff()) return true;
      throw error;
    }
  }

  #readRest(): void {
    if (this.#rest.length === 0) return;
    const line = new Uint8Array(this.#rest.length + 1);
    line.set(this.#rest);
    line[this.#rest.length] = newline;
    this.#rest = new Uint8Array(0);
    this.#read(line, 0, line.length);
  }

  #keep(rest: Uint8Array<ArrayBuffer>): void {
    if (rest.length > longestLine) throw new MalformedReport('a line is longer than 1 MiB');
    this.#rest = rest;
  }
}
