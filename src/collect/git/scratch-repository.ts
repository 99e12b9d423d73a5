import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ObjectFormat } from './checkout.ts';
import { basicCredentials, eager, networkEnvironment, offline, type Remote } from './git-environment.ts';
import { explainStandardError, GitFailure } from './git-failure.ts';
import { type Environment, type GitOutput, type GitRun, runGit } from './git-process.ts';
import { createObjectDialogue, type ObjectDialogue } from './object-dialogue.ts';

/** Files above this are neither diffed nor searched for renames: git calls them binary, and so bounds its memory. */
export const largestDiffedFile = 16 * 1024 * 1024;

/**
 * Only commands that may fetch know that objects can be missing and where they are: for all others this is a plain
 * repository, in which a missing object is an error and never a request. Given on the command line, since `fetch
 * --filter` would write it into the configuration for good.
 */
const promisor = ['-c', 'remote.origin.promisor=true', '-c', 'remote.origin.partialclonefilter=tree:0'];

type ScratchRun = Omit<GitRun, 'cwd' | 'env' | 'secrets' | 'args'> & {
  /** The command is there to reach the remote. Without it a missing object is an error, and never a request. */
  readonly mayFetch?: boolean;
};

/**
 * Objects of a remote that stay on this machine from one repository to the next. It saves requests and nothing else hangs
 * on it: neither call throws, and what is not kept comes from the remote.
 */
export interface KeptObjects {
  /** Puts what is kept into a repository that is still empty. */
  lend(scratch: ScratchRepository): Promise<void>;
  /** Takes over what a repository has fetched, before it is removed. `failed`: a local command met what it could not read. */
  take(scratch: ScratchRepository, failed: boolean): Promise<void>;
}

/** A bare repository of our own, in a folder of our own: everything is computed here, and nothing elsewhere is written. */
export interface ScratchRepository {
  readonly folder: string;
  readonly gitDirectory: string;
  readonly objectFormat: ObjectFormat;
  readonly remote?: Remote;
  /** Of git itself, asked anew each time: few runs want to know. */
  version(): Promise<readonly [major: number, minor: number]>;
  /** Byte-exact, through the spawn wrapper. Throws `GitFailure`. */
  run(args: readonly string[], options?: ScratchRun): Promise<GitOutput>;
  /** One plain local command with a small answer, trimmed, through simple-git. Throws `GitFailure`. */
  ask(...args: readonly string[]): Promise<string>;
  /** For a few objects at a time; many come faster from one `run` of cat-file with `--buffer`. */
  readonly objects: Omit<ObjectDialogue, 'close'>;
  isObjectId(text: string): boolean;
  close(): Promise<void>;
}

export interface ScratchOptions {
  readonly environment: Environment;
  readonly objectFormat: ObjectFormat;
  /** Objects folder of a complete checkout to borrow from. */
  readonly borrowFrom?: string;
  readonly remote?: Remote;
  readonly kept?: KeptObjects;
  readonly trustUserConfig: boolean;
}

/** Resets what a judged repository's `.gitattributes` could say; this file outranks every one of them. */
const attributes =
  '* !diff !text !eol !crlf !ident !filter !merge !working-tree-encoding !conflict-marker-size\n';

/** Without waiting, so that git can start before anything else is loaded. */
export function createScratchHome(parentFolder: string): string {
  const folder = mkdtempSync(join(resolve(parentFolder), 'review-vitals-git-'));
  mkdirSync(join(folder, 'empty'));
  // A container's workspace often belongs to another user. Nothing of a judged repository's settings is carried out, so
  // whose it is does not matter; only this file and the command line can say so.
  writeFileSync(join(folder, '.gitconfig'), '[safe]\n\tdirectory = *\n');
  return folder;
}

export async function createScratchRepository(
  home: string,
  options: ScratchOptions,
): Promise<ScratchRepository> {
  const { environment, objectFormat, remote, kept, trustUserConfig } = options;
  const gitDirectory = join(home, 'scratch.git');
  const local = offline(environment);
  const network = remote ? networkEnvironment(environment, remote, trustUserConfig) : local;
  const secrets = remote?.token ? [remote.token, basicCredentials(remote.token)] : [];

  // All that `git init` would make (gitrepository-layout), without waiting for it.
  for (const folder of ['info', 'refs', join('objects', 'info')]) {
    mkdirSync(join(gitDirectory, folder), { recursive: true });
  }
  writeFileSync(join(gitDirectory, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(gitDirectory, 'config'), configuration(home, objectFormat, remote));
  writeFileSync(join(gitDirectory, 'info', 'attributes'), attributes);
  if (options.borrowFrom !== undefined) {
    writeFileSync(join(gitDirectory, 'objects', 'info', 'alternates'), `${quoted(options.borrowFrom)}\n`);
  }

  const idPattern = objectFormat === 'sha256' ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/;
  let failed = false;
  const noteFailure = (error: unknown): never => {
    failed = true;
    throw error;
  };
  const objects = createObjectDialogue({ cwd: gitDirectory, env: local, secrets });
  const scratch: ScratchRepository = {
    folder: home,
    gitDirectory,
    objectFormat,
    ...(remote ? { remote } : {}),
    version: async () => parseVersion(await askGit(home, local, secrets, ['version'])),
    run: (args, { mayFetch, ...run } = {}) =>
      mayFetch
        ? runGit({ ...run, args: [...promisor, ...args], cwd: gitDirectory, env: eager(network), secrets })
        : runGit({ ...run, args, cwd: gitDirectory, env: local, secrets }).catch(noteFailure),
    ask: (...args) => askGit(gitDirectory, local, secrets, args),
    objects: {
      inspect: (ids) => objects.inspect(ids).catch(noteFailure),
      read: (ids) => objects.read(ids).catch(noteFailure),
    },
    isObjectId: (text) => idPattern.test(text),
    close: async () => {
      objects.close();
      await kept?.take(scratch, failed);
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  await kept?.lend(scratch);
  return scratch;
}

/** No entry can make the history end early: that would make merge bases wrong without an error. */
export async function holdsFullHistory(scratch: ScratchRepository): Promise<boolean> {
  return stat(join(scratch.gitDirectory, 'shallow')).then(
    () => false,
    () => true,
  );
}

const askSeconds = 120;

async function askGit(
  cwd: string,
  environment: Environment,
  secrets: readonly string[],
  args: readonly string[],
): Promise<string> {
  const { simpleGit } = await import('simple-git');
  const git = simpleGit({
    baseDir: cwd,
    abort: AbortSignal.timeout(askSeconds * 1000),
    trimmed: true,
    // Without this a command that fails in silence would pass as an empty answer.
    errors: (error, { exitCode, stdErr }) =>
      error ??
      (exitCode === 0 ? undefined : Buffer.concat([...stdErr, Buffer.from(`ended with ${exitCode}`)])),
    allowEnvironment: Object.keys(environment).filter((name) => name.startsWith('GIT_')),
    // These are named "unsafe" for values from elsewhere; ours turn configuration off.
    unsafe: {
      allowUnsafeConfigPaths: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeSshCommand: true,
      allowUnsafeTemplateDir: true,
    },
  }).env(environment);
  try {
    return await git.raw([...args]);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new GitFailure(`git ${args[0]} failed: ${explainStandardError(text, secrets)}`);
  }
}

function configuration(home: string, objectFormat: ObjectFormat, remote: Remote | undefined): string {
  const empty = quoted(join(home, 'empty'));
  return [
    '[core]',
    `\trepositoryformatversion = ${objectFormat === 'sha256' ? 1 : 0}`,
    '\tbare = true',
    `\thooksPath = ${empty}`,
    '\tattributesFile = ""',
    '\tfsmonitor = false',
    '\tlogAllRefUpdates = false',
    // A borrowed commit-graph would be believed without a look at the commits: forged or stale, it moves merge bases.
    '\tcommitGraph = false',
    `\tbigFileThreshold = ${largestDiffedFile}`,
    ...(objectFormat === 'sha256' ? ['[extensions]', '\tobjectFormat = sha256'] : []),
    // Only for the throw-away commits that the replay of a change needs.
    '[user]',
    '\tname = Review Vitals',
    '\temail = review-vitals@localhost',
    '[gc]',
    '\tauto = 0',
    '[maintenance]',
    '\tauto = false',
    '[fetch]',
    '\trecurseSubmodules = false',
    '\twriteCommitGraph = false',
    '[merge]',
    '\tdirectoryRenames = false',
    ...(remote ? ['[remote "origin"]', `\turl = ${quoted(remote.url)}`, '\ttagOpt = --no-tags'] : []),
    '',
  ].join('\n');
}

/** Quoting that git's configuration files and its list of alternates both read. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`;
}

function parseVersion(text: string): readonly [number, number] {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0)];
}
