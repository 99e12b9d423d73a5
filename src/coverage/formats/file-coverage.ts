/** What a number counts. Formats differ in which they carry; a total never mixes two. */
export type CountedUnit = 'lines' | 'branches' | 'functions' | 'statements' | 'instructions';

/**
 * Units that are counted item by item. Lines and branches are among them only in a summary, which gives one sum for a
 * file and knows no single line.
 */
export type ItemUnit = CountedUnit;

export interface Share {
  readonly covered: number;
  readonly total: number;
}

/**
 * What one report says about one file, in columns: a 50 MB report holds millions of lines. Built by
 * `FileCoverageBuilder`, joined by `mergeCoverage`; both keep every column sorted and free of duplicates.
 */
export interface FileCoverage {
  /** As the report writes it. Untrusted text. */
  readonly path: string;
  /** `line * 2 + (ran ? 1 : 0)`, ascending. */
  readonly lines: Uint32Array;
  readonly branches: Branches;
  readonly items: ReadonlyMap<ItemUnit, Items>;
}

export interface Branches {
  /** Ascending; entries of one line ascend by key. */
  readonly lines: Uint32Array;
  /** Tells the branches of one line apart where the format does; 0 where it gives one sum for the line. */
  readonly keys: Uint32Array;
  /** Packed shares (see `packShare`). */
  readonly values: Uint32Array;
}

export interface Items {
  /** Ascending. */
  readonly keys: Float64Array;
  /** Packed shares (see `packShare`). */
  readonly values: Uint32Array;
}

/** The largest line number that fits a column. */
export const lastLineNumber = 2 ** 31 - 1;

/** The largest number of branches on one line, or of instructions and statements in one item. */
export const largestShare = 65_535;

const shareBase = largestShare + 1;

/**
 * One number that orders by total first and covered second. Where two reports differ the larger one stays: the larger
 * total with its own covered count, then the larger covered count.
 */
export function packShare(covered: number, total: number): number {
  return total * shareBase + covered;
}

export function unpackShare(packed: number): Share {
  return { covered: packed % shareBase, total: Math.floor(packed / shareBase) };
}
