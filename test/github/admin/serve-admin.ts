import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../http/faults.ts';
import type { GitHubServer } from '../http/github-server.ts';
import { parseJson, readBody } from '../http/read-body.ts';
import type { Scenario, ScenarioToken } from '../scenario.ts';
import { Refusal } from '../state/model.ts';
import { addToken, applyScenario } from '../state/seed.ts';
import { deliver, type NewDelivery } from './deliver.ts';
import { eventFor } from './event-for.ts';
import { plainState } from './plain-state.ts';
import { snapshotOf } from './snapshot.ts';
import { addWorkflowRun, endWorkflowRun, type NewRun, type RunEnd, runtimeToken } from './workflow-run.ts';

type Command = (server: GitHubServer, body: Readonly<Record<string, unknown>>) => unknown;

/** What tests may ask for behind GitHub's back, each a POST to `/_fake/<name>`. */
const commands: Readonly<Record<string, Command>> = {
  violations: (server) => server.state.violations,
  requests: (server) => server.state.requests,
  apply: (server, body) => {
    const {
      base = process.cwd(),
      scenario,
      quiet = false,
    } = body as { base?: string; scenario: Scenario; quiet?: boolean };
    server.webhooks.quiet = quiet;
    try {
      applyScenario(server.state, scenario, base);
    } finally {
      server.webhooks.quiet = false;
    }
    return {};
  },
  token: (server, body) => {
    const { value, ...token } = body as unknown as ScenarioToken & { value: string };
    addToken(server.state, value, token);
    return {};
  },
  state: (server, body) => plainState(server.state, body),
  snapshot: (server, body) =>
    snapshotOf(server.state, body as { repository: string; number: number; times?: boolean }),
  event: (server, body) => eventFor(server.state, body),
  'workflow-run': (server, body) => addWorkflowRun(server.state, body as unknown as NewRun),
  'end-workflow-run': (server, body) => {
    endWorkflowRun(server.state, body as unknown as RunEnd);
    return {};
  },
  'runtime-token': (server, body) =>
    runtimeToken(server.state, body as unknown as { repository: string; id: number }),
  fault: (server, body) => {
    server.faults.add(body as unknown as Fault);
    return {};
  },
  'clear-faults': (server) => {
    server.faults.clear();
    return {};
  },
  deliveries: (server) => server.state.deliveries,
  deliver: (server, body) => deliver(server, body as unknown as NewDelivery),
  redeliver: (server, body) => {
    const found = server.state.deliveries.find((delivery) => delivery.id === body.id);
    if (found === undefined) throw new Error(`There is no delivery ${String(body.id)}.`);
    return server.state.redeliver(found);
  },
  'hold-deliveries': (server, body) => {
    server.webhooks.held = body.hold !== false;
    return {};
  },
  settle: async (server) => {
    await server.webhooks.settled();
    return {};
  },
};

export async function serveAdmin(
  server: GitHubServer,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const blob = /^\/_blobs\/artifacts\/([^/]+\/[^/]+)\/(\d+)\.zip$/.exec(url.pathname);
  if (blob !== null) {
    const artifact = server.state
      .repository(blob[1] ?? '')
      .artifacts.find((one) => one.id === Number(blob[2]));
    if (artifact === undefined) throw new Refusal(404, 'Not Found');
    response
      .writeHead(200, { 'content-type': 'application/zip', 'content-length': artifact.zip.length })
      .end(artifact.zip);
    return;
  }
  const command = commands[url.pathname.replace('/_fake/', '')];
  const [status, value] = await run(server, command, request);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function run(
  server: GitHubServer,
  command: Command | undefined,
  request: IncomingMessage,
): Promise<[number, unknown]> {
  if (command === undefined) return [404, { message: 'There is no such command.' }];
  try {
    return [200, await command(server, parseJson(await readBody(request)))];
  } catch (error) {
    return [422, { message: error instanceof Error ? error.message : String(error) }];
  }
}
