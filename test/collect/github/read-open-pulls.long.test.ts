import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { readMigrationsElsewhere } from '../../../src/collect/github/read-open-pulls.ts';
import { type GitHub, startGitHub } from '../../github/start-github.ts';

let github: GitHub | undefined;
afterEach(() => github?.stop());

function adding(number: number, path: string, base = 'main') {
  return {
    number,
    title: `Add ${path}`,
    author: 'ada',
    head: `change-${number}`,
    base,
    commits: [{ commit: `Add ${path}`, by: 'ada', files: { [path]: 'CREATE TABLE t (a int);\n' } }],
  };
}

test('GitHub’s own lists of files are read', async () => {
  github = await startGitHub({
    now: '2026-11-16T09:00:00Z',
    repositories: [
      {
        name: 'acme/shop',
        git: [
          { commit: 'Begin', by: 'ada', files: { 'db/V1__a.sql': 'CREATE TABLE a (b int);\n' } },
          { branch: 'release', from: 'main' },
        ],
        pullRequests: [
          adding(5, 'db/V2__b.sql'),
          { ...adding(6, 'db/V2__closed.sql'), events: [{ type: 'closed' as const }] },
          adding(7, 'db/V2__own.sql'),
          adding(8, 'db/V1__a.sql'),
          adding(9, 'db/V2__other-branch.sql', 'release'),
        ],
      },
    ],
  });
  const token = await github.token({ contents: 'read', pull_requests: 'read' });
  const client = createClient({
    token,
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    secondLasts: 1,
  });
  const question = { owner: 'acme', name: 'shop', number: 7, baseName: 'main' };
  expect(await readMigrationsElsewhere(client, question, ['db'])).toEqual([
    { path: 'db/V2__b.sql', pullRequest: 5, isQueued: false },
  ]);
  expect(await github.violations()).toEqual([]);
});
