import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);

/**
 * The server as people start it (from the sources, or the bundle that `REVIEW_VITALS_APP` names), and the one whose jobs
 * are told to the test.
 */
export const entries = {
  app: fileURLToPath(new URL(process.env.REVIEW_VITALS_APP ?? 'src/entry/app.ts', root)),
  recording: fileURLToPath(new URL('test/app/support/recording-app.ts', root)),
};

export interface AppProcess {
  readonly url: string;
  readonly pid: number;
  readonly child: ChildProcess;
  stdout(): string;
  /** The log, line by line. */
  log(): readonly Readonly<Record<string, unknown>>[];
  logText(): string;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export interface StartAppOptions {
  readonly entry?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** Starts a server process with nothing of our environment but what Node and git need, and waits until it is ready. */
export async function startAppProcess({
  entry = entries.app,
  environment,
  port = 0,
}: StartAppOptions): Promise<AppProcess> {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH ?? '', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const exited = once(child, 'exit');
  const url = await listeningUrl(
    () => out,
    child,
    () => err,
  );
  return {
    url,
    pid: child.pid ?? 0,
    child,
    stdout: () => out,
    logText: () => err,
    log: () =>
      err
        // A process that was killed may have left half a line.
        .slice(0, err.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function listeningUrl(out: () => string, child: ChildProcess, err: () => string): Promise<string> {
  const deadline = Date.now() + 45_000;
  while (Date.now() < deadline) {
    const [, url] = /listens on (http:\S+)/.exec(out()) ?? [];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${err()}`);
    await pause(20);
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not start within 45 seconds: ${err()}`);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Asks again and again until the answer is not undefined. */
export async function eventually<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  what: string,
  seconds = 20,
  /** Told with the failure. */
  more: () => string = () => '',
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline)
      throw new Error(`This did not happen within ${seconds} seconds: ${what} ${more()}`);
    await pause(50);
  }
}
