import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOwnerTeams } from '../../../src/review/measure/code-owners.ts';

const of = (text: string, path: string) => codeOwnerTeams(text, [path]).get(path);

test.each([
  ['* @acme/all', 'src/deep/a.ts', ['@acme/all']],
  ['*.js @acme/web', 'src/a.js', ['@acme/web']],
  ['*.js @acme/web', 'src/a.ts', []],
  ['/build/logs/ @acme/ops', 'build/logs/x.txt', ['@acme/ops']],
  ['/build/logs/ @acme/ops', 'deep/build/logs/x.txt', []],
  ['docs/* @acme/docs', 'docs/a.md', ['@acme/docs']],
  ['docs/* @acme/docs', 'docs/deep/a.md', []],
  ['apps/ @acme/apps', 'x/apps/deep/a.ts', ['@acme/apps']],
  ['/docs @acme/docs', 'docs/deep/a.md', ['@acme/docs']],
  ['**/logs @acme/ops', 'a/b/logs/c/x.txt', ['@acme/ops']],
  ['/apps/ @acme/apps\n/apps/github', 'apps/github/a.ts', []],
  ['* @acme/all\n*.go @acme/go @acme/core', 'a.go', ['@acme/go', '@acme/core']],
  ['* @acme/all # the rest', 'a.go', ['@acme/all']],
  ['# * @acme/all', 'a.go', []],
  ['my\\ file.txt @acme/all', 'my file.txt', ['@acme/all']],
  ['!a.go @acme/all', 'a.go', []],
  ['', 'a.go', []],
])('%j gives %s to %j', (text, path, teams) => {
  expect(of(text, path)).toEqual(teams);
});

test('people and addresses are dropped, and take owners away like nobody does', () => {
  expect(of('* @acme/all\n*.go @octocat octocat@example.org', 'a.go')).toEqual([]);
  expect(of('*.go @octocat @acme/go', 'a.go')).toEqual(['@acme/go']);
});

test('whatever the text, only teams come out', () => {
  const word = fc.constantFrom(
    '*',
    '/a',
    'a/',
    '@acme/go',
    '@octocat',
    'o@example.org',
    '#',
    '\n',
    ' ',
    '\\',
    '**',
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
      (text) => {
        for (const team of of(text, 'a/b.go') ?? []) expect(team).toBe('@acme/go');
      },
    ),
  );
});
