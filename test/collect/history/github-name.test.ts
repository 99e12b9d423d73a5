import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gitHubPlace, parseRepositoryName } from '../../../src/collect/history/github-name.ts';

test.each([
  ['https://github.com/acme/shop.git', 'github.com', 'acme', 'shop'],
  ['https://github.com/acme/shop', 'github.com', 'acme', 'shop'],
  ['https://x-access-token:secret@github.com/acme/shop.js.git', 'github.com', 'acme', 'shop.js'],
  ['git@github.com:acme/shop.git', 'github.com', 'acme', 'shop'],
  ['ssh://git@GitHub.example.test:22/acme/shop.git', 'github.example.test', 'acme', 'shop'],
])('%s leads to a repository', (address, host, owner, name) => {
  expect(gitHubPlace(address)).toEqual({ host, owner, name });
});

test.each([
  '/srv/git/acme/shop.git',
  '../acme/shop',
  'file:///srv/acme/shop.git',
  'https://github.com/acme',
  'ext::sh -c x',
  '',
])('%j leads to none', (address) => {
  expect(gitHubPlace(address)).toBeUndefined();
});

test.each([
  ['acme/shop', { owner: 'acme', name: 'shop' }],
  ['acme/shop.js', { owner: 'acme', name: 'shop.js' }],
  ['acme', undefined],
  ['acme/..', undefined],
  ['acme/shop/pulls', undefined],
  ['acme/sh op', undefined],
])('%j typed as a name is %j', (text, expected) => {
  expect(parseRepositoryName(text)).toEqual(expected);
});

test('no address takes long or throws', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3000 }), (text) => {
      for (const address of [text, `git@h:${text}`, `https://h/${text}`]) gitHubPlace(address);
    }),
  );
});
