import { Columns } from './columns.ts';

/** Lines as `FileCoverage` packs them: `line * 2 + (ran ? 1 : 0)`. */
export class LineColumn extends Columns {
  values = new Uint32Array(0);

  get isFull(): boolean {
    return this.end === this.values.length;
  }

  /** `line` is 1 to `lastLineNumber`. */
  push(line: number, ran: boolean): void {
    if (this.isFull) this.makeRoom();
    if (line <= this.last()) this.ascends = false;
    this.values[this.end] = line * 2 + (ran ? 1 : 0);
    this.end += 1;
  }

  /** The line that was given last; 0 at the start of a file. */
  last(): number {
    return this.end === this.start ? 0 : (this.values[this.end - 1] as number) >>> 1;
  }

  makeRoom(): void {
    const values = new Uint32Array(this.nextLength());
    values.set(this.values.subarray(this.start, this.end));
    this.values = values;
    this.hasMoved();
  }

  /** The lines of the file at hand, ascending, each once: it ran when any of its entries says so. The next file begins. */
  finish(): Uint32Array {
    if (!this.ascends) this.#sort();
    const lines = this.values.subarray(this.start, this.end);
    this.beginNextFile();
    return lines;
  }

  #sort(): void {
    const lines = this.values.subarray(this.start, this.end).sort();
    let kept = 0;
    for (let index = 0; index < lines.length; index += 1) {
      const packed = lines[index] as number;
      // Ascending order puts "ran" after "did not run" of the same line, so the last one is the answer.
      if (kept > 0 && (lines[kept - 1] as number) >>> 1 === packed >>> 1) kept -= 1;
      lines[kept] = packed;
      kept += 1;
    }
    this.end = this.start + kept;
  }
}
