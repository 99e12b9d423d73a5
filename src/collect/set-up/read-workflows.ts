import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { isUnavailable } from '../../core/part.ts';
import { firstLink, readOwnText } from './read-own-text.ts';

/** A job of a workflow that runs tests, and where a step can be added to it. */
export interface TestJob {
  /** `.github/workflows/ci.yml`. */
  readonly file: string;
  /** The workflow's name, as `workflow_run` lists it: its `name:`, else its path. */
  readonly workflow: string;
  readonly job: string;
  readonly hasStep: boolean;
  /** Line (from 1) behind which a step of this job goes, and the indentation of its dash. */
  readonly insertAfter: number;
  readonly indent: number;
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
/** Of a line in a script; a command for tests stands nearer to its start. */
const longestLine = 2_000;
const testCommand =
  /(?:^|[\s;&|])(?:(?:npm|pnpm|yarn|bun)(?:\s+(?:run|exec|-r|--[\w-]+))*\s+(?:test|coverage|t)\b|(?:npx\s+)?(?:vitest|jest|mocha|ava|nyc|c8)\b|(?:python3?\s+-m\s+)?(?:pytest|coverage run|tox|nox)\b|go\s+test\b|(?:\.\/)?(?:mvnw?|gradlew?)\b.*\b(?:test|verify|check)\b|cargo\s+(?:test|llvm-cov|tarpaulin|nextest)|dotnet\s+test|bundle exec (?:rspec|rake)|mix test|make\s+[\w-]*test)/m;

/** Reads the workflows of a repository for the jobs that run its tests. */
export async function readWorkflows(repository: string): Promise<Workflows> {
  const isElsewhere = (await firstLink(repository, folder)) !== undefined;
  const names = isElsewhere ? [] : await readdir(join(repository, folder)).catch(() => []);
  const testJobs: TestJob[] = [];
  const judging: JudgingWorkflow[] = [];
  const withoutOwner: string[] = [];
  const problems: string[] = isElsewhere ? [`${folder} is a link and was not followed`] : [];
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
    const workflow = document.get('name');
    const jobs = document.get('jobs');
    if (!isMap(jobs)) continue;
    const found = jobs.items.flatMap(({ key, value }) =>
      isScalar(key) && isMap(value) ? jobOf(String(key.value), value, text) : [],
    );
    const tests = found.filter(({ runsTests }) => runsTests);
    for (const { job, hasStep, insertAfter, indent, permissions } of tests) {
      const inherited = permissions ?? plain(document.get('permissions'));
      testJobs.push({
        file,
        workflow: typeof workflow === 'string' ? workflow : file,
        job,
        hasStep,
        insertAfter,
        indent,
        ...(inherited !== undefined && { permissions: inherited }),
      });
    }
    if (found.some(({ hasStep, runsTests }) => hasStep && !runsTests))
      judging.push({ file, startsAfter: startsAfter(document) });
    if (found.some(({ lacksOwner }) => lacksOwner)) withoutOwner.push(file);
  }
  return { testJobs, judging, withoutOwner, problems };
}

function startsAfter(document: Document): readonly string[] {
  const workflows = document.getIn(['on', 'workflow_run', 'workflows']);
  return isSeq(workflows) ? workflows.items.map((item) => (isScalar(item) ? String(item.value) : '')) : [];
}

function jobOf(job: string, node: YAMLMap, text: string) {
  const steps = node.get('steps');
  if (!isSeq(steps) || steps.items.length === 0) return [];
  const runs = steps.items.flatMap((step) =>
    isMap(step) ? [{ run: String(step.get('run') ?? ''), uses: String(step.get('uses') ?? '') }] : [],
  );
  const [first, last] = [steps.items[0], steps.items.at(-1)] as {
    range?: readonly [number, number, number];
  }[];
  const start = first?.range?.[0] ?? 0;
  const end = (last?.range?.[1] ?? 0) || start;
  const dash = text.lastIndexOf('-', start - 1);
  const permissions = plain(node.get('permissions'));
  return [
    {
      job,
      runsTests: runs.some(({ run }) =>
        run.split('\n').some((line) => testCommand.test(line.slice(0, longestLine))),
      ),
      hasStep: runs.some(({ uses }) => /(?:^|\/)review-vitals@/.test(uses)),
      lacksOwner: runs.some(({ uses }) => uses.startsWith(`${ownerToFillIn}/`)),
      insertAfter: text.slice(0, end).trimEnd().split('\n').length,
      indent: dash - (text.lastIndexOf('\n', dash) + 1),
      ...(permissions !== undefined && { permissions }),
    },
  ];
}

function plain(node: unknown): Readonly<Record<string, string>> | string | undefined {
  if (typeof node === 'string') return node;
  return isMap(node) ? (node.toJSON() as Record<string, string>) : undefined;
}
