import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CoverageReportSource, UnmappedPath } from '../../core/coverage-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import type { FileCoverage } from '../../coverage/formats/file-coverage.ts';
import { mergeCoverage } from '../../coverage/formats/merge-coverage.ts';
import { mapPaths } from '../../coverage/map-paths.ts';
import { statusRuns } from '../../coverage/measure/status-runs.ts';
import { trackedPaths } from '../../coverage/tracked-paths.ts';
import type { ShardLines } from '../coverage-history/shard-lines.ts';
import { type FoundReports, findReports, noReports } from './find-reports.ts';
import { readReport } from './read-report.ts';
import { shardName } from './shard-name.ts';

export interface ReportsRequest {
  /** Absolute path of the checkout that the tests ran in. */
  readonly workspace: string;
  /** Globs relative to the workspace; without them reports are found by their well-known names. */
  readonly reports?: readonly string[];
  /** Every file of the measured commit. */
  readonly trackedFiles: readonly string[];
}

/** All reports of a workspace together, by tracked path. */
export interface MeasuredReports {
  readonly reports: readonly CoverageReportSource[];
  readonly files: ReadonlyMap<string, FileCoverage>;
  /** What each report says by itself; made when it is asked for, since few runs need it. */
  shards(): ShardLines;
  readonly unmapped: readonly UnmappedPath[];
  readonly reportedFiles: number;
}

/**
 * Reads all coverage reports of a workspace. Reports count only together: when one of them cannot be read, lines that it
 * alone covers would look untested, so the whole part is unavailable and says which.
 */
export async function readReports(
  request: ReportsRequest,
  found: FoundReports = findReports(request.workspace, request.reports),
): Promise<Part<MeasuredReports>> {
  const globs = request.reports ?? [];
  // A report that is committed is test data or an old run; it is read only when it is asked for.
  const committed = new Set(globs.length > 0 ? [] : request.trackedFiles);
  const paths = found.paths.filter((path) => !committed.has(path));
  if (paths.length === 0) {
    return unavailable(noReports(globs));
  }
  const workspace = await realpath(request.workspace);
  const tracked = trackedPaths(request.trackedFiles);
  const merged = new Map<string, FileCoverage>();
  const shards = new Map<string, Map<string, FileCoverage>>();
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
    const shard = shards.get(shardName(path)) ?? new Map<string, FileCoverage>();
    shards.set(shardName(path), shard);
    for (const file of withLines) {
      const at = mapped.get(file.path);
      if (at === undefined) continue;
      for (const files of [merged, shard]) {
        const earlier = files.get(at);
        files.set(at, earlier === undefined ? file : mergeCoverage(earlier, file));
      }
    }
    unmapped.push(...strange);
    reportedFiles += withLines.length;
    reports.push({ path, format: report.format, files: report.files.length, remarks: report.remarks });
  }
  const [first] = reports;
  if (first === undefined) return unavailable(noReports(globs, passedOver));
  if (reportedFiles === 0) {
    return unavailable(noReports(globs, [`${quoteName(first.path)} has no line of any file`]));
  }
  return {
    reports: reports.map((report) =>
      report === first ? { ...report, remarks: [...passedOver, ...report.remarks] } : report,
    ),
    files: merged,
    shards: () =>
      new Map(
        [...shards].map(([name, files]) => [
          name,
          new Map([...files].map(([path, file]) => [path, statusRuns(file)])),
        ]),
      ),
    unmapped,
    reportedFiles,
  };
}
