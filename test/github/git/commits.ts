import { git, gitBytes, tryGit } from './run-git.ts';

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, UTC, without milliseconds. */
  readonly date: string;
}

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

const known = new Map<string, GitCommit>();
const ranges = new Map<string, readonly GitCommit[]>();
const mergeBases = new Map<string, string | undefined>();
const format = '%H%x00%T%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B';

/** The commit that a revision names, or nothing; a tag is followed to its commit. */
export function resolveCommit(directory: string, revision: string): string | undefined {
  if (revision.startsWith('-') || revision === '') return undefined;
  const result = tryGit(directory, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  return result.status === 0 ? result.stdout.toString().trim() : undefined;
}

export function commitOf(directory: string, sha: string): GitCommit {
  const cached = known.get(sha);
  if (cached !== undefined) return cached;
  const [commit] = readCommits(directory, ['--no-walk', sha]);
  if (commit === undefined) throw new Error(`No commit ${sha} in ${directory}.`);
  return commit;
}

/** Commits that git log prints for these arguments, in its order. */
export function readCommits(directory: string, args: readonly string[]): readonly GitCommit[] {
  const out = gitBytes(directory, ['log', '-z', `--format=${format}%x01`, ...args]).toString('utf8');
  return out
    .split('\u0001')
    .map((record) => record.replace(/^\0/, ''))
    .filter((record) => record !== '')
    .map((record) => {
      const [
        sha = '',
        tree = '',
        parents = '',
        an = '',
        ae = '',
        at = '',
        cn = '',
        ce = '',
        ct = '',
        message = '',
      ] = record.split('\0');
      const commit: GitCommit = {
        sha,
        tree,
        parents: parents === '' ? [] : parents.split(' '),
        author: { name: an, email: ae, date: isoSeconds(Number(at)) },
        committer: { name: cn, email: ce, date: isoSeconds(Number(ct)) },
        message: message.replace(/\n$/, ''),
      };
      known.set(sha, commit);
      return commit;
    });
}

/** Commits reachable from the head and not from the base, oldest first, as GitHub lists them. */
export function commitsBetween(directory: string, base: string, head: string): readonly GitCommit[] {
  const key = `${directory} ${base} ${head}`;
  const cached = ranges.get(key);
  if (cached !== undefined) return cached;
  const found = readCommits(directory, ['--reverse', '--topo-order', '--end-of-options', `${base}..${head}`]);
  ranges.set(key, found);
  return found;
}

export function mergeBase(directory: string, one: string, other: string): string | undefined {
  const key = `${directory} ${one} ${other}`;
  if (mergeBases.has(key)) return mergeBases.get(key);
  const result = tryGit(directory, ['merge-base', one, other]);
  const found = result.status === 0 ? result.stdout.toString().trim() : undefined;
  mergeBases.set(key, found);
  return found;
}

export function isAncestor(directory: string, ancestor: string, descendant: string): boolean {
  return tryGit(directory, ['merge-base', '--is-ancestor', ancestor, descendant]).status === 0;
}

export function allRefs(directory: string): ReadonlyMap<string, string> {
  const lines = git(directory, ['for-each-ref', '--format=%(objectname) %(refname)']).split('\n');
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]),
  );
}

function isoSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
