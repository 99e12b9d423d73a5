import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRepository } from '../../../src/collect/git/open-repository.ts';
import { branchCommit } from '../../../src/collect/history/branch-commit.ts';
import { createPeople } from '../../../src/collect/people.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import {
  createGitRepository,
  fixedGitEnvironment,
  type GitRepository,
} from '../../support/git-repository.ts';

let scratchFolder: string;
let shop: GitRepository;

beforeEach(() => {
  scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-history-'));
  shop = createGitRepository();
});

afterEach(() => {
  shop.remove();
  rmSync(scratchFolder, { recursive: true, force: true });
});

async function commitsOf(checkout: string, since = '2026-01-01T00:00:00Z') {
  const git = await openRepository({ checkout, scratchFolder, people: createPeople('salt') });
  if (isUnavailable(git)) throw new Error(git.unavailable);
  try {
    const tip = await git.resolve('main');
    if (isUnavailable(tip)) throw new Error(tip.unavailable);
    const commits = await git.branchCommits(tip, since);
    if (isUnavailable(commits)) throw new Error(commits.unavailable);
    return commits;
  } finally {
    await git.close();
  }
}

test('a merge is one entry with all that it brings, compared with its first parent', async () => {
  shop.commit({ 'README.md': 'shop\n' });
  shop.branch('work', 'main');
  shop.commit({ 'src/a/one.ts': '1\n' }, { branch: 'work' });
  shop.commit({ 'src/a/two.ts': '2\n', 'docs/x.md': 'x\n' }, { branch: 'work' });
  shop.commit({ 'README.md': 'the shop\n' });
  shop.merge('main', 'work');
  const commits = await commitsOf(shop.folder);
  expect(commits.map(({ files, areas }) => [files, areas])).toEqual([
    [1, [{ path: '', files: 1 }]],
    [1, [{ path: '', files: 1 }]],
    [
      3,
      [
        { path: 'src/a', files: 2 },
        { path: 'docs', files: 1 },
      ],
    ],
  ]);
});

test('what lies before the given time is left out, and a commit with a wrong date does not end the walk', async () => {
  shop.commit({ 'a.txt': '1\n' }, { date: '2026-01-05T09:00:00Z' });
  shop.commit({ 'a.txt': '2\n' }, { date: '2026-03-02T09:00:00Z' });
  shop.commit({ 'a.txt': '3\n' }, { date: '2019-01-01T09:00:00Z' });
  shop.commit({ 'a.txt': '4\n' }, { date: '2026-03-04T09:00:00Z' });
  const commits = await commitsOf(shop.folder, '2026-03-01T00:00:00Z');
  expect(commits.map(({ committedAt }) => committedAt)).toEqual([
    '2026-03-02T09:00:00.000Z',
    '2026-03-04T09:00:00.000Z',
  ]);
});

test('the HEAD of a bare clone stands for that of its origin, before any usual name', async () => {
  const bare = createGitRepository({ bare: true });
  try {
    const stale = bare.commit({ 'a.txt': '1\n' });
    const head = bare.commit({ 'a.txt': '2\n' }, { branch: 'develop', parents: [stale] });
    bare.git('symbolic-ref', 'HEAD', 'refs/heads/develop');
    bare.git('update-ref', 'refs/remotes/origin/HEAD', stale);
    const git = await openRepository({
      checkout: bare.folder,
      scratchFolder,
      people: createPeople('salt'),
    });
    if (isUnavailable(git)) throw new Error(git.unavailable);
    expect([await git.resolve('origin/HEAD'), await git.resolve('main')]).toEqual([head, stale]);
    await git.close();
  } finally {
    bare.remove();
  }
});

test('the message tells the pull request and whether it takes a change back', async () => {
  shop.commit({ 'a.txt': '1\n' }, { message: 'Revert "Add prices" (#14)' });
  expect((await commitsOf(shop.folder))[0]).toMatchObject({ isRevert: true, pullRequest: 14 });
});

test('migrations count when they are added and go forward', async () => {
  shop.commit({ 'db/migrations/V1__a.sql': 'select 1;\n', 'db/migrate/20260105090000_add_prices.rb': 'x\n' });
  shop.commit({
    'db/migrations/V1__a.sql': 'select 2;\n',
    'db/migrations/0002_b.down.sql': 'select 1;\n',
    'db/migrations/0002_b.up.sql': 'select 1;\n',
    'test/fixtures/migrations/0003_c.sql': 'select 1;\n',
    'src/query.sql': 'select 1;\n',
    'app/shop/migrations/0001_initial.py': 'x\n',
    'app/shop/migrations/__init__.py': '',
    'Data/Migrations/20260105090000_Init.cs': 'x\n',
    'Data/Migrations/20260105090000_Init.Designer.cs': 'x\n',
    'database/migrations/2026_01_05_090000_create_users.php': 'x\n',
  });
  expect((await commitsOf(shop.folder)).map(({ migrations }) => migrations)).toEqual([
    ['db/migrate/20260105090000_add_prices.rb', 'db/migrations/V1__a.sql'],
    [
      'Data/Migrations/20260105090000_Init.cs',
      'app/shop/migrations/0001_initial.py',
      'database/migrations/2026_01_05_090000_create_users.php',
      'db/migrations/0002_b.up.sql',
    ],
  ]);
});

test('names that a terminal or a shell would take for more are only names', async () => {
  shop.commit([
    ['migrations/1_\u001b[31m::error::.sql', 'x\n'],
    [Buffer.from([0x6d, 0xff, 0x0a, 0x78]), 'x\n'],
  ]);
  const [commit] = await commitsOf(shop.folder);
  expect(commit?.files).toBe(2);
  expect(commit?.migrations).toEqual(['migrations/1_\u001b[31m::error::.sql']);
});

test('a clone without trees or of depth 1 gives the same, fetching trees in one go', async () => {
  for (let n = 0; n < 12; n += 1) shop.commit({ [`src/p${n % 3}/f${n}.ts`]: `${n}\n` });
  shop.git('config', 'uploadpack.allowFilter', 'true');
  shop.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  const clone = join(scratchFolder, 'clone');
  spawnSync('git', ['clone', '-q', '--depth=1', `file://${shop.folder}`, clone], {
    env: fixedGitEnvironment,
  });
  expect(await commitsOf(clone)).toEqual(await commitsOf(shop.folder));
});

test('a commit whose date no calendar has is kept, and hides no other', () => {
  const entry = {
    id: 'a'.repeat(40),
    parents: [],
    committedAt: 1e17,
    message: 'Far away',
    paths: [],
    more: [],
  };
  expect(branchCommit(entry).committedAt).toBe('1970-01-01T00:00:00.000Z');
});

test('nothing that names a person is in what is kept', async () => {
  const author = { name: 'Planted Person', email: 'planted@example.test' };
  shop.commit(
    { 'a.txt': '1\n' },
    { author, message: 'Add\n\nCo-authored-by: Planted Two <two@planted.test>' },
  );
  expect(JSON.stringify(await commitsOf(shop.folder))).not.toMatch(/planted/i);
});
