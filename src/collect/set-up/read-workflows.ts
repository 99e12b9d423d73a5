import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { isUnavailable } from '../../core/part.ts';
import { firstLink, readOwnText } from './read-own-text.ts';
import { runsTests } from './test-command.ts';

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
  readonly permissions?: Readonly<Record<string, string>> | string;
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
  /** Files in which the owner of the action is still to be filled in. */
  readonly withoutOwner: readonly string[];
  /** Files that could not be read as YAML, each with why. */
  readonly problems: readonly string[];
}

/** What stands in place of the owner of the action until somebody fills it in. */
export const ownerToFillIn = 'OWNER';

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

/** A workflow as written, with what of it matters here. */
interface Workflow {
  readonly file: string;
  readonly name: string;
  readonly document: Document;
  readonly events: ReadonlySet<string>;
  /** Files of the workflows that its jobs call. */
  readonly calls: readonly string[];
  readonly jobs: readonly ReturnType<typeof jobOf>[number][];
}

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
  const workflows: Workflow[] = [];
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
    workflows.push(...workflowOf(file, document, text));
  }
  const judging = workflows.filter(isJudging);
  return {
    testJobs: workflows
      .filter((workflow) => !judging.includes(workflow))
      .flatMap((workflow) => testJobsOf(workflow, namesThatEnd(workflow, workflows))),
    judging: judging.map(({ file, document }) => ({ file, startsAfter: startsAfter(document) })),
    withoutOwner: workflows
      .filter(({ jobs }) => jobs.some(({ lacksOwner }) => lacksOwner))
      .map(({ file }) => file),
    problems,
  };
}

function workflowOf(file: string, document: Document, text: string): readonly Workflow[] {
  const [name, jobs, on] = [document.get('name'), document.get('jobs'), plain(document.get('on'))];
  if (!isMap(jobs)) return [];
  const entries = jobs.items.flatMap(({ key, value }) =>
    isScalar(key) && isMap(value) ? [{ job: String(key.value), node: value }] : [],
  );
  return [
    {
      file,
      name: typeof name === 'string' ? name : file,
      document,
      events: eventsOf(on),
      calls: entries.map(({ node }) => String(node.get('uses') ?? '').replace(/^\.\//, '')),
      jobs: entries.flatMap(({ job, node }) => jobOf(job, node, text)),
    },
  ];
}

/** The events of `on:`, written as one, as a list or with their filters. Pushes of tags alone are releases. */
function eventsOf(on: unknown): ReadonlySet<string> {
  if (typeof on === 'string') return new Set([on]);
  if (Array.isArray(on)) return new Set(on.map(String));
  const filters = Object.entries((on ?? {}) as Readonly<Record<string, object | null>>);
  return new Set(
    filters
      .filter(([event, filter]) => event !== 'push' || !filter || !('tags' in filter) || 'branches' in filter)
      .map(([event]) => event),
  );
}

/** A step of ours beside tests, or left by `mode: collect`, judges nothing by itself. */
function isJudging({ events, jobs }: Workflow): boolean {
  return (
    jobs.some(({ hasStep, collects, isTest }) => hasStep && !collects && !isTest) &&
    [...events].some((event) => judgingEvents.has(event))
  );
}

/** The workflows that end when this one's tests are done: itself, and those that call it. */
function namesThatEnd(
  workflow: Workflow,
  all: readonly Workflow[],
  seen: readonly Workflow[] = [],
): readonly string[] {
  if (seen.includes(workflow)) return [];
  const own = [...workflow.events].some((event) => testEvents.has(event)) ? [workflow.name] : [];
  const callers = all.filter(({ calls }) => calls.includes(workflow.file));
  return [...own, ...callers.flatMap((caller) => namesThatEnd(caller, all, [...seen, workflow]))];
}

/** Tests that run for changes or the default branch; those of releases and nights tell nothing about a pull request. */
function testJobsOf({ file, document, jobs }: Workflow, workflows: readonly string[]): readonly TestJob[] {
  return jobs
    .filter(({ isTest, hasStep }) => hasStep || (isTest && workflows.length > 0))
    .map(({ job, hasStep, collects, place, permissions }) => {
      const inherited = permissions ?? permissionsOf(document);
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

function startsAfter(document: Document): readonly string[] {
  const workflows = document.getIn(['on', 'workflow_run', 'workflows']);
  return isSeq(workflows) ? workflows.items.map((item) => (isScalar(item) ? String(item.value) : '')) : [];
}

function jobOf(job: string, node: YAMLMap, text: string) {
  const steps = node.get('steps');
  if (!isSeq(steps) || steps.items.length === 0) return [];
  const used = steps.items.filter(isMap).map((step) => ({
    uses: String(step.get('uses') ?? ''),
    // Actions that try a command again are handed it as an input.
    scripts: [step.get('run'), step.getIn(['with', 'command']), step.getIn(['with', 'run'])],
    mode: step.getIn(['with', 'mode']),
  }));
  const own = used.filter(({ uses }) => /(?:^|\/)review-vitals@/.test(uses));
  const [first, last] = [steps.items[0], steps.items.at(-1)] as {
    range?: readonly [number, number, number];
  }[];
  const start = first?.range?.[0] ?? 0;
  const end = (last?.range?.[1] ?? 0) || start;
  const dash = text.lastIndexOf('-', start - 1);
  const permissions = permissionsOf(node);
  return [
    {
      job,
      isTest: used.some(({ scripts }) => scripts.some((script) => runsTests(String(script ?? '')))),
      hasStep: own.length > 0,
      collects: own.some(({ mode }) => mode === 'collect'),
      lacksOwner: used.some(({ uses }) => uses.startsWith(`${ownerToFillIn}/`)),
      ...(!steps.flow && {
        place: {
          after: text.slice(0, end).trimEnd().split('\n').length,
          indent: dash - (text.lastIndexOf('\n', dash) + 1),
        },
      }),
      ...(permissions !== undefined && { permissions }),
    },
  ];
}

function permissionsOf(node: Document | YAMLMap): Readonly<Record<string, string>> | string | undefined {
  const written = plain(node.get('permissions'));
  return typeof written === 'string' ? written : (written as Readonly<Record<string, string>> | undefined);
}

/** A node's value as JSON; undefined when there is none. */
function plain(node: unknown): unknown {
  return isMap(node) || isSeq(node) ? node.toJSON() : typeof node === 'string' ? node : undefined;
}
