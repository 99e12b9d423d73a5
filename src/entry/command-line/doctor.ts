import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findReports } from '../../collect/coverage/find-reports.ts';
import { readReport } from '../../collect/coverage/read-report.ts';
import { readOwnText } from '../../collect/set-up/read-own-text.ts';
import {
  type JudgingWorkflow,
  readWorkflows,
  type TestJob,
  type Workflows,
} from '../../collect/set-up/read-workflows.ts';
import { parseSettings } from '../../config/parse-settings.ts';
import { isUnavailable } from '../../core/part.ts';
import { projectAction } from '../../core/project.ts';
import { withoutCommands } from '../../core/runner-commands.ts';
import { settingsPath } from '../../core/settings.ts';
import { counted } from '../../render/numbers.ts';
import { visible } from '../../render/text.ts';
import { rules } from '../../rules.ts';
import type { CommandResult } from '../cli.ts';
import { startLine } from './judging-workflow.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

interface Diagnosis {
  readonly isFine: boolean;
  readonly text: string;
  /** The exact line to add, or what to run. */
  readonly remedy?: string;
}

/** Says what of the set-up is there, what is missing, and the exact line to add. */
export async function doctor(parameters: readonly string[]): Promise<CommandResult> {
  const { values } = readOptions(parameters, { repo: { type: 'string', default: '.' } }, 'doctor', 0);
  const repository = resolve(values.repo);
  if (!existsSync(join(repository, '.git')))
    throw new UsageError(
      `${repository} is no clone of a repository: run doctor at its root, or name it with --repo.`,
    );
  const workflows = await readWorkflows(repository);
  const { testJobs, problems } = workflows;
  const diagnoses = [
    ...problems.map((text): Diagnosis => ({ isFine: false, text })),
    ...workflowDiagnoses(workflows),
    ...(await reportDiagnoses(repository, testJobs)),
    await settingsDiagnosis(repository),
    nodeDiagnosis(),
  ];
  return {
    output: withoutCommands(
      diagnoses
        .map(
          ({ isFine, text, remedy }) =>
            `${isFine ? 'ok      ' : 'to do   '}${visible(text)}${remedy ? `\n          ${remedy}` : ''}\n`,
        )
        .join(''),
    ),
    exitCode: diagnoses.every(({ isFine }) => isFine) ? 0 : 1,
  };
}

function workflowDiagnoses({
  testJobs: jobs,
  judging,
  elsewhere,
  action = projectAction,
}: Workflows): readonly Diagnosis[] {
  const used = jobs.filter(({ hasStep }) => hasStep);
  if (used.length === 0 && judging.length === 0) {
    const unread =
      elsewhere.length === 0
        ? ''
        : `; what is called from other repositories was not read (${elsewhere.slice(0, 3).join(', ')})`;
    return [
      { isFine: false, text: `no workflow uses Review Vitals${unread}`, remedy: 'run: review-vitals init' },
    ];
  }
  const unmeasured = jobs.filter(({ hasStep }) => !hasStep);
  return [
    ...judging.map(({ file }): Diagnosis => ({ isFine: true, text: `${file} judges pull requests` })),
    ...notStartedAfter(jobs, judging),
    ...used.map(
      ({ job, file, collects }): Diagnosis =>
        collects || judging.length === 0
          ? { isFine: true, text: `${job} (${file}) has the step` }
          : {
              isFine: false,
              text: `${job} (${file}) judges too, so every pull request is judged twice`,
              remedy: 'add to its step: with: { mode: collect }',
            },
    ),
    ...unmeasured.map(
      ({ job, file }): Diagnosis => ({
        isFine: false,
        text: `${job} (${file}) runs tests, and its coverage is not collected`,
        remedy:
          judging.length > 0
            ? `add as its last step: - { uses: ${action}, if: always(), with: { mode: collect } }`
            : 'run: review-vitals init, whose larger form puts the coverage of several jobs together',
      }),
    ),
    ...(judging.length > 0 ? [] : used.flatMap(permissionDiagnoses)),
  ];
}

/** What a test job leaves is judged when its workflow has ended: without that event it is collected for nobody. */
function notStartedAfter(
  jobs: readonly TestJob[],
  [first, ...others]: readonly JudgingWorkflow[],
): readonly Diagnosis[] {
  if (!first) return [];
  const known = [first, ...others].flatMap(({ startsAfter }) => startsAfter);
  const missing = [...new Set(jobs.flatMap(({ workflows }) => workflows))].filter(
    (name) => !known.includes(name),
  );
  if (missing.length === 0) return [];
  return [
    {
      isFine: false,
      text: `${first.file} does not start when ${missing.join(' and ')} is done, so coverage is not judged`,
      remedy: `put under on: ${startLine([...known, ...missing])}`,
    },
  ];
}

/** In the one-step form the test job itself posts, so its token needs the permissions. */
function permissionDiagnoses({ job, file, permissions }: TestJob): readonly Diagnosis[] {
  if (typeof permissions === 'string') {
    return permissions === 'write-all' ? [] : [lacking(job, file, ['pull-requests: write', 'checks: write'])];
  }
  const lacks = (['pull-requests', 'checks'] as const)
    .filter((name) => permissions?.[name] !== 'write')
    .map((name) => `${name}: write`);
  return lacks.length === 0 ? [] : [lacking(job, file, lacks)];
}

function lacking(job: string, file: string, permissions: readonly string[]): Diagnosis {
  return {
    isFine: false,
    text: `the token of ${job} (${file}) lacks ${permissions.join(' and ')}`,
    remedy: 'add to the job: permissions: { contents: read, pull-requests: write, checks: write }',
  };
}

async function reportDiagnoses(repository: string, jobs: readonly TestJob[]): Promise<readonly Diagnosis[]> {
  const { paths } = findReports(repository);
  if (paths.length === 0 && jobs.length === 0)
    return [{ isFine: true, text: 'no workflow runs tests: coverage is judged once one does' }];
  if (paths.length === 0) {
    return [
      {
        isFine: false,
        text: 'no coverage report lies here by a well-known name',
        remedy: 'run the tests with coverage, or name the report with the `coverage` input',
      },
    ];
  }
  return Promise.all(
    paths.slice(0, 10).map(async (path): Promise<Diagnosis> => {
      const report = await readReport(join(repository, path), path);
      return 'unavailable' in report
        ? { isFine: false, text: report.unavailable }
        : {
            isFine: true,
            text: `${path} is read (${report.format}, ${counted(report.files.length, 'file')})`,
          };
    }),
  );
}

async function settingsDiagnosis(repository: string): Promise<Diagnosis> {
  const text = await readOwnText(repository, settingsPath);
  if (text === undefined)
    return { isFine: true, text: `no ${settingsPath}: every rule runs as its page says` };
  if (isUnavailable(text)) return { isFine: false, text: text.unavailable };
  const { problems } = parseSettings(text, settingsPath, rules);
  return problems.length === 0
    ? { isFine: true, text: `${settingsPath} is right` }
    : { isFine: false, text: problems.join('; ') };
}

function nodeDiagnosis(): Diagnosis {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 20
    ? { isFine: true, text: `Node ${process.versions.node}` }
    : { isFine: false, text: `Node ${process.versions.node} is too old`, remedy: 'use Node 20 or newer' };
}
