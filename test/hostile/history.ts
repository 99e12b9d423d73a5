import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixedGitEnvironment, type GitRepository } from '../support/git-repository.ts';

const sql = 'CREATE INDEX i ON orders (x);\n';
const path = 'db/migrations/1.sql';

/** A repository whose history or objects are out of the ordinary, and what a run says of it. */
export interface HostileHistory {
  readonly title: string;
  readonly objectFormat?: 'sha256';
  /** Leaves a branch `main` and a branch `change`, as far as the case has them. */
  readonly make: (repository: GitRepository) => void;
  /** The one sentence of a run that could not look; when absent, the index is found. */
  readonly says?: RegExp;
  /** What is left out, where the rest is judged. */
  readonly tells?: RegExp;
  /** Where it is found, when that is another path. */
  readonly foundAt?: string;
}

type Entry = readonly [mode: string, name: string, id: string];

function written(repository: GitRepository, type: 'blob' | 'tree', content: Uint8Array): string {
  const { stdout } = spawnSync('git', ['hash-object', '-t', type, '-w', '--literally', '--stdin'], {
    cwd: repository.folder,
    env: fixedGitEnvironment,
    input: content,
  });
  return stdout.toString('utf8').trim();
}

/** A tree as it may come over the wire and as no git would write it. */
function rawTree(repository: GitRepository, entries: readonly Entry[]): string {
  const bytes = entries.map(([mode, name, id]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
  );
  return written(repository, 'tree', Buffer.concat(bytes));
}

function migrationsTree(repository: GitRepository, entries: readonly Entry[]): string {
  return rawTree(repository, [['40000', 'migrations', rawTree(repository, entries)]]);
}

/** Puts a tree of the case's own on the branch `change`. */
function tree(make: (repository: GitRepository, blob: string) => string) {
  return (repository: GitRepository): void => {
    const base = repository.commit({ 'README.md': '#\n' });
    const id = make(repository, written(repository, 'blob', Buffer.from(sql)));
    const commit = repository.git(
      '-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', 'commit-tree', '-p', base, '-m', 'Odd', id,
    ); // biome-ignore format: one command
    repository.branch('change', commit);
  };
}

function ordinary(repository: GitRepository): void {
  const base = repository.commit({ 'README.md': '#\n' });
  repository.commit({ [path]: sql }, { branch: 'change', parents: [base] });
}

/** Cuts the history off below both branches, and gives the clone this address to fetch from. */
function cutOff(origin: string | undefined) {
  return (repository: GitRepository): void => {
    const root = repository.commit({ 'README.md': '#\n' });
    const base = repository.commit({ 'README.md': '##\n' });
    repository.commit({ [path]: sql }, { branch: 'change', parents: [base] });
    writeFileSync(join(repository.gitDirectory, 'shallow'), `${base}\n`);
    rmSync(join(repository.gitDirectory, 'objects', root.slice(0, 2), root.slice(2)), { force: true });
    if (origin !== undefined) repository.git('config', 'remote.origin.url', origin);
  };
}

export const hostileHistories: readonly HostileHistory[] = [
  { title: 'no commit at all', make: () => undefined, says: /the repository in \S+ has no commit yet: make a first one, or name another folder/ },
  {
    title: 'branches without a common commit',
    make: (repository) => {
      repository.commit({ 'README.md': '#\n' });
      repository.commit({ [path]: sql }, { branch: 'change', parents: [] });
    },
    says: /have no commit in common, so there is nothing to compare the head with/,
  },
  {
    title: 'two merge bases (criss-cross)',
    make: (repository) => {
      const root = repository.commit({ 'README.md': '#\n' });
      const left = repository.commit({ 'left.txt': 'x' });
      const right = repository.commit({ 'right.txt': 'x' }, { branch: 'change', parents: [root] });
      repository.commit({ 'right.txt': 'x' }, { parents: [left, right] });
      repository.commit({ 'left.txt': 'x' }, { branch: 'change', parents: [right, left] });
      repository.commit({ [path]: sql }, { branch: 'change' });
    },
  },
  {
    title: 'a head with eight parents (octopus)',
    make: (repository) => {
      const base = repository.commit({ 'README.md': '#\n' });
      const arms = Array.from({ length: 8 }, (_, place) =>
        repository.commit({ [`arm${place}.txt`]: 'x' }, { branch: `arm${place}`, parents: [base] }),
      );
      repository.commit({ [path]: sql }, { branch: 'change', parents: arms });
    },
  },
  { title: 'ids of SHA-256', objectFormat: 'sha256', make: ordinary },
  {
    title: 'a replacement of the head by a harmless commit',
    make: (repository) => {
      ordinary(repository);
      repository.git('replace', repository.id('change'), repository.id('main'));
    },
  },
  {
    title: 'a graft that calls the head a root',
    make: (repository) => {
      ordinary(repository);
      writeFileSync(join(repository.gitDirectory, 'info', 'grafts'), `${repository.id('change')}\n`);
    },
  },
  {
    title: 'a history rewritten after the base was noted',
    make: (repository) => {
      ordinary(repository);
      repository.commit({ 'README.md': '###\n', 'late.txt': 'x' }, { parents: ['main'] });
      repository.rebase('change', 'main');
    },
  },
  {
    title: 'a shallow history without a place to fetch from',
    make: cutOff(undefined),
    says: /it is shallow and has no `origin`, so its history ends early: fetch it whole \(fetch-depth: 0\)/,
  },
  {
    title: 'a shallow history whose remote would start a program',
    make: cutOff('ext::sh -c "touch pwned"'),
    says: /transport 'ext' not allowed — only https, http, ssh, git and file addresses are used/,
  },
  {
    title: 'a shallow history whose remote is a file descriptor',
    make: cutOff('fd::17'),
    says: /transport 'fd' not allowed/,
  },
  {
    title: 'a shallow history whose remote looks like an option of ssh',
    make: cutOff(`ssh://-oProxyCommand=touch$\{IFS}pwned/x`),
    says: /strange hostname '-oProxyCommand=.*' blocked/,
  },
  {
    title: 'a shallow history whose remote looks like an option of git',
    make: cutOff('--upload-pack=touch pwned'),
    says: /does not appear to be a git repository/,
  },
  { title: 'a folder called ..', make: tree((repository, blob) => rawTree(repository, [['40000', '..', migrationsTree(repository, [['100644', '1.sql', blob]])]])), foundAt: '../migrations/1.sql' },
  { title: 'a folder called .git', make: tree((repository, blob) => rawTree(repository, [['40000', '.git', migrationsTree(repository, [['100644', '1.sql', blob]])]])), foundAt: '.git/migrations/1.sql' },
  { title: 'an entry with an absolute path', make: tree((repository, blob) => rawTree(repository, [['100644', '/etc/migrations/1.sql', blob]])), foundAt: '/etc/migrations/1.sql' },
  { title: 'an entry without a name', make: tree((repository, blob) => rawTree(repository, [['40000', '', migrationsTree(repository, [['100644', '1.sql', blob]])]])), says: /empty filename in tree entry/ },
  { title: 'a file of an unknown mode', make: tree((repository, blob) => migrationsTree(repository, [['100000', '1.sql', blob]])), foundAt: 'migrations/1.sql' },
  { title: 'a file that is not there', make: tree((repository) => migrationsTree(repository, [['100644', '1.sql', '1'.repeat(40)]])), says: /unable to read 1{40}/ },
  { title: 'a folder that is not there', make: tree((repository) => rawTree(repository, [['40000', 'migrations', '2'.repeat(40)]])), says: /unable to read tree 2{40}/ },
  { title: 'a file that claims to be a folder', make: tree((repository, blob) => rawTree(repository, [['40000', 'migrations', blob]])), says: /unable to read tree/ },
  { title: 'a folder that claims to be a file', make: tree((repository, blob) => rawTree(repository, [['100644', '1.sql', migrationsTree(repository, [['100644', '1.sql', blob]])]])), tells: /^`1\.sql` could not be had from git and was not read as a migration$/ },
]; // biome-ignore format: a case a line is a table
