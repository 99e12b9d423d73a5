import { git, tryGit } from './run-git.ts';

export interface Author {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. */
  readonly date: string;
}

export function identityEnvironment(author: Author): Record<string, string> {
  const date = `@${Math.floor(Date.parse(author.date) / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: date,
  };
}

/** A merge commit of the two (first parent: `into`), made without a work tree; nothing when they conflict. */
export function mergeCommits(
  directory: string,
  into: string,
  from: string,
  message: string,
  author: Author,
): string | undefined {
  const tree = tryGit(directory, ['merge-tree', '--write-tree', '--allow-unrelated-histories', into, from]);
  if (tree.status === 1) return undefined;
  if (tree.status !== 0)
    throw new Error(`git merge-tree (git 2.38 or newer is needed) failed: ${tree.stderr.trim()}`);
  const treeId = tree.stdout.toString().trim();
  return git(directory, ['commit-tree', treeId, '-p', into, '-p', from, '-F', '-'], {
    input: message,
    env: identityEnvironment(author),
  });
}

/** One commit with the tree of a merge and a single parent, as "squash and merge" makes it. */
export function squashCommits(
  directory: string,
  into: string,
  from: string,
  message: string,
  author: Author,
): string | undefined {
  const tree = tryGit(directory, ['merge-tree', '--write-tree', '--allow-unrelated-histories', into, from]);
  if (tree.status !== 0) return undefined;
  return git(directory, ['commit-tree', tree.stdout.toString().trim(), '-p', into, '-F', '-'], {
    input: message,
    env: identityEnvironment(author),
  });
}
