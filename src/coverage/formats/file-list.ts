import type { FileCoverage } from './file-coverage.ts';
import { MalformedReport } from './malformed-report.ts';
import { mergeCoverage } from './merge-coverage.ts';

/** More files than any repository we know; a report beyond it is an attack on memory. */
export const mostFiles = 200_000;

/** Files of a report in the order of first mention; records of one path are merged. */
export class FileList {
  readonly #files = new Map<string, FileCoverage[]>();

  add(file: FileCoverage): void {
    const records = this.#files.get(file.path);
    if (records === undefined) {
      if (this.#files.size === mostFiles) throw new MalformedReport(`it names more than ${mostFiles} files`);
      this.#files.set(file.path, [file]);
      return;
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
    return [...this.#files.values()].map((records) => records.reduceRight((a, b) => mergeCoverage(b, a)));
  }
}

function size(file: FileCoverage): number {
  let items = 0;
  for (const ofUnit of file.items.values()) items += ofUnit.keys.length;
  return 1 + file.lines.length + file.branches.lines.length + items;
}
