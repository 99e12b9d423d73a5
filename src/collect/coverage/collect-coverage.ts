import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Change, CommitId, Hunk, LineRange } from '../../core/change.ts';
import type {
  CoverageFacts,
  CoverageReportSource,
  CoveredChangedFile,
  UnmappedPath,
} from '../../core/coverage-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { carryLines } from '../../coverage/carry-lines.ts';
import type { FileCoverage } from '../../coverage/formats/file-coverage.ts';
import { mergeCoverage } from '../../coverage/formats/merge-coverage.ts';
import { mapPaths } from '../../coverage/map-paths.ts';
import { lineTotals, statusRuns } from '../../coverage/measure/status-runs.ts';
import { trackedPaths } from '../../coverage/tracked-paths.ts';
import { findReports } from './find-reports.ts';
import { readReport } from './read-report.ts';

/** Where a file of the measured commit is at the head; a file that is not listed is unchanged. */
export type HunksToHead = ReadonlyMap<
  string,
  { readonly path: string; readonly hunks: readonly Hunk[] } | 'deleted'
>;

export interface CoverageRequest {
  /** Absolute path of the checkout that the tests ran in. */
  readonly workspace: string;
  /** Globs relative to the workspace; without them reports are found by their well-known names. */
  readonly reports?: readonly string[];
  /** Every file of the measured commit. */
  readonly trackedFiles: readonly string[];
  readonly measuredCommit: CommitId;
  readonly change: Change;
  /** Keyed by path at the measured commit; hunks without context, base side = measured commit. */
  readonly hunksFromMeasuredToHead: HunksToHead;
}

const howToGiveOne =
  'run the tests with a coverage report (lcov, Cobertura, JaCoCo, Clover, Go or Istanbul) before this step, or name it with the `coverage` input (`--coverage` on the command line)';

/**
 * Reads all coverage reports of a workspace and puts them on the head. Reports count only together: when one of them
 * cannot be read, lines that it alone covers would look untested, so the whole part is unavailable and says which.
 */
export async function collectCoverage(request: CoverageRequest): Promise<Part<CoverageFacts>> {
  const globs = request.reports ?? [];
  const found = await findReports(request.workspace, globs);
  // A report that is committed is test data or an old run; it is read only when it is asked for.
  const committed = new Set(globs.length > 0 ? [] : request.trackedFiles);
  const paths = found.paths.filter((path) => !committed.has(path));
  if (paths.length === 0) {
    return unavailable(
      globs.length > 0
        ? `no coverage report matches ${globs.map(quoteName).join(', ')}; ${howToGiveOne}`
        : `no coverage report was found; ${howToGiveOne}`,
    );
  }
  const workspace = await realpath(request.workspace);
  const tracked = trackedPaths(request.trackedFiles);
  const merged = new Map<string, FileCoverage>();
  const reports: CoverageReportSource[] = [];
  const unmapped: UnmappedPath[] = [];
  const passedOver: string[] = [...found.remarks];
  let reportedFiles = 0;
  for (const path of paths) {
    const report = await readReport(resolve(workspace, path), path);
    if (isUnavailable(report)) {
      if (globs.length > 0 || !report.isOtherContent) return unavailable(report.unavailable);
      passedOver.push(report.unavailable);
      continue;
    }
    if (report.cutOff !== undefined)
      return unavailable(`${quoteName(path)}: ${report.cutOff}; run the tests again`);
    const withLines = report.files.filter(({ lines }) => lines.length > 0);
    const { mapped, unmapped: strange } = mapPaths(
      {
        paths: withLines.map((file) => file.path),
        sources: report.sources,
        folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
        workspace,
      },
      tracked,
    );
    for (const file of withLines) {
      const at = mapped.get(file.path);
      if (at === undefined) continue;
      const earlier = merged.get(at);
      merged.set(at, earlier === undefined ? file : mergeCoverage(earlier, file));
    }
    unmapped.push(...strange);
    reportedFiles += withLines.length;
    reports.push({ path, format: report.format, files: report.files.length, remarks: report.remarks });
  }
  const [first] = reports;
  if (first === undefined) return unavailable(`${passedOver.join('; ')}; ${howToGiveOne}`);
  if (reportedFiles === 0) {
    return unavailable(`${quoteName(first.path)} has no line of any file; ${howToGiveOne}`);
  }
  return {
    measuredCommit: request.measuredCommit,
    reports: reports.map((report) =>
      report === first ? { ...report, remarks: [...passedOver, ...report.remarks] } : report,
    ),
    unit: 'lines',
    files: [...merged]
      .map(([path, file]) => ({ path, totals: lineTotals(file) }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    changed: changedFiles(request, merged),
    unmapped,
    reportedFiles,
  };
}

/** The changed files that the reports know, carried to the head. */
function changedFiles(
  { change, hunksFromMeasuredToHead }: CoverageRequest,
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
