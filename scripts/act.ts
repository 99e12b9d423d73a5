import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { WorkflowEvent } from '../test/github/admin/event-for.ts';
import { runAction } from '../test/github/run-action.ts';
import { eventOfPayload } from './act/event-of-payload.ts';
import { newToken, type Server, serverAt, tipOf } from './act/server.ts';

const usage = `Starts the built Action as GitHub does, against the fake GitHub or a real one, and says what it did.

Usage: npm run act -- --event NAME (--payload FILE | --number N) [options]

  --event NAME        pull_request, pull_request_review, issue_comment …
  --payload FILE      the body of the webhook, as GitHub sends it
  --number N          instead, on the fake server: the event of this pull request, as it stands now
  --action NAME       with --number: what happened to it                 (default: synchronize)
  --repo OWNER/NAME   the repository                                     (default: the payload's)
  --server URL        where GitHub is                                    (default: $GITHUB_SERVER_URL, else http://127.0.0.1:4000)
  --token TOKEN       its token; on a real server it really posts        (default: $GITHUB_TOKEN; the fake server makes one)
  --with NAME=VALUE   an input of the Action; may be repeated
  --file PATH=FILE    puts FILE into the workspace at PATH; may be repeated
  --workspace DIR     where it runs                                      (default: a checkout of depth 1, thrown away afterwards)

Example: npm run act -- --event pull_request --repo acme/shop --number 1
`;

const options = {
  event: { type: 'string', default: '' },
  payload: { type: 'string', default: '' },
  number: { type: 'string', default: '' },
  action: { type: 'string', default: 'synchronize' },
  repo: { type: 'string', default: '' },
  server: { type: 'string', default: process.env.GITHUB_SERVER_URL ?? 'http://127.0.0.1:4000' },
  token: { type: 'string', default: process.env.GITHUB_TOKEN ?? '' },
  with: { type: 'string', multiple: true, default: [] as string[] },
  file: { type: 'string', multiple: true, default: [] as string[] },
  workspace: { type: 'string', default: '' },
  help: { type: 'boolean', default: false },
} as const;

type Options = ReturnType<typeof readOptions>;

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const given = readOptions();
    if (given.help) {
      console.log(usage);
      return 0;
    }
    if (given.event === '') throw new Error('--event names what happened');
    return await act(given);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`The Action was not started: ${reason}. See npm run act -- --help.`);
    return 2;
  }
}

function readOptions() {
  return parseArgs({ options }).values;
}

async function act(given: Options): Promise<number> {
  const server = await serverAt(given.server);
  const token = given.token || (server.fake && (await newToken(server.fake)));
  if (!token) throw new Error('a real server needs --token or $GITHUB_TOKEN');
  const event = await eventOf(given, server, token);
  const files = Object.entries(pairs(given.file)).map(([path, file]) => [path, readFileSync(file, 'utf8')]);
  const run = await runAction({
    github: server,
    event,
    token,
    inputs: pairs(given.with),
    files: Object.fromEntries(files),
    ...(given.workspace !== '' && { workspace: { path: resolve(given.workspace) } }),
  });
  run.clean();
  process.stdout.write(run.stdout);
  process.stderr.write(run.stderr);
  console.log(`\nExit code ${run.exitCode} after ${(run.milliseconds / 1000).toFixed(1)} s`);
  for (const [output, value] of Object.entries(run.outputs)) console.log(`Output ${output}: ${value}`);
  if (run.summary !== '') console.log(`\nJob summary:\n\n${run.summary}`);
  await tellWhatStands(server, event, run.requests.length);
  return run.exitCode ?? 1;
}

async function eventOf(given: Options, server: Server, token: string): Promise<WorkflowEvent> {
  const { event: name, repo: repository, payload: file, number, action } = given;
  if (file !== '') {
    const payload: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
    const named = { ...payload, repository: { ...Object(payload.repository), full_name: repository } };
    return eventOfPayload(name, repository === '' ? payload : named, async (of, ref) =>
      tipOf(server, token, of, ref),
    );
  }
  if (number === '' || repository === '') throw new Error('it needs --payload, or --repo and --number');
  if (!server.fake) throw new Error('only the fake server knows the event of --number; give its --payload');
  return server.fake('event', { name, repository, action, number: Number(number) });
}

/** What only the fake server can tell: requests that the real one would not take, and the conversation. */
async function tellWhatStands(
  { fake }: Server,
  { repository, payload }: WorkflowEvent,
  requests: number,
): Promise<void> {
  if (!fake) return;
  const violations = await fake<readonly string[]>('violations', {});
  console.log(`${requests} requests, ${violations.length} that GitHub would not take`);
  for (const violation of violations) console.log(`  ${violation}`);
  const { number } = Object(payload.pull_request ?? payload.issue);
  if (typeof number === 'number') console.log(`\n${await fake<string>('snapshot', { repository, number })}`);
}

function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new Error(`"${text}" is not of the form name=value`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
