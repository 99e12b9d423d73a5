import type { CommitId } from '../../core/change.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { ordinaryPaths } from '../git/tree-files.ts';
import { findReports, noReports } from './find-reports.ts';
import type { MeasuredReports } from './read-reports.ts';

/** What the tests measured, and on which commit. */
export interface MeasuredCommit {
  readonly measured: MeasuredReports;
  /** The commit that was checked out where the tests ran, which is seldom the head itself. */
  readonly commit: CommitId;
}

/**
 * The reports that lie in a workspace (those that the globs match, else the well-known names), and the commit that is
 * checked out there. What reads reports is loaded only for them.
 */
export async function measuredInWorkspace(
  repository: JudgedRepository,
  { workspace, reports }: { readonly workspace: string; readonly reports: readonly string[] },
): Promise<Part<MeasuredCommit>> {
  const found = findReports(workspace, reports);
  if (found.paths.length === 0) return unavailable(noReports(reports));
  const commit = await repository.resolve('HEAD');
  if (isUnavailable(commit))
    return unavailable(`it is not known which commit the coverage report measured: ${commit.unavailable}`);
  const files = await repository.listFiles(commit);
  if (isUnavailable(files)) return files;
  const { readReports } = await import('./read-reports.ts');
  const measured = await readReports({ workspace, reports, trackedFiles: ordinaryPaths(files) }, found);
  return isUnavailable(measured) ? measured : { measured, commit };
}
