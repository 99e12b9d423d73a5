import { type CountedUnit, type FileCoverage, type Items, largestShare, packShare } from './file-coverage.ts';
import { FileList } from './file-list.ts';
import { isRecord } from './json-record.ts';
import { excerpt, MalformedReport } from './malformed-report.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { WholeText } from './whole-text.ts';

const units = ['lines', 'branches', 'functions', 'statements'] as const satisfies readonly CountedUnit[];

/**
 * Reads `coverage-summary.json`: totals of files without any line, so it can be counted but says nothing about a change.
 * Its own grand total is left out.
 */
export class IstanbulSummaryReader implements ReportReader {
  readonly #text = new WholeText();

  push(chunk: Uint8Array): void {
    this.#text.push(chunk);
  }

  finish(): RawReport {
    const files = new FileList();
    for (const [path, entry] of Object.entries(this.#text.parseObject())) {
      if (path !== 'total') files.add(fileOf(path, entry));
    }
    return {
      format: 'istanbul-summary',
      files: files.toArray(),
      sources: [],
      remarks: ['a summary has totals only; no line can be looked up in it'],
    };
  }
}

function fileOf(path: string, entry: unknown): FileCoverage {
  const none = new Uint32Array(0);
  const items = new Map<CountedUnit, Items>();
  for (const unit of units) {
    const share = isRecord(entry) ? entry[unit] : undefined;
    const total = isRecord(share) ? share.total : undefined;
    const covered = isRecord(share) ? share.covered : undefined;
    if (!isCount(total) || !isCount(covered) || covered > total) {
      throw new MalformedReport(`the entry ${excerpt(path)} has no ${unit} with total and covered`);
    }
    if (total > 0)
      items.set(unit, { keys: Float64Array.of(0), values: Uint32Array.of(packShare(covered, total)) });
  }
  return { path, lines: none, branches: { lines: none, keys: none, values: none }, items };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largestShare;
}
