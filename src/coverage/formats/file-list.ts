import type { FileCoverage } from './file-coverage.ts';
import { MalformedReport } from './malformed-report.ts';
import { mergeCoverage } from './merge-coverage.ts';

/** More files than any repository we know; a report beyond it is an attack on memory. */
export const mostFiles = 200_000;

/** Files of a report in the order of first mention; records of one path are merged. */
export class FileList {
  readonly #files = new Map<string, FileCoverage>();
  /** All records of a path that has several, in place of the first. */
  readonly #repeated = new Map<string, FileCoverage[]>();

  add(file: FileCoverage): void {
    const first = this.#files.get(file.path);
    if (first !== undefined) {
      this.#repeat(first, file);
      return;
    }
    if (this.#files.size === mostFiles) throw new MalformedReport(`it names more than ${mostFiles} files`);
    this.#files.set(file.path, file);
  }

  #repeat(first: FileCoverage, file: FileCoverage): void {
    let records = this.#repeated.get(file.path);
    if (records === undefined) {
      records = [first];
      this.#repeated.set(file.path, records);
    }
    // Only records of similar size are merged at once: a million small repetitions of a large file stay cheap.
    let merged = file;
    let before = records.at(-1);
    while (before !== undefined && size(before) <= 2 * size(merged)) {
      merged = mergeCoverage(before, merged);
      records.pop();
      before = records.at(-1);
    }
    records.push(merged);
  }

  toArray(): readonly FileCoverage[] {
    for (const [path, records] of this.#repeated)
      this.#files.set(
        path,
        records.reduceRight((a, b) => mergeCoverage(b, a)),
      );
    return [...this.#files.values()];
  }
}

function size(file: FileCoverage): number {
  let items = 0;
  for (const ofUnit of file.items.values()) items += ofUnit.keys.length;
  return 1 + file.lines.length + file.branches.lines.length + items;
}
