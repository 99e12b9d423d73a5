import { packShare } from './file-coverage.ts';
import type { ItemColumns } from './item-columns.ts';
import { functionKey } from './name-key.ts';

/** Up to here moving entries one by one is quicker than a sort that calls a function to compare two. */
const fewEntries = 48;
const ran = -1;
const missed = -2;
const instance = 2 ** 30;
const shareOfRun = packShare(1, 1);
const shareOfMissed = packShare(0, 1);

/**
 * The functions of one lcov record. FN and FNDA know each other by name alone, and one name may stand for several functions
 * of a file (methods of two classes, overloads, functions without a name). So the first count of a name belongs to the
 * first function of it, the second to the second: the order of all tools that write more than one. A function without a
 * count did not run, and a count without a function is one all the same.
 *
 * llvm-cov writes an FN for each instance of a generic Rust function, and counts (FNF) the function once; so do we. In C++ lcov 1
 * counts instances apart, and they stay so.
 */
export class LcovFunctions {
  #count = 0;
  #names = new Float64Array(1024);
  /** The line of an FN, below 2^30, more for an instance; of an FNDA whether its count is above 0. */
  #notes = new Int32Array(1024);

  get count(): number {
    return this.#count;
  }

  /** FN; `name` is a name key. All instances that begin in one line are one function. */
  declare(name: number, line: number, isInstance: boolean): void {
    this.#push(name, (line & 0x3fffffff) + (isInstance ? instance : 0));
  }

  /** FNDA */
  run(name: number, times: boolean): void {
    this.#push(name, times ? ran : missed);
  }

  /** Hands the functions of the record over; the next record begins. */
  moveTo(items: ItemColumns): void {
    if (this.#count <= fewEntries) this.#insertInOrder();
    else this.#sort();
    const names = this.#names;
    for (let from = 0; from < this.#count; ) {
      let to = from + 1;
      while (to < this.#count && names[to] === names[from]) to += 1;
      this.#moveName(from, to, items);
      from = to;
    }
    this.#count = 0;
  }

  /** Nearly all names have one FN and one FNDA. */
  #moveName(from: number, to: number, items: ItemColumns): void {
    const name = this.#names[from] as number;
    let [declared, line] = [0, 0];
    let didRun = false;
    for (let at = from; at < to; at += 1) {
      const note = this.#notes[at] as number;
      if (note < 0) didRun ||= note === ran;
      else {
        if (declared === 0) line = note;
        declared += 1;
      }
    }
    if (line >= instance) items.push(line - instance, didRun ? shareOfRun : shareOfMissed);
    else if (declared > 1) this.#moveNamesakes(name, this.#notes.subarray(from, to), items);
    else items.push(functionKey(name, line, 0), didRun ? shareOfRun : shareOfMissed);
  }

  #moveNamesakes(name: number, notes: Int32Array, items: ItemColumns): void {
    const lines = notes.filter((note) => note >= 0);
    const counts = notes.filter((note) => note < 0);
    const seen = new Map<number, number>();
    for (const [place, line] of lines.entries()) {
      const before = seen.get(line) ?? 0;
      seen.set(line, before + 1);
      let didRun = false;
      for (let at = place; at < counts.length && !didRun; at += lines.length) didRun = counts[at] === ran;
      items.push(functionKey(name, line, before), didRun ? shareOfRun : shareOfMissed);
    }
  }

  #push(name: number, note: number): void {
    if (this.#count === this.#names.length) this.#makeRoom();
    this.#names[this.#count] = name;
    this.#notes[this.#count] = note;
    this.#count += 1;
  }

  /** Both ways keep the order of equal names. */
  #insertInOrder(): void {
    const names = this.#names;
    const notes = this.#notes;
    for (let next = 1; next < this.#count; next += 1) {
      const name = names[next] as number;
      const note = notes[next] as number;
      let at = next;
      for (; at > 0 && (names[at - 1] as number) > name; at -= 1) {
        names[at] = names[at - 1] as number;
        notes[at] = notes[at - 1] as number;
      }
      names[at] = name;
      notes[at] = note;
    }
  }

  #sort(): void {
    const names = this.#names.slice(0, this.#count);
    const notes = this.#notes.slice(0, this.#count);
    const order = Uint32Array.from(names, (_, index) => index).sort(
      (a, b) => (names[a] as number) - (names[b] as number) || a - b,
    );
    for (let index = 0; index < order.length; index += 1) {
      this.#names[index] = names[order[index] as number] as number;
      this.#notes[index] = notes[order[index] as number] as number;
    }
  }

  #makeRoom(): void {
    const names = new Float64Array(this.#count * 2);
    const notes = new Int32Array(names.length);
    names.set(this.#names);
    notes.set(this.#notes);
    this.#names = names;
    this.#notes = notes;
  }
}

const underscore = 95;
const capitalR = 82;
const capitalZ = 90;

/** A mangled Rust name: `_R…`, or in the old way `_ZN…17h0123456789abcdefE`, which ends with a hash. */
export function isRustName(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[from] !== underscore) return false;
  if (bytes[from + 1] === capitalR) return true;
  if (bytes[from + 1] !== capitalZ || to - from < 24) return false;
  return /17h[\da-f]{16}E$/.test(String.fromCharCode(...bytes.subarray(to - 20, to)));
}
