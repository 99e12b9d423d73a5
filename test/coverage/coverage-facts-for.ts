import type { Change, ChangedFile, LineRange } from '../../src/core/change.ts';
import type { CoverageFacts, StatusRun } from '../../src/core/coverage-facts.ts';
import type { Facts } from '../../src/core/facts.ts';
import { unavailable } from '../../src/core/part.ts';

export function changedFile(
  path: string,
  added: readonly LineRange[],
  more: Partial<ChangedFile> = {},
): ChangedFile {
  return {
    path,
    status: 'modified',
    kind: 'file',
    isBinary: false,
    hunks: added.map(({ start, end }) => ({
      baseStart: start,
      baseLines: 0,
      headStart: start,
      headLines: end - start + 1,
    })),
    added,
    deleted: [],
    ...more,
  };
}

export function changeOf(files: readonly ChangedFile[]): Change {
  const id = (digit: string) => digit.repeat(40);
  return { base: id('1'), head: id('2'), mergeBase: id('1'), baseName: 'main', files, commits: [] };
}

/** Facts of a change and its coverage; all other parts are missing. `files`: path → hit, partial and missed lines. */
export function factsOf(
  files: readonly ChangedFile[],
  changed: Readonly<Record<string, readonly StatusRun[]>>,
  totals: Readonly<Record<string, readonly [hit: number, partial: number, miss: number]>> = {},
  more: Partial<CoverageFacts> = {},
): Facts {
  const coverage: CoverageFacts = {
    measuredCommit: '2'.repeat(40),
    reports: [{ path: 'coverage/lcov.info', format: 'lcov', files: 1, remarks: [] }],
    unit: 'lines',
    files: Object.entries(totals).map(([path, [hit, partial, miss]]) => ({
      path,
      totals: { hit, partial, miss },
    })),
    changed: Object.entries(changed).map(([path, runs]) => ({
      path,
      runs,
      notCarried: [],
      newSinceMeasured: [],
    })),
    unmapped: [],
    reportedFiles: Object.keys(totals).length,
    ...more,
  };
  const missing = unavailable('not part of this test');
  return {
    schemaVersion: 1,
    now: '2026-11-02T08:00:00Z',
    seed: 1,
    repository: { name: 'acme/shop' },
    asked: {},
    settings: { settings: {}, from: [], problems: [] },
    pullRequest: missing,
    change: changeOf(files),
    coverage,
    review: missing,
    migrations: missing,
    earlierResults: [],
    replies: [],
    remarks: [],
  };
}
