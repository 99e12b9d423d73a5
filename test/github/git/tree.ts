import { git, gitBytes, tryGit } from './run-git.ts';

export interface TreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size?: number;
  readonly path: string;
}

export function listTree(
  directory: string,
  tree: string,
  recursive: boolean,
  path?: string,
): readonly TreeEntry[] | undefined {
  const args = ['ls-tree', '-z', '--long', ...(recursive ? ['-r', '-t'] : []), '--full-tree', tree];
  const result = tryGit(directory, path === undefined || path === '' ? args : [...args, `${path}/`]);
  if (result.status !== 0) return undefined;
  return result.stdout
    .toString('utf8')
    .split('\0')
    .filter((record) => record !== '')
    .map((record) => {
      const [meta = '', name = ''] = splitOnce(record, '\t');
      const [mode = '', type = 'blob', sha = '', size = '-'] = meta.split(/ +/);
      return {
        mode,
        type: type as TreeEntry['type'],
        sha,
        path: name,
        ...(size === '-' ? {} : { size: Number(size) }),
      };
    });
}

/** The entry at a path of a commit. */
export function entryAt(directory: string, commit: string, path: string): TreeEntry | undefined {
  const result = tryGit(directory, [
    '--literal-pathspecs',
    'ls-tree',
    '-z',
    '--long',
    '--full-tree',
    commit,
    '--',
    path,
  ]);
  const [record = ''] = result.stdout.toString('utf8').split('\0');
  if (result.status !== 0 || record === '') return undefined;
  const [meta = '', name = ''] = splitOnce(record, '\t');
  const [mode = '', type = 'blob', sha = '', size = '-'] = meta.split(/ +/);
  return {
    mode,
    type: type as TreeEntry['type'],
    sha,
    path: name,
    ...(size === '-' ? {} : { size: Number(size) }),
  };
}

export function readBlob(directory: string, sha: string): Buffer | undefined {
  const result = tryGit(directory, ['cat-file', 'blob', sha]);
  return result.status === 0 ? result.stdout : undefined;
}

export function writeBlob(directory: string, content: Buffer): string {
  return git(directory, ['hash-object', '-w', '--stdin'], { input: content });
}

/** A new tree: `base` with these entries put in or (without a sha) taken out. */
export function writeTree(
  directory: string,
  base: string | undefined,
  entries: readonly { readonly path: string; readonly mode: string; readonly sha: string | null }[],
): string {
  const index = `${directory}/index.${Math.random().toString(36).slice(2)}`;
  const env = { GIT_INDEX_FILE: index, GIT_DIR: directory };
  if (base !== undefined) git(directory, ['read-tree', base], { env });
  const input = entries
    .map(({ path, mode, sha }) =>
      sha === null ? `0 ${'0'.repeat(40)}\t${path}\0` : `${mode} ${sha}\t${path}\0`,
    )
    .join('');
  git(directory, ['update-index', '-z', '--index-info'], { env, input });
  const tree = git(directory, ['write-tree'], { env });
  gitBytes(directory, ['read-tree', '--empty'], { env });
  return tree;
}

function splitOnce(value: string, separator: string): [string, string] {
  const at = value.indexOf(separator);
  return at === -1 ? [value, ''] : [value.slice(0, at), value.slice(at + separator.length)];
}
