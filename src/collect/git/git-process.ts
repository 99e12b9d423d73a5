import { spawn } from 'node:child_process';
import { explainStandardError, GitFailure } from './git-failure.ts';

export type Environment = Readonly<Record<string, string>>;

export interface GitRun {
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of the process: nothing of ours is added. */
  readonly env: Environment;
  readonly input?: string | Uint8Array;
  /** Takes the output piece by piece instead of keeping it. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** Most bytes of standard output; more end the process. */
  readonly maxBytes?: number;
  readonly seconds?: number;
  /** Exit codes that are answers, not failures; 0 always is. */
  readonly answers?: readonly number[];
  readonly secrets?: readonly string[];
}

export interface GitOutput {
  readonly code: number;
  /** Empty when `onOutput` took it. */
  readonly stdout: Buffer;
  readonly stderr: string;
}

const defaultSeconds = 120;
const defaultBytes = 64 * 1024 * 1024;
const standardErrorBytes = 64 * 1024;

/**
 * Runs git and gives its output byte for byte. The process leads a group of its own, so that the helpers it starts end
 * with it, and no terminal is left that could prompt. Throws `GitFailure` when git cannot start, fails, takes too long
 * or writes too much.
 */
export function runGit(run: GitRun): Promise<GitOutput> {
  const command = `git ${run.args.find((argument) => /^[a-z][a-z-]*$/.test(argument)) ?? ''}`.trim();
  const seconds = run.seconds ?? defaultSeconds;
  const maxBytes = run.maxBytes ?? defaultBytes;
  return new Promise((resolve, reject) => {
    const child = spawn('git', run.args, {
      cwd: run.cwd,
      env: run.env,
      detached: true,
      windowsHide: true,
      stdio: [run.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    const errors: Buffer[] = [];
    let bytes = 0;
    let errorBytes = 0;
    let failure: Error | undefined;

    function stop(reason: Error): void {
      failure ??= reason;
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    }

    const timer = setTimeout(
      () => stop(new GitFailure(`${command} took longer than ${seconds} seconds and was ended`)),
      seconds * 1000,
    );
    child.stdout?.on('data', (chunk: Buffer) => {
      if (failure) return;
      bytes += chunk.length;
      if (bytes > maxBytes) {
        stop(
          new GitFailure(`${command} wrote more than ${Math.floor(maxBytes / 1024 / 1024)} MB and was ended`),
        );
        return;
      }
      if (!run.onOutput) {
        chunks.push(chunk);
        return;
      }
      try {
        run.onOutput(chunk);
      } catch (error) {
        stop(error instanceof Error ? error : new Error(String(error)));
      }
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      // The rest is read and dropped: a full pipe would stop the process.
      if (errorBytes < standardErrorBytes) errors.push(chunk);
      errorBytes += chunk.length;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new GitFailure(`git could not be started (${error.message}): is it installed and on the PATH?`));
    });
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer);
      if (failure) {
        reject(failure);
        return;
      }
      const stderr = Buffer.concat(errors).toString('utf8');
      const code = exitCode ?? -1;
      if (code !== 0 && !run.answers?.includes(code)) {
        const end = signal ? `was ended by ${signal}` : `ended with ${code}`;
        reject(new GitFailure(`${command} ${end}: ${explainStandardError(stderr, run.secrets ?? [])}`));
        return;
      }
      resolve({ code, stdout: Buffer.concat(chunks), stderr });
    });
    // A process that ends before it has read everything breaks the pipe; its exit code tells more.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(run.input);
  });
}
