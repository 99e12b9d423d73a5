import { spawn, spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a person does, without colours and without our environment. */
export function runCli(
  parameters: readonly string[],
  options: {
    readonly cwd?: string;
    readonly node?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<CliRun> {
  const child = spawn(options.node ?? process.execPath, [cli, ...parameters], {
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', NO_COLOR: '1', ...options.env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })));
}

/** The machine's own Node, which may be as old as 20; the tests themselves run under the one of the dev dependency. */
export function machineNode(): { readonly path: string; readonly version: string } | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder.includes('node_modules')) continue;
    const { stdout, status } = spawnSync(`${folder}/node`, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { path: `${folder}/node`, version: stdout.trim() };
  }
  return undefined;
}
