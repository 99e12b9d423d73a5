import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { settingsPath } from '../../collect/collect-settings.ts';
import { firstLink } from '../../collect/set-up/read-own-text.ts';
import {
  type JudgingWorkflow,
  ownerToFillIn,
  readWorkflows,
  type TestJob,
} from '../../collect/set-up/read-workflows.ts';
import { groupBy } from '../../core/group-by.ts';
import { counted } from '../../render/numbers.ts';
import { visible } from '../../render/text.ts';
import type { CommandResult } from '../cli.ts';
import { judgingWorkflow, startLine, withTests } from './judging-workflow.ts';
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
      owner: { type: 'string', default: ownerToFillIn },
      force: { type: 'boolean', default: false },
    },
    'init',
  );
  const repository = resolve(values.repo);
  if (!existsSync(join(repository, '.git')))
    throw new UsageError(
      `${repository} is no clone of a repository: run init at its root, or name it with --repo.`,
    );
  if (!/^[A-Za-z\d][A-Za-z\d-]{0,38}$/.test(values.owner))
    throw new UsageError(
      `--owner is ${JSON.stringify(values.owner)}; it takes the name of an account on GitHub.`,
    );
  const action = `${values.owner}/review-vitals@v1`;
  const { testJobs, judging, problems } = await readWorkflows(repository);
  const plans = [
    ...stepPlans(repository, testJobs, action),
    ...startPlans(repository, testJobs, judging),
    ...newFiles(repository, testJobs, action),
  ];
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
      ...(written.length > 0 && values.owner === ownerToFillIn
        ? [
            `Replace ${ownerToFillIn} in the files with the owner that you use Review Vitals from; \`--owner NAME\` does it at once.`,
          ]
        : []),
      '',
    ].join('\n'),
    exitCode: 0,
  };
}

function stepPlans(repository: string, jobs: readonly TestJob[], action: string): readonly Plan[] {
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

/** Tests that came after the set-up: the judging workflow has to start when they are done. */
function startPlans(
  repository: string,
  jobs: readonly TestJob[],
  judging: readonly JudgingWorkflow[],
): readonly Plan[] {
  const own = judging.find(({ file }) => file === workflowPath);
  if (!own) return [];
  const names = [...new Set([...own.startsAfter, ...jobs.map(({ workflow }) => workflow)])];
  if (names.length === own.startsAfter.length) return [];
  const before = readFileSync(join(repository, own.file), 'utf8');
  const content = withTests(before, names);
  return content === undefined
    ? []
    : [{ path: own.file, content, isNew: false, difference: [`  @ on`, `  +  ${startLine(names)}`] }];
}

function newFiles(repository: string, jobs: readonly TestJob[], action: string): readonly Plan[] {
  const files = [
    [workflowPath, judgingWorkflow(action, [...new Set(jobs.map(({ workflow }) => workflow))])],
    [settingsPath, settingsFile],
  ] as const;
  return files
    .filter(([path]) => !existsSync(join(repository, path)))
    .map(([path, content]) => ({ path, content, isNew: true, difference: [] }));
}

const settingsFile = `# yaml-language-server: $schema=https://raw.githubusercontent.com/review-vitals/review-vitals/main/schema/settings.schema.json
# Everything is optional; without a line below, every rule runs as its page says.
`;
