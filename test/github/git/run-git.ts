import { spawnSync } from 'node:child_process';

export interface GitOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What every git process of the fake gets: no configuration of the machine or of its user. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

export function tryGit(directory: string, args: readonly string[], options: GitOptions = {}): GitResult {
  const result = spawnSync('git', args, {
    cwd: directory,
    env: { ...gitEnvironment, ...options.env },
    input: options.input ?? '',
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (result.error !== undefined) throw result.error;
  return { status: result.status ?? 128, stdout: result.stdout, stderr: result.stderr.toString() };
}

/** Runs git and returns its bytes; throws with git's own words when it fails. */
export function gitBytes(directory: string, args: readonly string[], options: GitOptions = {}): Buffer {
  const result = tryGit(directory, args, options);
  if (result.status !== 0) {
    throw new Error(
      `git ${args.join(' ')} in ${directory} ended with ${result.status}: ${result.stderr.trim()}`,
    );
  }
  return result.stdout;
}

/** As gitBytes, decoded as UTF-8 and without the last newline. */
export function git(directory: string, args: readonly string[], options: GitOptions = {}): string {
  return gitBytes(directory, args, options).toString('utf8').replace(/\n$/, '');
}
