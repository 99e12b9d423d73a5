import { rm } from 'node:fs/promises';
import type { CoverageData, ShardName } from '../../core/coverage-data.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { statusRuns } from '../../coverage/measure/status-runs.ts';
import { readReports } from '../coverage/read-reports.ts';
import { inspectCheckout } from '../git/checkout.ts';
import { hardenedEnvironment, offline } from '../git/git-environment.ts';
import { runGit } from '../git/git-process.ts';
import { createScratchHome } from '../git/scratch-repository.ts';

export interface MeasureRequest {
  /** "owner/name" of the repository whose workflow runs. */
  readonly repository: string;
  /** Absolute path of the checkout that the tests ran in; any depth will do. */
  readonly workspace: string;
  /** Globs of reports relative to the workspace; empty looks for the well-known names. */
  readonly reports: readonly string[];
  readonly shard: ShardName;
  /** An existing folder of ours. */
  readonly scratchFolder: string;
}

export interface MeasuredWorkspace {
  readonly data: CoverageData;
  /** Oddities of the reports in words, for the job's own log. */
  readonly remarks: readonly string[];
}

/**
 * What the reports of a workspace say about the commit that is checked out there. Everything is read from the disk:
 * neither a token nor a network is needed.
 */
export async function measureWorkspace(request: MeasureRequest): Promise<Part<MeasuredWorkspace>> {
  const checkedOut = await readCheckedOut(request);
  if (isUnavailable(checkedOut)) return checkedOut;
  const { measuredCommit, paths } = checkedOut;
  const measured = await readReports({
    workspace: request.workspace,
    reports: request.reports,
    trackedFiles: paths,
  });
  if (isUnavailable(measured)) return measured;
  return {
    data: {
      repository: request.repository,
      measuredCommit,
      shard: request.shard,
      unit: 'lines',
      reports: measured.reports.map(({ path, format, files, remarks }) => ({
        path,
        format,
        files,
        remarks: remarks.length,
      })),
      files: new Map(
        [...measured.files]
          .map(([path, file]) => [path, statusRuns(file)] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
      reportedFiles: measured.reportedFiles,
      unmapped: measured.unmapped,
    },
    remarks: measured.reports.flatMap(({ path, remarks }) =>
      remarks.map((remark) => `${quoteName(path)}: ${remark}`),
    ),
  };
}

/** The commit that is checked out and its files, from the checkout as it is, shallow or not. */
async function readCheckedOut({
  workspace,
  scratchFolder,
}: MeasureRequest): Promise<Part<{ readonly measuredCommit: string; readonly paths: readonly string[] }>> {
  const home = createScratchHome(scratchFolder);
  try {
    const environment = hardenedEnvironment({ home });
    const { head } = await inspectCheckout(workspace, environment);
    if (head === undefined) return unavailable(`no commit is checked out in ${workspace}`);
    const { stdout } = await runGit({
      args: ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', head],
      cwd: workspace,
      env: offline(environment),
      maxBytes: 256 * 1024 * 1024,
    });
    return { measuredCommit: head, paths: filesOf(stdout) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unavailable(
      `which commit the tests ran on could not be read: ${reason}; this step belongs into the job that checks the code out and runs the tests`,
    );
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Ordinary files of `git ls-tree -z`; links and submodules hold no lines. */
function filesOf(listing: Buffer): readonly string[] {
  return listing
    .toString('utf8')
    .split('\0')
    .flatMap((entry) => {
      const tab = entry.indexOf('\t');
      return /^100\d{3} /.test(entry) && tab > 0 ? [entry.slice(tab + 1)] : [];
    });
}
