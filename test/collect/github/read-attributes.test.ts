import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openRepository } from '../../../src/collect/git/open-repository.ts';
import { readAttributes } from '../../../src/collect/github/read-attributes.ts';
import { createPeople } from '../../../src/collect/people.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { createGitRepository } from '../../support/git-repository.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

test('attributes are read from the base: a change cannot hide its own lines', async () => {
  const git = createGitRepository();
  cleanUps.push(git.remove);
  git.commit({
    '.gitattributes': 'api/*.ts linguist-generated\n',
    'api/client.ts': 'one\n',
    'web/.gitattributes': '*.css linguist-vendored\n',
    'web/app.css': 'a {}\n',
    'src/orders.ts': 'one\n',
  });
  git.branch('change', 'main');
  git.commit(
    {
      '.gitattributes': '* linguist-generated\n',
      'api/client.ts': 'two\n',
      'web/app.css': 'b {}\n',
      'src/orders.ts': 'two\n',
    },
    { branch: 'change' },
  );
  const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-attributes-'));
  cleanUps.push(() => rmSync(scratchFolder, { recursive: true, force: true }));
  const repository = await openRepository({
    checkout: git.folder,
    scratchFolder,
    people: createPeople('salt'),
    trustUserConfig: false,
  });
  if (isUnavailable(repository)) throw new Error(repository.unavailable);
  cleanUps.push(() => repository.close());
  const [base, head] = await Promise.all([repository.resolve('main'), repository.resolve('change')]);
  if (isUnavailable(base) || isUnavailable(head)) throw new Error('the branches are there');
  const change = await repository.readChange({ base, head, baseName: 'main' });
  if (isUnavailable(change)) throw new Error(change.unavailable);
  expect(await readAttributes(repository, change)).toEqual([
    { path: 'api/client.ts', is: 'generated' },
    { path: 'web/app.css', is: 'vendored' },
  ]);
});
