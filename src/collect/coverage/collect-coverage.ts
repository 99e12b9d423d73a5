import type { Change, CommitId, Hunk, LineRange } from '../../core/change.ts';
import type { CoverageFacts, CoveredChangedFile } from '../../core/coverage-facts.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { carryLines } from '../../coverage/carry-lines.ts';
import type { FileCoverage } from '../../coverage/formats/file-coverage.ts';
import { lineTotals, statusRuns } from '../../coverage/measure/status-runs.ts';
import { type MeasuredReports, type ReportsRequest, readReports } from './read-reports.ts';

/** Where a file of the measured commit is at the head; a file that is not listed is unchanged. */
export type HunksToHead = ReadonlyMap<
  string,
  { readonly path: string; readonly hunks: readonly Hunk[] } | 'deleted'
>;

export interface CoverageRequest extends ReportsRequest {
  readonly measuredCommit: CommitId;
  readonly change: Change;
  /** Keyed by path at the measured commit; hunks without context, base side = measured commit. */
  readonly hunksFromMeasuredToHead: HunksToHead;
}

/** Reads the coverage reports of a workspace and puts them on the head. */
export async function collectCoverage(request: CoverageRequest): Promise<Part<CoverageFacts>> {
  const measured = await readReports(request);
  return isUnavailable(measured) ? measured : coverageFacts(measured, request);
}

export function coverageFacts(
  measured: MeasuredReports,
  request: Omit<CoverageRequest, keyof ReportsRequest>,
): CoverageFacts {
  return {
    measuredCommit: request.measuredCommit,
    reports: measured.reports,
    unit: 'lines',
    files: [...measured.files]
      .map(([path, file]) => ({ path, totals: lineTotals(file) }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    changed: changedFiles(request, measured.files),
    unmapped: measured.unmapped,
    reportedFiles: measured.reportedFiles,
  };
}

/** The changed files that the reports know, carried to the head. */
function changedFiles(
  { change, hunksFromMeasuredToHead }: Omit<CoverageRequest, keyof ReportsRequest>,
  merged: ReadonlyMap<string, FileCoverage>,
): readonly CoveredChangedFile[] {
  const measuredPath = new Map<string, { readonly path: string; readonly hunks: readonly Hunk[] }>();
  for (const [path, at] of hunksFromMeasuredToHead) {
    if (at !== 'deleted') measuredPath.set(at.path, { path, hunks: at.hunks });
  }
  const changed: CoveredChangedFile[] = [];
  for (const { path, status } of change.files) {
    if (status === 'deleted') continue;
    const moved = measuredPath.get(path);
    if (moved === undefined && hunksFromMeasuredToHead.has(path)) continue;
    const file = merged.get(moved?.path ?? path);
    if (file === undefined) continue;
    const hunks = moved?.hunks ?? [];
    changed.push({ path, ...carryLines(statusRuns(file), hunks), newSinceMeasured: headSide(hunks) });
  }
  return changed;
}

function headSide(hunks: readonly Hunk[]): readonly LineRange[] {
  return hunks
    .filter(({ headLines }) => headLines > 0)
    .map(({ headStart, headLines }) => ({ start: headStart, end: headStart + headLines - 1 }))
    .toSorted((a, b) => a.start - b.start);
}
