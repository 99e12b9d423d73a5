import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { firstLink } from '../../collect/set-up/read-own-text.ts';
import { type JudgingWorkflow, readWorkflows, type TestJob } from '../../collect/set-up/read-workflows.ts';
import { groupBy } from '../../core/group-by.ts';
import { projectAction, projectName } from '../../core/project.ts';
import { settingsPath } from '../../core/settings.ts';
import { counted } from '../../render/numbers.ts';
import { visible } from '../../render/text.ts';
import type { CommandResult } from '../cli.ts';
import { judgingWorkflow, startLine, withTests } from './judging-workflow.ts';
import { otherServer } from './other-server.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const workflowPath = '.github/workflows/review-vitals.yml';

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
    {
      repo: { type: 'string', default: '.' },
      owner: { type: 'string' },
      force: { type: 'boolean', default: false },
    },
    'init',
    0,
  );
  const repository = resolve(values.repo);
  if (!existsSync(join(repository, '.git')))
    throw new UsageError(
      `${repository} is no clone of a repository: run init at its root, or name it with --repo.`,
    );
  if (values.owner !== undefined && !/^[A-Za-z\d][A-Za-z\d-]{0,38}$/.test(values.owner))
    throw new UsageError(
      `--owner is ${JSON.stringify(values.owner)}; it takes the name of an account on GitHub.`,
    );
  const { testJobs, judging, problems, action: used } = await readWorkflows(repository);
  const action = values.owner === undefined ? (used ?? projectAction) : `${values.owner}/review-vitals@v1`;
  const server = await otherServer(repository);
  const start = startOf(repository, testJobs, judging);
  const plans = [
    ...stepPlans(repository, testJobs, action),
    ...(typeof start === 'object' ? [start] : []),
    ...newFiles(repository, testJobs, judging, action, server),
  ];
  const leftAlone = [
    ...stepsInBrackets(testJobs, action),
    ...stepsThatJudge(testJobs),
    ...(typeof start === 'string' ? [start] : []),
  ];
  const written = plans.filter((plan) => plan.isNew || values.force);
  for (const { path } of written) {
    const link = await firstLink(repository, path);
    if (link !== undefined)
      throw new UsageError(`${link} is a link: nothing was written, since ${path} would end up elsewhere.`);
  }
  for (const { path, content } of written) write(repository, path, content);
  const waiting = plans.filter((plan) => !plan.isNew && !values.force);
  return {
    output: [
      testJobs.length === 0
        ? 'No workflow runs tests yet: coverage is judged once one does. Reviews and migrations are judged from now on.'
        : `${counted(testJobs.length, 'job')} that run${testJobs.length === 1 ? 's' : ''} tests: ${testJobs.map(({ file, job }) => visible(`${job} (${file})`)).join(', ')}`,
      ...problems.map((problem) => `Not read: ${visible(problem)}`),
      ...leftAlone.map((reason) => `Not changed: ${reason}`),
      ...written.flatMap(({ path, isNew, difference }) => [
        '',
        `${isNew ? 'Wrote' : 'Changed'} ${path}`,
        ...(isNew ? [] : difference.map(visible)),
      ]),
      ...waiting.flatMap(({ path, difference }) => ['', `Would change ${path}:`, ...difference.map(visible)]),
      '',
      ...(waiting.length > 0
        ? ['Existing files were left alone. `review-vitals init --force` makes these changes.']
        : []),
      ...(plans.length === 0 && leftAlone.length === 0
        ? ['Everything is set up already. `review-vitals doctor` tells more.']
        : []),
      ...(written.some(({ content }) => content.includes(projectAction))
        ? [`The workflows use \`${projectAction}\`; \`--owner NAME\` names a copy of it that is yours.`]
        : []),
      ...(server !== undefined && written.some(({ path }) => path === workflowPath)
        ? [
            `\`origin\` is on ${visible(server)}: the workflow leaves out \`queue: max\`, which a GitHub Enterprise Server may not know. The action has to be on that server too.`,
          ]
        : []),
      '',
    ].join('\n'),
    exitCode: 0,
  };
}

function stepPlans(repository: string, jobs: readonly TestJob[], action: string): readonly Plan[] {
  const places = jobs.flatMap(({ file, job, hasStep, place }) =>
    hasStep || !place ? [] : [{ file, job, ...place }],
  );
  return [...groupBy(places, ({ file }) => file)].map(([path, inFile]) => {
    const lines = readFileSync(join(repository, path), 'utf8').split('\n');
    const difference: string[] = [];
    // From the last job up, so that the places of the others hold.
    for (const { after, indent, job } of inFile.toSorted((a, b) => b.after - a.after)) {
      const pad = ' '.repeat(indent);
      const step = [`${pad}- uses: ${action}`, `${pad}  if: always()`, `${pad}  with: { mode: collect }`];
      difference.unshift(
        `  @ ${job}`,
        ...lines.slice(Math.max(0, after - 2), after).map((line) => `   ${line.trimEnd()}`),
        ...step.map((line) => `  +${line}`),
      );
      const end = lines[after - 1]?.endsWith('\r') ? '\r' : '';
      lines.splice(after, 0, ...step.map((line) => `${line}${end}`));
    }
    return { path, content: lines.join('\n'), isNew: false, difference };
  });
}

/** A step cannot be put into brackets without writing the whole job anew, which is left to whoever wrote it. */
function stepsInBrackets(jobs: readonly TestJob[], action: string): readonly string[] {
  const left = jobs.filter(({ hasStep, place }) => !hasStep && !place);
  return left.map(
    ({ job, file }) =>
      `the steps of ${visible(job)} (${visible(file)}) stand in brackets. Add as the last one: { uses: ${action}, if: always(), with: { mode: collect } }`,
  );
}

function write(repository: string, path: string, content: string): void {
  try {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), content);
  } catch (error) {
    throw new UsageError(
      `${path} was not written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/** The one-step form beside a workflow that judges: both would. */
function stepsThatJudge(jobs: readonly TestJob[]): readonly string[] {
  return jobs
    .filter(({ hasStep, collects }) => hasStep && !collects)
    .map(
      ({ job, file }) =>
        `the step of ${visible(job)} (${visible(file)}) judges by itself. Add to it: with: { mode: collect }`,
    );
}

/** Tests that came after the set-up: the judging workflow has to start when they are done. */
function startOf(
  repository: string,
  jobs: readonly TestJob[],
  judging: readonly JudgingWorkflow[],
): Plan | string | undefined {
  const own = judging.find(({ file }) => file === workflowPath) ?? judging[0];
  if (!own) return undefined;
  const names = [...new Set([...own.startsAfter, ...jobs.flatMap(({ workflows }) => workflows)])];
  if (names.length === own.startsAfter.length) return undefined;
  const content = withTests(readFileSync(join(repository, own.file), 'utf8'), names);
  return content === undefined
    ? `the events of ${visible(own.file)} are written in another form. Put under on: ${visible(startLine(names))}`
    : { path: own.file, content, isNew: false, difference: ['  @ on', `  +  ${startLine(names)}`] };
}

function newFiles(
  repository: string,
  jobs: readonly TestJob[],
  judging: readonly JudgingWorkflow[],
  action: string,
  server: string | undefined,
): readonly Plan[] {
  const workflows = [...new Set(jobs.flatMap(({ workflows }) => workflows))];
  const files = [
    [workflowPath, judgingWorkflow(action, workflows, { knowsQueue: server === undefined })],
    [settingsPath, settingsFile],
  ] as const;
  return files
    .filter(
      ([path]) => !existsSync(join(repository, path)) && (path !== workflowPath || judging.length === 0),
    )
    .map(([path, content]) => ({ path, content, isNew: true, difference: [] }));
}

const settingsFile = `# yaml-language-server: $schema=https://raw.githubusercontent.com/${projectName}/main/schema/settings.schema.json
# Everything is optional; without a line below, every rule runs as its page says.
`;
