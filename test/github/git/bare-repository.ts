import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { git, tryGit } from './run-git.ts';

/** What GitHub's git server allows: partial clones, any object by id, pushes; never a push to refs/pull. */
const serverConfig = `[uploadpack]
\tallowFilter = true
\tallowAnySHA1InWant = true
[http]
\treceivepack = true
[receive]
\thideRefs = refs/pull
\tdenyDeleteCurrent = refuse
[gc]
\tauto = 0
[maintenance]
\tauto = false
[core]
\tfsync = none
`;

export function createBareRepository(directory: string, defaultBranch: string): void {
  mkdirSync(directory, { recursive: true });
  git(directory, ['init', '-q', '--bare', `--initial-branch=${defaultBranch}`, '.']);
  configure(directory);
}

/** Copies all branches and tags of a repository (working or bare); its configuration and hooks stay behind. */
export function copyRepository(from: string, directory: string, defaultBranch: string | undefined): string {
  mkdirSync(directory, { recursive: true });
  const format = git(from, ['rev-parse', '--show-object-format']);
  git(directory, ['init', '-q', '--bare', `--object-format=${format}`, '.']);
  configure(directory);
  git(directory, [
    'fetch',
    '-q',
    '--no-tags',
    from,
    '+refs/heads/*:refs/heads/*',
    '+refs/tags/*:refs/tags/*',
  ]);
  const branch = defaultBranch ?? branchOf(from) ?? 'main';
  git(directory, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  return branch;
}

function configure(directory: string): void {
  appendFileSync(join(directory, 'config'), serverConfig);
}

function branchOf(directory: string): string | undefined {
  const found = tryGit(directory, ['symbolic-ref', '--short', '-q', 'HEAD']);
  return found.status === 0 ? found.stdout.toString().trim() : undefined;
}
