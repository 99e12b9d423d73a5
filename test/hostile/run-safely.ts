import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { obeyedCommands } from './obeyed-commands.ts';
import { planted } from './traps.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface SafeRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface SafeOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds until the run is ended and counts as hanging; on an idle machine a run takes a second. */
  readonly within?: number;
  /** The output is workflow commands on purpose, one for each finding. */
  readonly printsCommands?: true;
}

/**
 * Runs the built command line as a step of a workflow would, and holds it to what every input is owed: an end in time, an
 * exit code of ours, no trace of a stack, no command for the runner, and no secret.
 */
export async function runSafely(parameters: readonly string[], options: SafeOptions = {}): Promise<SafeRun> {
  const run = await start(parameters, options);
  const printed = `${run.stdout}\n${run.stderr}`;
  expect(run.exitCode, `ended in time, and by itself:\n${run.stderr.slice(-2_000)}`).toSatisfy(
    (code: unknown) => code === 0 || code === 1 || code === 2,
  );
  expect(run.stderr).not.toMatch(/^\s+at .+[:(]\d+/m);
  expect(run.stderr).not.toContain('Review Vitals broke');
  if (!options.printsCommands) expect(obeyedCommands(printed)).toEqual([]);
  for (const secret of Object.values(planted)) expect(printed).not.toContain(secret);
  if (run.exitCode === 2) expect(run.stderr.trim()).not.toBe('');
  return run;
}

function start(parameters: readonly string[], options: SafeOptions): Promise<SafeRun> {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, ...parameters], {
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: '/nonexistent',
      NO_COLOR: '1',
      GITHUB_ACTIONS: 'true',
      GITHUB_TOKEN: planted.environment,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: (options.within ?? 30) * 1000,
    killSignal: 'SIGKILL',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) =>
      resolve({ exitCode, stdout, stderr, milliseconds: performance.now() - started }),
    );
  });
}

/** The parts of `--format json` that the suite looks at. */
export interface PrintedReport {
  readonly changedFiles: number;
  readonly migrations: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly about: Readonly<Record<string, string>>;
    readonly place?: { readonly path: string; readonly line?: number };
    readonly observation: string;
  }[];
  readonly rules: readonly {
    readonly rule: string;
    readonly outcome: string;
    readonly seen?: string;
    readonly reason?: string;
  }[];
  readonly remarks: readonly string[];
}

export function printedReport(run: SafeRun): PrintedReport {
  return JSON.parse(run.stdout) as PrintedReport;
}
