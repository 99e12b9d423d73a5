import type { LineStatus } from '../../core/coverage-facts.ts';
import type { FileCoverage } from './file-coverage.ts';

/**
 * Visits every line a report knows, ascending. A line ran when its own count or one of its branches says so; it is
 * partial when it ran and one of its branches did not. Branches on lines without a line record are no lines.
 */
export function eachLine(file: FileCoverage, visit: (line: number, status: LineStatus) => void): void {
  const { lines, values } = file.branches;
  let branch = 0;
  for (const packed of file.lines) {
    const line = packed >>> 1;
    while (branch < lines.length && (lines[branch] as number) < line) branch += 1;
    let ran = (packed & 1) === 1;
    let isPartial = false;
    while (branch < lines.length && lines[branch] === line) {
      const value = values[branch] as number;
      if ((value & 0xffff) > 0) ran = true;
      if ((value & 0xffff) < value >>> 16) isPartial = true;
      branch += 1;
    }
    visit(line, ran ? (isPartial ? 'partial' : 'hit') : 'miss');
  }
}
