import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { NewDelivery } from './admin/deliver.ts';
import type { WantedEvent, WorkflowEvent } from './admin/event-for.ts';
import type { NewRun, RunEnd } from './admin/workflow-run.ts';
import type { Fault } from './http/faults.ts';
import type { Permissions, Scenario, ScenarioToken } from './scenario.ts';
import type { LoggedRequest } from './state/github-state.ts';
import type { CheckRun, Delivery, Issue, PullRequest, Repository } from './state/model.ts';

export type { Permissions, Scenario } from './scenario.ts';

type RepositoryState = Omit<Repository, 'issues' | 'collaborators' | 'names' | 'artifacts'> & {
  readonly issues: Readonly<Record<string, Issue | PullRequest>>;
  /** Commits by their scenario name. */
  readonly commits: Readonly<Record<string, string>>;
  readonly checkRuns: readonly CheckRun[];
};

/** A running fake GitHub. */
export interface GitHub {
  /** For GITHUB_SERVER_URL; the API lives under it and under `/api/v3`. */
  readonly url: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** Requests and answers that broke the official contract, and routes that do not exist. Empty at the end of a good test. */
  violations(): Promise<readonly string[]>;
  requests(): Promise<readonly LoggedRequest[]>;
  /** More scenario, as things happen: new commits are pushes, a pull request's number says which to change. */
  apply(scenario: Scenario): Promise<void>;
  /** A new token; without `as` the workflow's own (`github-actions[bot]`). */
  token(permissions?: Permissions, options?: Pick<ScenarioToken, 'as' | 'repositories'>): Promise<string>;
  /** A person's token, which may do what the person may. */
  userToken(login: string): Promise<string>;
  state(repository: string): Promise<RepositoryState>;
  pull(repository: string, number: number): Promise<PullRequest>;
  /** The conversation as Markdown. */
  snapshot(repository: string, number: number, options?: { readonly times?: boolean }): Promise<string>;
  /** The event a workflow run starts with. */
  event(name: string, wanted: Omit<WantedEvent, 'name'>): Promise<WorkflowEvent>;
  addWorkflowRun(run: NewRun): Promise<{ readonly id: number }>;
  endWorkflowRun(end: RunEnd): Promise<void>;
  /** What a runner gives the actions of a job of this run as ACTIONS_RUNTIME_TOKEN: they can upload artifacts with it. */
  runtimeToken(repository: string, run: number): Promise<string>;
  fault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  deliveries(): Promise<readonly Delivery[]>;
  /** Keep webhooks back: they are recorded and can be sent by the test, in its own order. */
  holdDeliveries(hold: boolean): Promise<void>;
  /** Sends an app what no change of the state causes (installation, ping). */
  deliver(delivery: NewDelivery): Promise<Delivery>;
  /** Sends a recorded delivery again under its GUID: duplicates, and any order. */
  redeliver(id: number): Promise<Delivery>;
  /** Waits until all webhooks under way are answered. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly port?: number;
  /** The folder that relative `from` paths of the scenario start at; the current one when absent. */
  readonly base?: string;
}

const server = fileURLToPath(new URL('server.ts', import.meta.url));

/** Starts the server in a process of its own, on a free port, and seeds it. */
export async function startGitHub(scenario: Scenario = {}, options: StartOptions = {}): Promise<GitHub> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', server, '--port', String(options.port ?? 0)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, FAKE_GITHUB_FOLLOW_STDIN: '1' },
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await firstLine(child.stdout, ended);
  const ask = async <T>(command: string, body: object = {}): Promise<T> => {
    const answer = await fetch(`${url}/_fake/${command}`, { method: 'POST', body: JSON.stringify(body) });
    const value = (await answer.json()) as T;
    if (!answer.ok) throw new Error(`Fake GitHub, ${command}: ${(value as { message: string }).message}`);
    return value;
  };
  const base = options.base ?? process.cwd();
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  const newToken = async (token: ScenarioToken): Promise<string> => {
    const value = `${token.permissions === undefined ? 'ghp' : 'ghs'}_${randomBytes(18).toString('hex')}`;
    await ask('token', { value, ...token });
    return value;
  };
  try {
    await ask('apply', { base, scenario, quiet: true });
  } catch (error) {
    await stop();
    throw error;
  }
  const github: GitHub = {
    url,
    apiUrl: `${url}/api/v3`,
    graphqlUrl: `${url}/api/graphql`,
    violations: () => ask('violations'),
    requests: () => ask('requests'),
    apply: (more) => ask('apply', { base, scenario: more }),
    token: (permissions = defaultPermissions, more = {}) => newToken({ permissions, ...more }),
    userToken: (login) => newToken({ as: login }),
    state: (repository) => ask('state', { repository }),
    pull: async (repository, number) => {
      const { issues } = await github.state(repository);
      const found = issues[number];
      if (found?.kind !== 'pull') throw new Error(`${repository} has no pull request ${number}.`);
      return found as PullRequest;
    },
    snapshot: (repository, number, more = {}) => ask('snapshot', { repository, number, ...more }),
    event: (name, wanted) => ask('event', { name, ...wanted }),
    addWorkflowRun: (run) => ask('workflow-run', run),
    endWorkflowRun: (end) => ask('end-workflow-run', end),
    runtimeToken: (repository, id) => ask('runtime-token', { repository, id }),
    fault: (fault) => ask('fault', fault),
    clearFaults: () => ask('clear-faults'),
    deliveries: () => ask('deliveries'),
    holdDeliveries: (hold) => ask('hold-deliveries', { hold }),
    deliver: (delivery) => ask('deliver', delivery),
    redeliver: (id) => ask('redeliver', { id }),
    settle: () => ask('settle'),
    stop,
  };
  return github;
}

/** What the smallest set-up of the Action asks for. */
const defaultPermissions: Permissions = { contents: 'read', pull_requests: 'write', checks: 'write' };

/** The token of a pull request from a fork. */
export const readOnlyPermissions: Permissions = {
  contents: 'read',
  pull_requests: 'read',
  checks: 'read',
  issues: 'read',
  actions: 'read',
  statuses: 'read',
};

function firstLine(stream: NodeJS.ReadableStream, ended: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    ended.then(() =>
      reject(new Error('The fake GitHub ended before it gave its address; its standard error says why.')),
    );
  });
}
