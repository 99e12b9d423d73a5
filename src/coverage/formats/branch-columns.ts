import { Columns } from './columns.ts';
import type { Branches } from './file-coverage.ts';

/** Branches as `FileCoverage` has them, ascending by line and key. */
export class BranchColumns extends Columns {
  lines = new Uint32Array(0);
  keys = new Uint32Array(0);
  /** Packed shares. */
  values = new Uint32Array(0);

  get isFull(): boolean {
    return this.end === this.lines.length;
  }

  push(line: number, key: number, value: number): void {
    if (this.isFull) this.makeRoom();
    const end = this.end;
    if (end > this.start) {
      const before = this.lines[end - 1] as number;
      if (line < before || (line === before && key <= (this.keys[end - 1] as number))) this.ascends = false;
    }
    this.lines[end] = line;
    this.keys[end] = key;
    this.values[end] = value;
    this.end = end + 1;
  }

  makeRoom(): void {
    const length = this.nextLength();
    const moved = (slab: Uint32Array): Uint32Array<ArrayBuffer> => {
      const next = new Uint32Array(length);
      next.set(slab.subarray(this.start, this.end));
      return next;
    };
    this.lines = moved(this.lines);
    this.keys = moved(this.keys);
    this.values = moved(this.values);
    this.hasMoved();
  }

  /** The branches of the file at hand, ascending, each once with its largest share. The next file begins. */
  finish(): Branches {
    if (!this.ascends) this.#sort();
    const { start, end } = this;
    this.beginNextFile();
    return {
      lines: this.lines.subarray(start, end),
      keys: this.keys.subarray(start, end),
      values: this.values.subarray(start, end),
    };
  }

  #sort(): void {
    const lines = this.lines.slice(this.start, this.end);
    const keys = this.keys.slice(this.start, this.end);
    const values = this.values.slice(this.start, this.end);
    const order = Uint32Array.from(lines, (_, index) => index).sort(
      (a, b) =>
        (lines[a] as number) - (lines[b] as number) ||
        (keys[a] as number) - (keys[b] as number) ||
        (values[a] as number) - (values[b] as number),
    );
    let end = this.start;
    for (const index of order) {
      const line = lines[index] as number;
      const key = keys[index] as number;
      // Of equal entries the last one has the largest share.
      if (end > this.start && this.lines[end - 1] === line && this.keys[end - 1] === key) end -= 1;
      this.lines[end] = line;
      this.keys[end] = key;
      this.values[end] = values[index] as number;
      end += 1;
    }
    this.end = end;
  }
}
