import { afterEach, expect, test } from 'vitest';
import { collectMigrations } from '../../../src/collect/collect-migrations.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { configuredServers } from '../../../src/migrations/detect/configured-servers.ts';
import { createGitRepository, type GitFiles } from '../../support/git-repository.ts';
import { createCleanup, opened, present } from '../git/opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** The migrations that the head adds to what the base holds. */
async function collected(base: GitFiles, head: GitFiles, settings: Settings = {}) {
  const git = cleanup.add(createGitRepository(), (one) => one.remove());
  git.commit(base);
  git.branch('change', 'main');
  const tip = git.commit(head, { branch: 'change' });
  const main = git.id('main');
  git.checkout('change');
  const repository = await opened(cleanup, { checkout: git.folder, trustUserConfig: true });
  const change = present(await repository.readChange({ base: main, head: tip, baseName: 'main' }));
  const { migrations } = await collectMigrations(
    repository,
    change,
    'surroundings',
    configuredServers(settings),
  );
  return present(migrations).files;
}

const create =
  'CREATE TABLE `orders` (id bigint PRIMARY KEY, note varchar(100)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;';

test('a file that names no database is written for the one of its folder', async () => {
  const [file] = await collected(
    { 'migrations/001_orders.sql': create },
    { 'migrations/002_note.sql': 'ALTER TABLE orders DROP COLUMN note;' },
  );
  expect(file).toMatchObject({ dialect: 'mysql', operations: [{ lock: 'SHARED UPGRADABLE METADATA' }] });
});

test('a folder whose files name two databases decides nothing', async () => {
  const [file] = await collected(
    { 'migrations/001_orders.sql': create, 'migrations/002_b.sql': 'PRAGMA foreign_keys=OFF;' },
    { 'migrations/003_note.sql': 'ALTER TABLE orders DROP COLUMN note;' },
  );
  expect(file?.dialect).toBe('unknown');
});

test('the old definition of a column comes from the migrations of the folder', async () => {
  const change = async (type: string) => {
    const [file] = await collected(
      { 'db/mysql/migrations/001_orders.sql': create },
      { 'db/mysql/migrations/002_note.sql': `ALTER TABLE orders MODIFY note ${type};` },
    );
    return file?.operations.map(({ kind, rewrite }) => [kind, rewrite]);
  };
  expect(await change('varchar(200)')).toEqual([['change-type', false]]);
  expect(await change('text')).toEqual([['change-type', true]]);
});

test('the settings name the database and its version', async () => {
  const add = (settings: Settings) =>
    collected({}, { 'migrations/001_note.sql': 'ALTER TABLE orders ADD COLUMN note int;' }, settings);
  expect(await add({ mysql: '8.0' })).toMatchObject([{ dialect: 'mysql', operations: [{ rewrite: true }] }]);
  expect(await add({ mysql: '8.0.12' })).toMatchObject([
    { dialect: 'mysql', operations: [{ rewrite: false }] },
  ]);
  expect(await add({})).toMatchObject([{ dialect: 'unknown' }]);
});
