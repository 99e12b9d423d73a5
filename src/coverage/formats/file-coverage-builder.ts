import { type Branches, type FileCoverage, type Items, type ItemUnit, packShare } from './file-coverage.ts';

const noLines = new Uint32Array(0);
const noBranches: Branches = { lines: noLines, keys: noLines, values: noLines };
const noKeys = new Float64Array(0);
const noItems: FileCoverage['items'] = new Map();
const slabLength = 1 << 16;

/**
 * Gathers what a report says of one file, in any order and with repetitions: a line ran when any record says so. The
 * columns of many files lie side by side in slabs, because a report may name 10,000 of them; a reader therefore keeps one
 * builder.
 */
export class FileCoverageBuilder {
  /** Lines as `FileCoverage` packs them, from `#linesStart` to `linesEnd`: a reader may write there itself. */
  lines = noLines;
  linesEnd = 0;
  /** Lines ascend so far; whoever writes them himself has to say when they do not. */
  linesAscend = true;
  #linesStart = 0;
  #branchLines = noLines;
  #branchKeys = noLines;
  #branchValues = noLines;
  #branchesStart = 0;
  #branchesEnd = 0;
  #branchesAscend = true;
  #functions = noKeys;
  #functionsEnd = 0;
  #items = new Map<ItemUnit, Map<number, number>>();

  /** `line` is at least 1 and at most `lastLineNumber`. */
  line(line: number, ran: boolean): void {
    if (this.linesEnd === this.lines.length) this.nextLineSlab();
    const end = this.linesEnd;
    const lines = this.lines;
    if (end > this.#linesStart && line <= (lines[end - 1] as number) >>> 1) this.linesAscend = false;
    lines[end] = line * 2 + (ran ? 1 : 0);
    this.linesEnd = end + 1;
  }

  /** The line that was given last; 0 at the start of a file. */
  lastLine(): number {
    return this.linesEnd === this.#linesStart ? 0 : (this.lines[this.linesEnd - 1] as number) >>> 1;
  }

  /** `key` tells branches of one line apart (0 for a line's sum); `total` is 1 to `largestShare`. */
  branch(line: number, key: number, covered: number, total: number): void {
    if (this.#branchesEnd === this.#branchLines.length) this.#nextBranchSlab();
    const end = this.#branchesEnd;
    if (end > this.#branchesStart) {
      const before = this.#branchLines[end - 1] as number;
      if (line < before || (line === before && key <= (this.#branchKeys[end - 1] as number))) {
        this.#branchesAscend = false;
      }
    }
    this.#branchLines[end] = line;
    this.#branchKeys[end] = key;
    this.#branchValues[end] = packShare(covered, total);
    this.#branchesEnd = end + 1;
  }

  /** `total` is 1 to `largestShare`. */
  item(unit: ItemUnit, key: number, covered: number, total: number): void {
    let items = this.#items.get(unit);
    if (items === undefined) {
      items = new Map();
      this.#items.set(unit, items);
    }
    const packed = packShare(covered, total);
    if (packed > (items.get(key) ?? -1)) items.set(key, packed);
  }

  /** A function that ran or did not; `key` is at most 2^52. The same as an item of one, in a column instead of a map. */
  function(key: number, ran: boolean): void {
    if (this.#functionsEnd === this.#functions.length) {
      const next = new Float64Array(Math.max(256, this.#functionsEnd * 2));
      next.set(this.#functions);
      this.#functions = next;
    }
    this.#functions[this.#functionsEnd] = key * 2 + (ran ? 1 : 0);
    this.#functionsEnd += 1;
  }

  /** The file as gathered so far; the builder is empty afterwards. */
  finish(path: string): FileCoverage {
    const file = {
      path,
      lines: this.#finishLines(),
      branches: this.#finishBranches(),
      items: this.#finishItems(),
    };
    this.clear();
    return file;
  }

  clear(): void {
    this.linesEnd = this.#linesStart;
    this.linesAscend = true;
    this.#branchesEnd = this.#branchesStart;
    this.#branchesAscend = true;
    this.#functionsEnd = 0;
    if (this.#items.size > 0) this.#items = new Map();
  }

  #finishLines(): Uint32Array {
    const start = this.#linesStart;
    if (this.linesEnd === start) return noLines;
    if (!this.linesAscend) {
      const lines = this.lines.subarray(start, this.linesEnd).sort();
      let kept = 0;
      for (let index = 0; index < lines.length; index += 1) {
        const packed = lines[index] as number;
        // Ascending order puts "ran" after "did not run" of the same line, so the last one is the answer.
        if (kept > 0 && (lines[kept - 1] as number) >>> 1 === packed >>> 1) kept -= 1;
        lines[kept] = packed;
        kept += 1;
      }
      this.linesEnd = start + kept;
    }
    this.#linesStart = this.linesEnd;
    return this.lines.subarray(start, this.linesEnd);
  }

  #finishBranches(): Branches {
    const start = this.#branchesStart;
    if (this.#branchesEnd === start) return noBranches;
    if (!this.#branchesAscend) this.#sortBranches();
    const end = this.#branchesEnd;
    this.#branchesStart = end;
    return {
      lines: this.#branchLines.subarray(start, end),
      keys: this.#branchKeys.subarray(start, end),
      values: this.#branchValues.subarray(start, end),
    };
  }

  #sortBranches(): void {
    const lines = this.#branchLines.slice(this.#branchesStart, this.#branchesEnd);
    const keys = this.#branchKeys.slice(this.#branchesStart, this.#branchesEnd);
    const values = this.#branchValues.slice(this.#branchesStart, this.#branchesEnd);
    const order = Uint32Array.from(lines, (_, index) => index).sort(
      (a, b) =>
        (lines[a] as number) - (lines[b] as number) ||
        (keys[a] as number) - (keys[b] as number) ||
        (values[a] as number) - (values[b] as number),
    );
    let end = this.#branchesStart;
    for (const index of order) {
      const line = lines[index] as number;
      const key = keys[index] as number;
      const isSame =
        end > this.#branchesStart && this.#branchLines[end - 1] === line && this.#branchKeys[end - 1] === key;
      // Of equal entries the last one has the largest share.
      if (isSame) end -= 1;
      this.#branchLines[end] = line;
      this.#branchKeys[end] = key;
      this.#branchValues[end] = values[index] as number;
      end += 1;
    }
    this.#branchesEnd = end;
  }

  #finishItems(): FileCoverage['items'] {
    if (this.#items.size === 0 && this.#functionsEnd === 0) return noItems;
    const finished = new Map<ItemUnit, Items>();
    if (this.#functionsEnd > 0) finished.set('functions', this.#finishFunctions());
    for (const [unit, items] of this.#items) {
      const keys = new Float64Array(items.size);
      let count = 0;
      for (const key of items.keys()) {
        keys[count] = key;
        count += 1;
      }
      keys.sort();
      const values = new Uint32Array(keys.length);
      for (let index = 0; index < keys.length; index += 1)
        values[index] = items.get(keys[index] as number) ?? 0;
      finished.set(unit, { keys, values });
    }
    return finished;
  }

  #finishFunctions(): Items {
    const packed = this.#functions.subarray(0, this.#functionsEnd).sort();
    let kept = 0;
    for (let index = 0; index < packed.length; index += 1) {
      const one = packed[index] as number;
      // Ascending order puts "ran" after "did not run" of the same function, so the last one is the answer.
      if (kept > 0 && Math.floor((packed[kept - 1] as number) / 2) === Math.floor(one / 2)) kept -= 1;
      packed[kept] = one;
      kept += 1;
    }
    const keys = new Float64Array(kept);
    const values = new Uint32Array(kept);
    for (let index = 0; index < kept; index += 1) {
      const one = packed[index] as number;
      const key = Math.floor(one / 2);
      keys[index] = key;
      values[index] = packShare(one - key * 2, 1);
    }
    return { keys, values };
  }

  /** A slab with room for as much again as the file at hand already has, which moves there. */
  nextLineSlab(): void {
    this.lines = moved(this.lines, this.#linesStart, this.linesEnd);
    this.linesEnd -= this.#linesStart;
    this.#linesStart = 0;
  }

  #nextBranchSlab(): void {
    this.#branchLines = moved(this.#branchLines, this.#branchesStart, this.#branchesEnd);
    this.#branchKeys = moved(this.#branchKeys, this.#branchesStart, this.#branchesEnd);
    this.#branchValues = moved(this.#branchValues, this.#branchesStart, this.#branchesEnd);
    this.#branchesEnd -= this.#branchesStart;
    this.#branchesStart = 0;
  }
}

function moved(slab: Uint32Array<ArrayBuffer>, start: number, end: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(Math.max(slabLength, (end - start) * 2));
  next.set(slab.subarray(start, end));
  return next;
}
