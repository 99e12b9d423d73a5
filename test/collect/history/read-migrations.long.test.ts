import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readMigrations } from '../../../src/collect/history/read-migrations.ts';
import { unavailable } from '../../../src/core/part.ts';
import { createGitRepository } from '../../support/git-repository.ts';
import { createCleanup, opened, present } from '../git/opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

test('changes whose files are missing are told in one sentence, whatever object each lacks', async () => {
  const repository = cleanup.add(createGitRepository(), (one) => one.remove());
  repository.commit({ 'README.md': 'shop\n' });
  const tables = ['orders', 'lines', 'people'];
  for (const [index, table] of tables.entries()) {
    const path = `db/migration/V${index + 1}__${table}.sql`;
    repository.commit({ [path]: `CREATE TABLE ${table} (id int);\n` });
  }
  for (const [index, table] of tables.slice(0, 2).entries()) {
    const blob = repository.git('rev-parse', `HEAD:db/migration/V${index + 1}__${table}.sql`).trim();
    rmSync(join(repository.gitDirectory, 'objects', blob.slice(0, 2), blob.slice(2)));
  }
  const git = await opened(cleanup, { checkout: repository.folder });
  const tip = present(await git.resolve('HEAD'));
  const commits = present(await git.branchCommits(tip, '2000-01-01T00:00:00Z'));
  const { entries, limits } = await readMigrations(
    { tip, completeSince: '2000-01-01T00:00:00Z', commits },
    git,
    {
      now: '2026-11-23T00:00:00Z',
      repository: { name: 'acme/shop' },
      judgeReason: () => 'missing',
      descriptions: unavailable('there is no token'),
    },
  );
  expect(entries.map(({ reason }) => reason)).toEqual(['not-judged', 'not-judged', 'missing']);
  expect(limits).toEqual([
    expect.stringMatching(
      /^the reason of 2 of 3 changes with migrations \(for one of them: .*[0-9a-f]{40}.*\)$/,
    ),
    'reasons written in pull request descriptions: there is no token; files, commit messages and decision records were read',
  ]);
});
