import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface MariadbServer {
  /** As the server calls itself ("10.11.19"). */
  readonly version: string;
  connect(): MariadbSession;
  stop(): Promise<void>;
}

export interface MariadbSession {
  /** Rows of the last statement, tab-separated; an error message that begins with ERROR is one of them. */
  run(sql: string): Promise<readonly string[]>;
  close(): void;
}

const programs = { install: 'mariadb-install-db', client: 'mariadb' } as const;

/** Undefined where there is no `mariadbd` on the PATH. It runs as a user without rights, in a temporary folder. */
export async function startMariadb(): Promise<MariadbServer | undefined> {
  const found = spawnSync('mariadbd', ['--version'], { encoding: 'utf8' });
  if (found.error) return undefined;
  const owner = process.getuid?.() === 0 ? nobody() : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'review-vitals-mariadb-'));
  chmodSync(folder, 0o755);
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  const run = { cwd: folder, env: { PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C' }, ...owner };
  const made = spawnSync(
    programs.install,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { ...run, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Error(
      `mariadb-install-db failed: ${made.stderr || made.error?.message}. Is the package mariadb-server complete?`,
    );
  }
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=256M',
      '--innodb-flush-method=nosync',
      '--innodb-stats-auto-recalc=0',
      '--skip-log-bin',
      `--tmpdir=${folder}`,
    ],
    { ...run, stdio: 'ignore' },
  );
  await untilReady(socket, server, run);
  return {
    version: /\b(\d+\.\d+\.\d+)-MariaDB/.exec(found.stdout)?.[1] ?? found.stdout.trim(),
    connect: () => connect(socket, run),
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Run = {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly uid?: number;
  readonly gid?: number;
};

async function untilReady(socket: string, server: ChildProcess, run: Run): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null)
      throw new Error(`mariadbd ended with ${server.exitCode} before it was ready.`);
    const asked = spawnSync(programs.client, [...clientOptions(socket), '-e', 'SELECT 1'], {
      ...run,
      encoding: 'utf8',
    });
    if (asked.status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('mariadbd was not ready within 30 seconds.');
}

function clientOptions(socket: string): readonly string[] {
  return [
    '--no-defaults',
    `--socket=${socket}`,
    '--user=root',
    '--batch',
    '--skip-column-names',
    '--unbuffered',
    '--force',
  ];
}

/** The server's own client: errors and answers come in one stream, and a mark of ours ends each answer. */
function connect(socket: string, run: Run): MariadbSession {
  const client = spawn('sh', ['-c', 'exec "$@" 2>&1', 'sh', programs.client, ...clientOptions(socket)], {
    ...run,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let text = '';
  let count = 0;
  let waiting: { readonly mark: string; readonly give: (rows: readonly string[]) => void } | undefined;
  client.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const end = waiting ? text.indexOf(`${waiting.mark}\n`) : -1;
    if (!waiting || end < 0) return;
    const rows = text.slice(0, end).split('\n').slice(0, -1);
    text = text.slice(end + waiting.mark.length + 1);
    const { give } = waiting;
    waiting = undefined;
    give(rows);
  });
  return {
    run(sql) {
      count += 1;
      const mark = `done-${count}`;
      return new Promise((give) => {
        waiting = { mark, give };
        client.stdin.write(`${sql};\nSELECT '${mark}';\n`);
      });
    },
    close() {
      client.stdin.end('exit\n');
    },
  };
}

function nobody(): { readonly uid: number; readonly gid: number } {
  const id = (option: string) =>
    Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout.trim());
  return { uid: id('-u'), gid: id('-g') };
}
