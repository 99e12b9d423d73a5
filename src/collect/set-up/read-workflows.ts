import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { isUnavailable } from '../../core/part.ts';
import { isOwnName, ownActions } from './own-actions.ts';
import { firstLink, readOwnText } from './read-own-text.ts';
import {
  type Permissions,
  permissionsOf,
  startsAfter,
  usesIn,
  type Workflow,
  type WorkflowJob,
  workflowOf,
} from './workflow.ts';

/** A job of a workflow that runs tests, and where a step can be added to it. */
export interface TestJob {
  /** `.github/workflows/ci.yml`. */
  readonly file: string;
  /**
   * The workflows whose end says that it is done, as `workflow_run` lists them: a `name:`, else a path. More than its own
   * when others call it; not its own when it runs only when called.
   */
  readonly workflows: readonly string[];
  readonly job: string;
  readonly hasStep: boolean;
  /** Its step only leaves data (`mode: collect`), and another workflow judges. */
  readonly collects: boolean;
  /** Where a step of this job goes: behind which line (from 1), and the indentation of its dash. Absent when its steps stand in brackets. */
  readonly place?: { readonly after: number; readonly indent: number };
  /** Permissions as written for the job, else for the workflow: undefined when neither says. */
  readonly permissions?: Permissions;
}

export interface JudgingWorkflow {
  readonly file: string;
  /** Names of the workflows whose end it starts on (`workflow_run`). */
  readonly startsAfter: readonly string[];
}

export interface Workflows {
  readonly testJobs: readonly TestJob[];
  /** Workflows that use Review Vitals outside of test jobs. */
  readonly judging: readonly JudgingWorkflow[];
  /** Workflows of other repositories that are called here, and are not read. */
  readonly elsewhere: readonly string[];
  /** The action as the first step of ours names it ("acme/review-vitals@v1"), so that others name it likewise. */
  readonly action?: string;
  /** Files that could not be read as YAML, each with why. */
  readonly problems: readonly string[];
}

const folder = '.github/workflows';
/** Events on which the tests of a change or of the default branch run. */
const testEvents: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_target',
  'push',
  'merge_group',
]);
/** Events that only a workflow which judges has a use for. */
const judgingEvents: ReadonlySet<string> = new Set(['workflow_run', 'pull_request_review', 'issue_comment']);

/** Reads the workflows of a repository for the jobs that run its tests. */
export async function readWorkflows(repository: string): Promise<Workflows> {
  const isElsewhere = (await firstLink(repository, folder)) !== undefined;
  const problems: string[] = isElsewhere ? [`${folder} is a link and was not followed`] : [];
  const names = isElsewhere
    ? []
    : await readdir(join(repository, folder)).catch(({ code }: NodeJS.ErrnoException) => {
        if (code !== 'ENOENT') problems.push(`${folder} cannot be read (${code})`);
        return [];
      });
  const written: { readonly file: string; readonly document: Document; readonly text: string }[] = [];
  for (const name of names.filter((one) => /\.ya?ml$/.test(one)).toSorted()) {
    const file = `${folder}/${name}`;
    const text = await readOwnText(repository, file);
    if (text === undefined) continue;
    if (isUnavailable(text)) {
      problems.push(text.unavailable);
      continue;
    }
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
    const [error] = document.errors;
    if (error) {
      problems.push(`${file}: ${error.message.split('\n')[0]}`);
      continue;
    }
    written.push({ file, document, text });
  }
  const own = await ownActions(
    repository,
    written.flatMap(({ document }) => usesIn(document)),
  );
  const workflows = written.flatMap(({ file, document, text }) => workflowOf(file, document, text, own));
  const judging = workflows.filter((workflow) => isJudging(workflow, workflows));
  const judged = new Set(judging.flatMap((workflow) => calledBy(workflow, workflows)));
  const action = workflows.flatMap(({ jobs }) => jobs).find((job) => job.action !== undefined)?.action;
  return {
    testJobs: workflows
      .filter((workflow) => !judging.includes(workflow))
      .flatMap((workflow) => testJobsOf(workflow, workflows, judged)),
    elsewhere: [...new Set(workflows.flatMap(({ calls }) => calls.map(({ file }) => file)))].filter(
      (file) => file.includes('@') && !isOwnName(file),
    ),
    judging: judging.map(({ file, document }) => ({ file, startsAfter: startsAfter(document) })),
    ...(action !== undefined && { action }),
    problems,
  };
}

/** A step of ours beside tests, or left by `mode: collect`, judges nothing by itself. It may stand in a workflow that is called. */
function isJudging(workflow: Workflow, all: readonly Workflow[]): boolean {
  return (
    [...workflow.events].some((event) => judgingEvents.has(event)) &&
    [workflow, ...calledBy(workflow, all)].some(({ jobs }) => jobs.some(judges))
  );
}

function judges({ hasStep, collects, isTest }: WorkflowJob): boolean {
  return hasStep && !collects && !isTest;
}

/** The workflows that are called by this one, and by those in turn. */
function calledBy(
  workflow: Workflow,
  all: readonly Workflow[],
  seen: readonly Workflow[] = [],
): readonly Workflow[] {
  if (seen.includes(workflow)) return [];
  const called = all.filter(({ file }) => workflow.calls.some((call) => call.file === file));
  return [...called, ...called.flatMap((one) => calledBy(one, all, [...seen, workflow]))];
}

/** The workflows that end when this one's tests are done: itself, and those that call it. */
function namesThatEnd(
  workflow: Workflow,
  all: readonly Workflow[],
  seen: readonly Workflow[] = [],
): readonly string[] {
  if (seen.includes(workflow)) return [];
  const own = [...workflow.events].some((event) => testEvents.has(event)) ? [workflow.name] : [];
  const callers = all.filter(({ calls }) => calls.some(({ file }) => file === workflow.file));
  return [...own, ...callers.flatMap((caller) => namesThatEnd(caller, all, [...seen, workflow]))];
}

/** Tests that run for changes or the default branch; those of releases and nights tell nothing about a pull request. */
function testJobsOf(
  workflow: Workflow,
  all: readonly Workflow[],
  judged: ReadonlySet<Workflow>,
): readonly TestJob[] {
  const { file, document } = workflow;
  const workflows = namesThatEnd(workflow, all);
  const ofCaller = all
    .flatMap(({ calls }) => calls)
    .find((call) => call.file === file && call.permissions !== undefined)?.permissions;
  return workflow.jobs
    .filter((job) => !(judges(job) && judged.has(workflow)))
    .filter(({ isTest, hasStep }) => hasStep || (isTest && workflows.length > 0))
    .map(({ job, hasStep, collects, place, permissions }) => {
      const inherited = permissions ?? permissionsOf(document) ?? ofCaller;
      return {
        file,
        workflows,
        job,
        hasStep,
        collects,
        ...(place && { place }),
        ...(inherited !== undefined && { permissions: inherited }),
      };
    });
}
