import { type Document, isMap, isScalar, isSeq, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { matrixScripts } from './matrix-scripts.ts';
import { isOwnName } from './own-actions.ts';
import { runsTests } from './test-command.ts';

/** As written: a level for each, or one word for all. */
export type Permissions = Readonly<Record<string, string>> | string;

/** A workflow as written, with what of it matters here. */
export interface Workflow {
  readonly file: string;
  readonly name: string;
  readonly document: Document;
  readonly events: ReadonlySet<string>;
  /** The workflows that its jobs call, with what they hand their token. */
  readonly calls: readonly { readonly file: string; readonly permissions?: Permissions }[];
  readonly jobs: readonly WorkflowJob[];
}

/** A job as written. */
export interface WorkflowJob {
  readonly job: string;
  readonly isTest: boolean;
  readonly hasStep: boolean;
  /** Its step only leaves data (`mode: collect`), and another workflow judges. */
  readonly collects: boolean;
  /** The action as its step names it, where that is no path. */
  readonly action?: string;
  /** Where a step of this job goes: behind which line (from 1), and the indentation of its dash. Absent when its steps stand in brackets. */
  readonly place?: { readonly after: number; readonly indent: number };
  readonly permissions?: Permissions;
}

/** Every action that the workflow uses. */
export function usesIn(document: Document): readonly string[] {
  const found: string[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === 'uses' && isScalar(value)) found.push(String(value.value));
    },
  });
  return found;
}

export function workflowOf(
  file: string,
  document: Document,
  text: string,
  own: ReadonlySet<string>,
): readonly Workflow[] {
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
      calls: entries.flatMap(({ node }) => {
        const called = node.get('uses');
        const permissions = permissionsOf(node) ?? permissionsOf(document);
        return typeof called === 'string'
          ? [{ file: called.replace(/^\.\//, ''), ...(permissions !== undefined && { permissions }) }]
          : [];
      }),
      jobs: entries.flatMap(({ job, node }) => jobOf(job, node, text, own)),
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

export function startsAfter(document: Document): readonly string[] {
  const workflows = document.getIn(['on', 'workflow_run', 'workflows']);
  return isSeq(workflows) ? workflows.items.map((item) => (isScalar(item) ? String(item.value) : '')) : [];
}

function jobOf(job: string, node: YAMLMap, text: string, ours: ReadonlySet<string>): readonly WorkflowJob[] {
  const steps = node.get('steps');
  const called = node.get('uses');
  if (typeof called === 'string' && isOwnName(called)) return [{ ...calling(job, node), hasStep: true }];
  if (!isSeq(steps) || steps.items.length === 0) return [];
  const matrix = plain(node.getIn(['strategy', 'matrix']));
  const used = stepsIn(steps).map((step) => ({
    uses: String(step.get('uses') ?? ''),
    // Actions that try a command again are handed it as an input.
    scripts: [step.get('run'), step.getIn(['with', 'command']), step.getIn(['with', 'run'])],
    mode: step.getIn(['with', 'mode']),
  }));
  const own = used.filter(({ uses }) => isOwnName(uses) || ours.has(uses));
  const action = own.find(({ uses }) => isOwnName(uses))?.uses;
  const [first, last] = [steps.items[0], steps.items.at(-1)] as {
    range?: readonly [number, number, number];
  }[];
  const start = first?.range?.[0] ?? 0;
  const end = (last?.range?.[1] ?? 0) || start;
  const dash = text.lastIndexOf('-', start - 1);
  return [
    {
      ...calling(job, node),
      isTest: used.some(({ scripts }) =>
        scripts.some((script) => runsTests(matrixScripts(String(script ?? ''), matrix))),
      ),
      hasStep: own.length > 0,
      collects: own.some(({ mode }) => mode === 'collect'),
      ...(action !== undefined && { action }),
      ...(!steps.flow && {
        place: {
          after: text.slice(0, end).trimEnd().split('\n').length,
          indent: dash - (text.lastIndexOf('\n', dash) + 1),
        },
      }),
    },
  ];
}

/** The steps of a list, those that run side by side (`parallel:`) among them. */
function stepsIn(steps: YAMLSeq): readonly YAMLMap[] {
  return steps.items.filter(isMap).flatMap((step) => {
    const beside = step.get('parallel');
    return isSeq(beside) ? beside.items.filter(isMap) : [step];
  });
}

/** A job that calls a workflow and has no steps of its own. */
function calling(job: string, node: YAMLMap): WorkflowJob {
  const permissions = permissionsOf(node);
  return {
    job,
    isTest: false,
    hasStep: false,
    collects: false,
    ...(permissions !== undefined && { permissions }),
  };
}

export function permissionsOf(node: Document | YAMLMap): Permissions | undefined {
  const written = plain(node.get('permissions'));
  return typeof written === 'string' ? written : (written as Permissions | undefined);
}

/** A node's value as JSON; undefined when there is none. */
function plain(node: unknown): unknown {
  return isMap(node) || isSeq(node) ? node.toJSON() : typeof node === 'string' ? node : undefined;
}
