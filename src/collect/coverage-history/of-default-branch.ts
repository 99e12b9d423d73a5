import type { WorkflowRun } from '../artifact/workflow-run.ts';

/** Of the events that run tests, those whose commit is the branch's own. */
const branchEvents: ReadonlySet<string> = new Set(['push', 'schedule', 'workflow_dispatch']);

/**
 * Whether a run has tested a commit of the default branch, as it is or will be: one that was pushed there, or one that a
 * merge queue made and moves the branch to when its tests are good. A pull request from a branch of that name is neither.
 */
export function isOfDefaultBranch(
  { repository, event, branch }: WorkflowRun,
  {
    owner,
    name,
    defaultBranch,
  }: { readonly owner: string; readonly name: string; readonly defaultBranch: string },
): boolean {
  if (repository?.toLowerCase() !== `${owner}/${name}`.toLowerCase()) return false;
  if (event === 'merge_group') return branch.startsWith(`gh-readonly-queue/${defaultBranch}/`);
  return branch === defaultBranch && branchEvents.has(event);
}
