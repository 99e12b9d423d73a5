import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { settingsPath } from '../../collect/collect-settings.ts';
import { firstLink } from '../../collect/set-up/read-own-text.ts';
import { readWorkflows, type TestJob } from '../../collect/set-up/read-workflows.ts';
import { groupBy } from '../../core/group-by.ts';
import { counted } from '../../render/numbers.ts';
import { visible } from '../../render/text.ts';
import type { CommandResult } from '../cli.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const workflowPath = '.github/workflows/review-vitals.yml';
const action = 'OWNER/review-vitals@v1';

/** One file to write: a new one, or lines added to an existing one. */
interface Plan {
  readonly path: string;
  readonly content: string;
  readonly isNew: boolean;
  /** What changes, as lines with their sign. */
  readonly difference: readonly string[];
}

/** Sets a repository up: the judging workflow, and one step at the end of each job that runs tests. */
export async function init(parameters: readonly string[]): Promise<CommandResult> {
  const { values } = readOptions(
    parameters,
    { repo: { type: 'string', default: '.' }, force: { type: 'boolean', default: false } },
    'init',
  );
  const repository = resolve(values.repo);
  if (!existsSync(join(repository, '.git')))
    throw new UsageError(
      `${repository} is no clone of a repository: run init at its root, or name it with --repo.`,
    );
  const { testJobs, problems } = await readWorkflows(repository);
  const plans = [...stepPlans(repository, testJobs), ...newFiles(repository, testJobs)];
  const written = plans.filter((plan) => plan.isNew || values.force);
  for (const { path } of written) {
    const link = await firstLink(repository, path);
    if (link !== undefined)
      throw new UsageError(`${link} is a link: nothing was written, since ${path} would end up elsewhere.`);
  }
  for (const { path, content } of written) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), content);
  }
  const waiting = plans.filter((plan) => !plan.isNew && !values.force);
  return {
    output: [
      testJobs.length === 0
        ? 'No workflow runs tests yet: coverage is judged once one does. Reviews and migrations are judged from now on.'
        : `${counted(testJobs.length, 'job')} that run${testJobs.length === 1 ? 's' : ''} tests: ${testJobs.map(({ file, job }) => `${job} (${file})`).join(', ')}`,
      ...problems.map((problem) => `Not read: ${visible(problem)}`),
      ...written.flatMap(({ path, isNew, difference }) => [
        '',
        `${isNew ? 'Wrote' : 'Changed'} ${path}`,
        ...(isNew ? [] : difference),
      ]),
      ...waiting.flatMap(({ path, difference }) => ['', `Would change ${path}:`, ...difference]),
      '',
      ...(waiting.length > 0
        ? ['Existing files were left alone. `review-vitals init --force` makes these changes.']
        : []),
      ...(plans.length === 0 ? ['Everything is set up already. `review-vitals doctor` tells more.'] : []),
      `Replace OWNER in the files with the owner that you use Review Vitals from.`,
      '',
    ].join('\n'),
    exitCode: 0,
  };
}

function stepPlans(repository: string, jobs: readonly TestJob[]): readonly Plan[] {
  const byFile = groupBy(
    jobs.filter(({ hasStep }) => !hasStep),
    ({ file }) => file,
  );
  return [...byFile].map(([path, inFile]) => {
    const lines = readFileSync(join(repository, path), 'utf8').split('\n');
    const difference: string[] = [];
    // From the last job up, so that the places of the others hold.
    for (const { insertAfter, indent, job } of inFile.toSorted((a, b) => b.insertAfter - a.insertAfter)) {
      const pad = ' '.repeat(indent);
      const step = [`${pad}- uses: ${action}`, `${pad}  if: always()`, `${pad}  with: { mode: collect }`];
      difference.unshift(
        `  @ ${job}`,
        ...lines.slice(Math.max(0, insertAfter - 2), insertAfter).map((line) => `   ${line}`),
        ...step.map((line) => `  +${line}`),
      );
      lines.splice(insertAfter, 0, ...step);
    }
    return { path, content: lines.join('\n'), isNew: false, difference };
  });
}

function newFiles(repository: string, jobs: readonly TestJob[]): readonly Plan[] {
  const files = [
    [workflowPath, judgingWorkflow([...new Set(jobs.map(({ workflow }) => workflow))])],
    [settingsPath, settingsFile],
  ] as const;
  return files
    .filter(([path]) => !existsSync(join(repository, path)))
    .map(([path, content]) => ({ path, content, isNew: true, difference: [] }));
}

const settingsFile = `# yaml-language-server: $schema=https://raw.githubusercontent.com/review-vitals/review-vitals/main/schema/settings.schema.json
# Everything is optional; without a line below, every rule runs as its page says.
`;

/** The workflow that judges and posts. It never runs the pull request's code. */
function judgingWorkflow(testWorkflows: readonly string[]): string {
  const group = [
    'github.event.pull_request.number',
    'github.event.issue.number',
    'github.event.workflow_run.head_sha',
    'github.event.merge_group.head_sha',
    "'repo'",
  ].join(' || ');
  const tests = testWorkflows.map((name) => JSON.stringify(name)).join(', ');
  return `name: Review Vitals
on:
${tests === '' ? '' : `  workflow_run: { workflows: [${tests}], types: [completed] }\n`}  pull_request: { types: [opened, reopened, synchronize, ready_for_review, edited, closed] }
  pull_request_review: { types: [submitted, dismissed] }
  issue_comment: { types: [created] }
  merge_group:
  schedule: [{ cron: '0 7 * * 1' }]
  workflow_dispatch:
permissions: { contents: write, pull-requests: write, checks: write, issues: write, actions: read }
concurrency:
  group: review-vitals-\${{ ${group} }}
  queue: max
jobs:
  vitals:
    runs-on: ubuntu-latest
    steps:
      - uses: ${action}
`;
}
