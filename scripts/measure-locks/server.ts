import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

export interface Server {
  readonly major: number;
  /** As the server calls itself ("16.14"). */
  readonly version: string;
  connect(): Promise<Client>;
  stop(): Promise<void>;
}

/** Majors whose package is installed beside this script. */
export function installedMajors(): readonly number[] {
  return [12, 13, 14, 15, 16, 17, 18].filter((major) => existsSync(join(binariesOf(major), 'postgres')));
}

/**
 * A server of its own in a temporary folder, on a port that was free. PostgreSQL refuses to run as root: then it runs as
 * the system's `nobody`.
 */
export async function startServer(major: number): Promise<Server> {
  const owner = process.getuid?.() === 0 ? nobody() : undefined;
  const folder = mkdtempSync(join(tmpdir(), `review-vitals-locks-${major}-`));
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const password = 'only-for-measuring';
  writeFileSync(passwordFile, password);
  chmodSync(folder, 0o755);
  if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const run = { cwd: folder, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', HOME: folder }, ...owner };
  const initialised = spawnSync(
    join(binariesOf(major), 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'password', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--no-sync'],
    { ...run, encoding: 'utf8' },
  );
  if (initialised.status !== 0) {
    throw new Error(
      `initdb of PostgreSQL ${major} failed: ${initialised.stderr || initialised.error?.message}. ` +
        'When it cannot read its files, the folder of this project is closed to other users.',
    );
  }
  const port = await freePort();
  const server = spawn(
    join(binariesOf(major), 'postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`,
      '-c', 'fsync=off', '-c', 'autovacuum=off'], // biome-ignore format: the options belong together
    { ...run, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  server.stderr.on('data', (chunk) => {
    log = (log + chunk).slice(-4_000);
  });
  const ended = new Promise<void>((resolve) => server.on('close', () => resolve()));
  const connect = async () => {
    const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const stop = async () => {
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; ; attempt += 1) {
    try {
      const client = await connect();
      const { rows } = await client.query('SHOW server_version');
      await client.end();
      return { major, version: String(rows[0]?.server_version), connect, stop };
    } catch (error) {
      if (attempt > 100 || server.exitCode !== null) {
        await stop();
        throw new Error(`PostgreSQL ${major} did not start: ${error}\n${log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function binariesOf(major: number): string {
  return fileURLToPath(new URL(`node_modules/postgres-${major}/native/bin`, import.meta.url));
}

function nobody(): { readonly uid: number; readonly gid: number } {
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  return { uid: Number(line?.[1] ?? 65534), gid: Number(line?.[2] ?? 65534) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      listener.close(() => resolve(port));
    });
  });
}
