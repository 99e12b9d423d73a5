import { BranchColumns } from './branch-columns.ts';
import { type Branches, type FileCoverage, type Items, type ItemUnit, packShare } from './file-coverage.ts';
import { ItemColumns } from './item-columns.ts';
import { LineColumn } from './line-column.ts';

const noLines = new Uint32Array(0);
const noBranches: Branches = { lines: noLines, keys: noLines, values: noLines };
const noItems: FileCoverage['items'] = new Map();

/**
 * Gathers what a report says of one file, in any order and with repetitions: a line ran when any record says so. The
 * columns of many files share their memory, so a reader keeps one builder for all of them.
 */
export class FileCoverageBuilder {
  readonly lines = new LineColumn();
  readonly branches = new BranchColumns();
  readonly #items = new Map<ItemUnit, ItemColumns>();

  /** `line` is 1 to `lastLineNumber`. */
  line(line: number, ran: boolean): void {
    this.lines.push(line, ran);
  }

  /** `key` tells branches of one line apart (0 for a line's sum); `total` is 1 to `largestShare`. */
  branch(line: number, key: number, covered: number, total: number): void {
    this.branches.push(line, key, packShare(covered, total));
  }

  /** `key` is at most 2^53; `total` is 1 to `largestShare`. */
  item(unit: ItemUnit, key: number, covered: number, total: number): void {
    this.itemsOf(unit).push(key, packShare(covered, total));
  }

  /** The file as gathered so far; the builder is empty afterwards. */
  finish(path: string): FileCoverage {
    return {
      path,
      lines: this.lines.count === 0 ? noLines : this.lines.finish(),
      branches: this.branches.count === 0 ? noBranches : this.branches.finish(),
      items: this.#finishItems(),
    };
  }

  clear(): void {
    this.lines.clear();
    this.branches.clear();
    for (const items of this.#items.values()) items.clear();
  }

  itemsOf(unit: ItemUnit): ItemColumns {
    let items = this.#items.get(unit);
    if (items === undefined) {
      items = new ItemColumns();
      this.#items.set(unit, items);
    }
    return items;
  }

  #finishItems(): FileCoverage['items'] {
    let finished: Map<ItemUnit, Items> | undefined;
    for (const [unit, items] of this.#items) {
      if (items.count === 0) continue;
      finished ??= new Map();
      finished.set(unit, items.finish());
    }
    return finished ?? noItems;
  }
}
