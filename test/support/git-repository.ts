import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What stands at a path in a commit: text or bytes, a link, a submodule, an executable, or `null` for "gone". A key is a
 * path; in the list form of `GitFiles` it may be bytes, for names that are not UTF-8.
 */
export type GitFile =
  | string
  | Uint8Array
  | null
  | { readonly link: string }
  | { readonly submodule: string }
  | { readonly executable: string };

export type GitFiles =
  | Readonly<Record<string, GitFile>>
  | readonly (readonly [path: string | Uint8Array, file: GitFile])[];

export interface CommitOptions {
  /** The branch that moves; "main" when absent. It is created from `parents`, or as a root, when it does not exist. */
  readonly branch?: string;
  readonly message?: string;
  /** First parent instead of the branch's tip, and further ones. An empty list makes a root commit. */
  readonly parents?: readonly string[];
  /** The tree to start from, when it is not the first parent's. */
  readonly tree?: string;
  readonly author?: { readonly name: string; readonly email: string };
  /** ISO 8601. Without it every commit is one hour after the one made before it, from 2026-01-05T09:00:00Z on. */
  readonly date?: string;
}

export interface GitRepository {
  /** The work tree (or the bare repository itself). */
  readonly folder: string;
  readonly gitDirectory: string;
  /** Runs git in the repository and gives its trimmed stdout; throws with git's own words when it fails. */
  git(...args: readonly string[]): string;
  /** Writes one commit without touching the work tree. Paths not named stay as they are in the first parent. */
  commit(files: GitFiles, options?: CommitOptions): string;
  /** Points a branch at a revision, created or moved. */
  branch(name: string, at?: string): void;
  /**
   * Merges `from` into the branch `into` with a merge commit, as GitHub's button does. Conflicts need `resolution`, which
   * is written over the merged tree.
   */
  merge(into: string, from: string, resolution?: GitFiles): string;
  /** Replays the commits of `branch` that `onto` lacks on `onto`, one by one, and moves the branch. */
  rebase(branch: string, onto: string): string;
  /** Checks a revision out into the work tree (detached unless it is a branch). */
  checkout(revision: string): void;
  id(revision: string): string;
  remove(): void;
}

const firstHour = Date.parse('2026-01-05T09:00:00Z') / 1000;

/** Everything that could make two machines give two ids is pinned; nothing of the caller's git settings is read. */
export const fixedGitEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Ada Example',
  GIT_AUTHOR_EMAIL: 'ada@example.test',
  GIT_COMMITTER_NAME: 'Ada Example',
  GIT_COMMITTER_EMAIL: 'ada@example.test',
};

/**
 * A real repository in a temporary folder, with fixed dates and identities: the same calls give the same ids. Every
 * call waits for git, so a server inside the same process cannot answer meanwhile: prepare first, then serve.
 */
export function createGitRepository(
  options: { readonly bare?: boolean; readonly objectFormat?: 'sha1' | 'sha256' } = {},
): GitRepository {
  const folder = mkdtempSync(join(tmpdir(), 'review-vitals-test-'));
  const gitDirectory = options.bare ? folder : join(folder, '.git');
  let hours = 0;

  function run(args: readonly string[], input?: Uint8Array): string {
    const result = spawnSync('git', args, {
      cwd: folder,
      env: fixedGitEnvironment,
      input: input ?? '',
      maxBuffer: 1 << 28,
    });
    if (result.error) throw result.error;
    if (result.status !== 0) {
      throw new Error(`git ${args.join(' ')} ended with ${result.status}: ${result.stderr}${result.stdout}`);
    }
    return result.stdout.toString('utf8').trimEnd();
  }

  const git = (...args: readonly string[]) => run(args);
  const isFullId = (text: string) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
  const id = (revision: string) =>
    isFullId(revision) ? revision : git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`);

  /** Most tests make many commits, and every process saved is felt: a loose ref is read as the file it is. */
  function tipOf(branch: string): string | undefined {
    const loose = join(gitDirectory, 'refs', 'heads', branch);
    if (existsSync(loose)) return readFileSync(loose, 'utf8').trim();
    if (!existsSync(join(gitDirectory, 'packed-refs'))) return undefined;
    const result = spawnSync('git', ['rev-parse', '-q', '--verify', `refs/heads/${branch}^{commit}`], {
      cwd: folder,
      env: fixedGitEnvironment,
    });
    return result.status === 0 ? result.stdout.toString('utf8').trim() : undefined;
  }

  function commit(files: GitFiles, commitOptions: CommitOptions = {}): string {
    const branch = commitOptions.branch ?? 'main';
    const tip = tipOf(branch);
    const parents = (commitOptions.parents ?? (tip ? [tip] : [])).map(id);
    hours += 1;
    const seconds = commitOptions.date
      ? Date.parse(commitOptions.date) / 1000
      : firstHour + (hours - 1) * 3600;
    const author = commitOptions.author ?? { name: 'Ada Example', email: 'ada@example.test' };
    // fast-import takes the branch's tip as the parent of a commit without `from`; a branch of its own keeps roots possible.
    const work = 'refs/review-vitals-test/new';
    const parts: (string | Uint8Array)[] = [
      `commit ${work}\nmark :1\n`,
      `author ${author.name} <${author.email}> ${seconds} +0000\n`,
      `committer Ada Example <ada@example.test> ${seconds} +0000\n`,
      data(commitOptions.message ?? `Commit ${hours}`),
      parents[0] ? `from ${parents[0]}\n` : '',
      ...parents.slice(1).map((parent) => `merge ${parent}\n`),
      commitOptions.tree ? `M 040000 ${git('rev-parse', `${commitOptions.tree}^{tree}`)} ""\n` : '',
      ...entriesOf(files).map(([path, file]) => change(path, file)),
      `get-mark :1\n`,
      `reset refs/heads/${branch}\nfrom :1\n\n`,
      `reset ${work}\nfrom ${'0'.repeat(options.objectFormat === 'sha256' ? 64 : 40)}\n\n`,
    ];
    const stream = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
    return run(['fast-import', '--quiet', '--force', '--cat-blob-fd=1'], stream);
  }

  function merge(into: string, from: string, resolution: GitFiles = {}): string {
    const ours = id(into);
    const theirs = id(from);
    const { status, stdout, stderr } = spawnSync('git', ['merge-tree', '--write-tree', ours, theirs], {
      cwd: folder,
      env: fixedGitEnvironment,
    });
    const tree = stdout.toString('utf8').split('\n')[0] ?? '';
    const resolved = entriesOf(resolution).length > 0;
    if (status !== 0 && !(status === 1 && resolved))
      throw new Error(`merge of ${from} into ${into}: ${stdout}${stderr}`);
    return commit(resolution, {
      branch: into,
      parents: [ours, theirs],
      tree,
      message: `Merge branch '${from}' into ${into}`,
    });
  }

  function rebase(branch: string, onto: string): string {
    const commits = git('rev-list', '--reverse', '--no-merges', `${onto}..${branch}`)
      .split('\n')
      .filter(Boolean);
    let tip = id(onto);
    for (const original of commits) {
      // merge-tree finds the merge base itself, so the replayed commit gets a twin whose only parent is that base.
      const base = git('rev-parse', `${original}^`);
      const twin = git('commit-tree', '-p', base, '-m', 'twin', `${tip}^{tree}`);
      const tree = git('merge-tree', '--write-tree', twin, original).split('\n')[0] ?? '';
      tip = commit([], {
        branch: `rebase-of-${branch}`,
        parents: [tip],
        tree,
        message: git('log', '-1', '--format=%B', original),
      });
    }
    if (tip !== id(onto)) git('update-ref', '-d', `refs/heads/rebase-of-${branch}`);
    git('update-ref', `refs/heads/${branch}`, tip);
    return tip;
  }

  spawnSync(
    'git',
    [
      'init',
      '-q',
      '-b',
      'main',
      ...(options.bare ? ['--bare'] : []),
      `--object-format=${options.objectFormat ?? 'sha1'}`,
      folder,
    ],
    {
      env: fixedGitEnvironment,
    },
  );
  git('config', 'gc.auto', '0');

  return {
    folder,
    gitDirectory,
    git,
    commit,
    branch: (name, at = 'HEAD') => void git('update-ref', `refs/heads/${name}`, id(at)),
    merge,
    rebase,
    checkout: (revision) => void git('checkout', '-q', '-f', revision, '--'),
    id,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function entriesOf(files: GitFiles): readonly (readonly [string | Uint8Array, GitFile])[] {
  return Array.isArray(files)
    ? (files as readonly (readonly [string | Uint8Array, GitFile])[])
    : Object.entries(files as Readonly<Record<string, GitFile>>);
}

function change(path: string | Uint8Array, file: GitFile): Uint8Array {
  const name = quoted(path);
  if (file === null) return Buffer.from(`D ${name}\n`);
  if (typeof file === 'string' || file instanceof Uint8Array) return blob('100644', name, file);
  if ('link' in file) return blob('120000', name, file.link);
  if ('executable' in file) return blob('100755', name, file.executable);
  return Buffer.from(`M 160000 ${file.submodule} ${name}\n`);
}

function blob(mode: string, name: string, content: string | Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`M ${mode} inline ${name}\n`), data(content)]);
}

function data(content: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

/** fast-import's C-style quoting, every byte beyond plain ASCII in octal. */
function quoted(path: string | Uint8Array): string {
  const escaped = [...Buffer.from(path)].map((byte) =>
    byte > 0x22 && byte < 0x7f && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\${byte.toString(8).padStart(3, '0')}`,
  );
  return `"${escaped.join('')}"`;
}
