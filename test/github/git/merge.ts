import { tryGit } from './run-git.ts';
import { type CommitAuthor, writeCommit } from './write-commit.ts';

const trees = new Map<string, string | undefined>();

/** The tree of the two merged, made without a work tree; nothing when they conflict. */
function mergeTree(directory: string, into: string, from: string): string | undefined {
  const key = `${directory} ${into} ${from}`;
  if (trees.has(key)) return trees.get(key);
  const result = tryGit(directory, ['merge-tree', '--write-tree', '--allow-unrelated-histories', into, from]);
  if (result.status > 1)
    throw new Error(`git merge-tree (git 2.38 or newer is needed) failed: ${result.stderr.trim()}`);
  const tree = result.status === 0 ? result.stdout.toString().trim() : undefined;
  trees.set(key, tree);
  return tree;
}

/** A merge commit (first parent: `into`), or nothing when the two conflict. */
export function mergeCommits(
  directory: string,
  into: string,
  from: string,
  message: string,
  author: CommitAuthor,
): string | undefined {
  const tree = mergeTree(directory, into, from);
  return tree === undefined ? undefined : writeCommit(directory, tree, [into, from], message, author);
}

/** One commit with the tree of a merge and a single parent, as "squash and merge" makes it. */
export function squashCommits(
  directory: string,
  into: string,
  from: string,
  message: string,
  author: CommitAuthor,
): string | undefined {
  const tree = mergeTree(directory, into, from);
  return tree === undefined ? undefined : writeCommit(directory, tree, [into], message, author);
}
