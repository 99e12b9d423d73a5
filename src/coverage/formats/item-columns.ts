import { Columns } from './columns.ts';
import type { Items } from './file-coverage.ts';

/** Up to here moving entries one by one is quicker than a sort that calls a function to compare two. */
const fewEntries = 48;

/** Items of one unit as `FileCoverage` has them, ascending by key. */
export class ItemColumns extends Columns {
  keys = new Float64Array(0);
  /** Packed shares. */
  values = new Uint32Array(0);

  push(key: number, value: number): void {
    if (this.end === this.keys.length) this.#makeRoom();
    const end = this.end;
    if (end > this.start && key <= (this.keys[end - 1] as number)) this.ascends = false;
    this.keys[end] = key;
    this.values[end] = value;
    this.end = end + 1;
  }

  /** The items of the file at hand, ascending, each once with its largest share. The next file begins. */
  finish(): Items {
    if (!this.ascends) {
      if (this.count <= fewEntries) this.#insertInOrder();
      else this.#sort();
      this.#keepLargest();
    }
    const { start, end } = this;
    this.beginNextFile();
    return { keys: this.keys.subarray(start, end), values: this.values.subarray(start, end) };
  }

  #insertInOrder(): void {
    const { keys, values, start, end } = this;
    for (let next = start + 1; next < end; next += 1) {
      const key = keys[next] as number;
      const value = values[next] as number;
      let at = next;
      for (; at > start && (keys[at - 1] as number) > key; at -= 1) {
        keys[at] = keys[at - 1] as number;
        values[at] = values[at - 1] as number;
      }
      keys[at] = key;
      values[at] = value;
    }
  }

  #sort(): void {
    const keys = this.keys.slice(this.start, this.end);
    const values = this.values.slice(this.start, this.end);
    const order = Uint32Array.from(keys, (_, index) => index).sort(
      (a, b) => (keys[a] as number) - (keys[b] as number),
    );
    for (let index = 0; index < order.length; index += 1) {
      this.keys[this.start + index] = keys[order[index] as number] as number;
      this.values[this.start + index] = values[order[index] as number] as number;
    }
  }

  #keepLargest(): void {
    const { keys, values, start } = this;
    let kept = start;
    for (let index = start; index < this.end; index += 1) {
      const key = keys[index] as number;
      let value = values[index] as number;
      if (kept > start && keys[kept - 1] === key) {
        kept -= 1;
        value = Math.max(value, values[kept] as number);
      }
      keys[kept] = key;
      values[kept] = value;
      kept += 1;
    }
    this.end = kept;
  }

  #makeRoom(): void {
    const keys = new Float64Array(this.nextLength());
    const values = new Uint32Array(keys.length);
    keys.set(this.keys.subarray(this.start, this.end));
    values.set(this.values.subarray(this.start, this.end));
    this.keys = keys;
    this.values = values;
    this.hasMoved();
  }
}
