const slabLength = 1 << 16;

/**
 * What is gathered of the file at hand stands in columns from `start` to `end`, in any order and with repetitions. The
 * columns of many files lie side by side in slabs, because a report may name 10,000 files and an array of its own costs
 * more than the numbers of a small file.
 *
 * The fields are open because readers write millions of entries: a loop takes what it needs into variables of its own, stops
 * at the end of the slab, and puts `end` and `ascends` back.
 */
export abstract class Columns {
  start = 0;
  end = 0;
  /** Every entry so far is larger than the one before it: nothing to sort, and no repetition. */
  ascends = true;

  /** Entries of the file at hand. */
  get count(): number {
    return this.end - this.start;
  }

  /** Forgets the entries of the file at hand. */
  clear(): void {
    this.end = this.start;
    this.ascends = true;
  }

  protected beginNextFile(): void {
    this.start = this.end;
    this.ascends = true;
  }

  /** How long the next slab is: it has room for as much again as the file at hand already has, which moves there. */
  protected nextLength(): number {
    return Math.max(slabLength, this.count * 2);
  }

  protected hasMoved(): void {
    this.end = this.count;
    this.start = 0;
  }
}
