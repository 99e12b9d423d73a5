import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { WorkflowEvent } from './admin/event-for.ts';
import { checkOut } from './check-out.ts';
import { type Annotation, annotationsOf, environmentFile } from './runner-output.ts';
import type { GitHub } from './start-github.ts';
import type { LoggedRequest } from './state/github-state.ts';

/** Where GitHub is: the fake one, or any other that has these addresses. */
export type Place = Pick<GitHub, 'url' | 'apiUrl' | 'graphqlUrl' | 'requests'>;

export interface RunOptions {
  readonly github: Place;
  /** From `github.event(…)`. */
  readonly event: WorkflowEvent;
  /** `${{ github.token }}`. */
  readonly token: string;
  /** The folder that holds action.yml; the project's own when absent. */
  readonly action?: string;
  /** What stands under `with:`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The job the step runs in; "vitals", without a matrix, when absent. */
  readonly job?: Job;
  /** More environment, as `env:` gives it. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * The workspace: `checkout` (default) as actions/checkout leaves it at depth 1, `empty`, or a folder of the caller's.
   */
  readonly workspace?: 'checkout' | 'empty' | { readonly path: string };
  /** `fetch-depth:` of the checkout; 0 is everything. */
  readonly fetchDepth?: number;
  /** Files put into the workspace before the action starts (a coverage report, for one). */
  readonly files?: Readonly<Record<string, string>>;
  /** The program that runs it; this one when absent. */
  readonly node?: string;
  readonly timeout?: number;
}

export interface Job {
  readonly key: string;
  /** Place in the matrix, from 0. */
  readonly index?: number;
  readonly total?: number;
  readonly attempt?: number;
  /** From `github.runtimeToken(…)`; without it the runner has no artifact service. */
  readonly runtimeToken?: string;
}

export interface RunResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The job summary, Markdown. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** What was asked of the fake GitHub meanwhile; any other does not tell. */
  readonly requests: readonly LoggedRequest[];
  readonly workspace: string;
  readonly milliseconds: number;
  /** Deletes the runner's folder, the checked-out workspace included. */
  clean(): void;
}

interface ActionFile {
  readonly inputs?: Readonly<
    Record<string, { readonly default?: unknown; readonly required?: boolean } | null>
  >;
  readonly runs: { readonly using: string; readonly main: string };
}

/** Starts the built action as GitHub's runner does: inputs with defaults, event file, environment files, workspace. */
export async function runAction(options: RunOptions): Promise<RunResult> {
  const { github, event } = options;
  const action = resolve(options.action ?? join(import.meta.dirname, '../..'));
  const description = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as ActionFile;
  const home = mkdtempSync(join(tmpdir(), 'runner-'));
  const files = Object.fromEntries(
    ['output', 'summary', 'state', 'env', 'path'].map((name) => [name, join(home, name)]),
  );
  for (const file of Object.values(files)) writeFileSync(file, '');
  const eventPath = join(home, '_github_workflow', 'event.json');
  mkdirSync(dirname(eventPath));
  writeFileSync(eventPath, JSON.stringify(event.payload));
  mkdirSync(join(home, '_temp'));
  const workspace = prepareWorkspace(options, home);
  const context = contextOf(options, workspace, home);
  const before = (await github.requests()).length;
  const env = {
    ...hostBasics(),
    ...environmentOf(options, event, context, files, eventPath, home, action),
    ...inputsOf(description, options.inputs ?? {}, context),
    ...options.env,
  };
  const started = performance.now();
  const main = join(action, description.runs.main);
  const ended = await start(
    options.node ?? process.execPath,
    main,
    workspace,
    env,
    options.timeout ?? 120_000,
  );
  const milliseconds = performance.now() - started;
  return {
    ...ended,
    outputs: environmentFile(readFileSync(files.output ?? '', 'utf8')),
    summary: readFileSync(files.summary ?? '', 'utf8'),
    annotations: annotationsOf(ended.stdout),
    requests: (await github.requests()).slice(before),
    workspace,
    milliseconds,
    clean: () => rmSync(home, { recursive: true, force: true }),
  };
}

function prepareWorkspace(options: RunOptions, home: string): string {
  const { workspace = 'checkout', github, event, token, fetchDepth = 1, files = {} } = options;
  const folder = typeof workspace === 'object' ? workspace.path : join(home, 'work', 'repo', 'repo');
  mkdirSync(folder, { recursive: true });
  if (workspace === 'checkout')
    checkOut({
      github,
      repository: event.repository,
      sha: event.sha,
      ref: event.ref,
      token,
      folder,
      fetchDepth,
    });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The little of this machine that a program needs to start at all. */
function hostBasics(): Record<string, string> {
  const kept = ['PATH', 'LANG', 'TZ', 'TMPDIR', 'SystemRoot'];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** The `github` context, as far as expressions in action.yml can name it. */
function contextOf(options: RunOptions, workspace: string, home: string): Readonly<Record<string, string>> {
  const { event, token, github } = options;
  return {
    'github.token': token,
    'github.workspace': workspace,
    'github.repository': event.repository,
    'github.event_name': event.name,
    'github.sha': event.sha,
    'github.ref': event.ref,
    'github.actor': event.actor,
    'github.api_url': github.apiUrl,
    'github.server_url': github.url,
    'github.graphql_url': github.graphqlUrl,
    'runner.temp': join(home, '_temp'),
    'strategy.job-index': String(options.job?.index ?? 0),
    'strategy.job-total': String(options.job?.total ?? 1),
  };
}

function inputsOf(
  description: ActionFile,
  given: Readonly<Record<string, string>>,
  context: Readonly<Record<string, string>>,
): Record<string, string> {
  const declared = description.inputs ?? {};
  for (const name of Object.keys(given)) {
    if (!(name in declared))
      throw new Error(
        `action.yml declares no input ${name}; GitHub would warn: Unexpected input(s) '${name}'.`,
      );
  }
  const names = Object.keys(declared);
  return Object.fromEntries(
    names.map((name) => {
      const value = given[name] ?? evaluate(String(declared[name]?.default ?? ''), context);
      return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value];
    }),
  );
}

/** Replaces `${{ name }}`; a name that the context does not have is empty, as on GitHub. */
function evaluate(text: string, context: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => context[name] ?? '');
}

function environmentOf(
  options: RunOptions,
  event: WorkflowEvent,
  context: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  eventPath: string,
  home: string,
  action: string,
): Record<string, string> {
  const [owner = ''] = event.repository.split('/');
  return {
    HOME: home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_PATH: action,
    GITHUB_ACTOR: event.actor,
    GITHUB_API_URL: options.github.apiUrl,
    GITHUB_GRAPHQL_URL: options.github.graphqlUrl,
    GITHUB_SERVER_URL: options.github.url,
    GITHUB_BASE_REF: event.baseRef,
    GITHUB_HEAD_REF: event.headRef,
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: options.job?.key ?? 'vitals',
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: event.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: event.repository,
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: String(options.job?.attempt ?? 1),
    GITHUB_RUN_ID: '1658821493',
    GITHUB_RUN_NUMBER: '3',
    GITHUB_SHA: event.sha,
    GITHUB_WORKFLOW: 'Review Vitals',
    GITHUB_WORKSPACE: context['github.workspace'] ?? '',
    GITHUB_OUTPUT: files.output ?? '',
    GITHUB_STEP_SUMMARY: files.summary ?? '',
    GITHUB_STATE: files.state ?? '',
    GITHUB_ENV: files.env ?? '',
    GITHUB_PATH: files.path ?? '',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: join(home, '_temp'),
    RUNNER_TOOL_CACHE: join(home, '_tool'),
    ...(options.job?.runtimeToken !== undefined && {
      ACTIONS_RUNTIME_TOKEN: options.job.runtimeToken,
      ACTIONS_RESULTS_URL: `${options.github.url}/`,
    }),
  };
}

function start(
  node: string,
  main: string,
  cwd: string,
  env: Record<string, string>,
  timeout: number,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(node, [main], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', fail);
    child.on('close', (exitCode) => done({ exitCode, stdout, stderr }));
  });
}
