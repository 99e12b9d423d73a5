import type { LineStatus } from '../../core/coverage-facts.ts';
import { type FileCoverage, lastLineNumber } from './file-coverage.ts';

/**
 * Visits every line a report knows, ascending. A line ran when its own count or one of its branches says so; it is
 * partial when it ran and one of its branches did not. Branches on lines without a line record are no lines.
 */
export function eachLine(file: FileCoverage, visit: (line: number, status: LineStatus) => void): void {
  const { lines } = file;
  const { lines: branchLines, values } = file.branches;
  let branch = 0;
  /** The next line with branches: up to it one comparison is enough. */
  let next = branchLines.length > 0 ? (branchLines[0] as number) : lastLineNumber;
  for (let index = 0; index < lines.length; index += 1) {
    const packed = lines[index] as number;
    const line = packed >>> 1;
    if (line < next) {
      visit(line, (packed & 1) === 1 ? 'hit' : 'miss');
      continue;
    }
    let ran = (packed & 1) === 1;
    let isPartial = false;
    for (; branch < branchLines.length && (branchLines[branch] as number) <= line; branch += 1) {
      if (branchLines[branch] !== line) continue;
      const value = values[branch] as number;
      if ((value & 0xffff) > 0) ran = true;
      if ((value & 0xffff) < value >>> 16) isPartial = true;
    }
    next = branch < branchLines.length ? (branchLines[branch] as number) : lastLineNumber;
    visit(line, ran ? (isPartial ? 'partial' : 'hit') : 'miss');
  }
}
