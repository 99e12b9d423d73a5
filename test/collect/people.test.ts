import { expect, test } from 'vitest';
import { createPeople } from '../../src/collect/people.ts';

const people = createPeople('salt', ['Bors']);

test.each([
  [{ login: 'octocat', type: 'User' }, 'human'],
  [{ login: 'octocat' }, 'human'],
  [{ login: 'imported', type: 'Mannequin' }, 'human'],
  [{ email: 'someone@example.org' }, 'human'],
  [{ login: 'copilot-pull-request-reviewer', type: 'Bot' }, 'bot'],
  [{ login: 'renovate[bot]', type: 'User' }, 'bot'],
  [{ login: 'k8s-ci-robot', type: 'User' }, 'bot'],
  [{ login: 'facebook-github-bot', type: 'User' }, 'bot'],
  [{ login: 'bors', type: 'User' }, 'bot'],
  [{ email: '49699333+dependabot[bot]@users.noreply.github.com' }, 'bot'],
  [{ login: 'talbot', type: 'User' }, 'human'],
  [{ login: 'robot-lover', type: 'User' }, 'human'],
  [null, 'ghost'],
  [{}, 'ghost'],
] as const)('%j is a %s', (account, kind) => {
  expect(people(account).kind).toBe(kind);
});

test('one account has one key, however it is written', () => {
  const { key } = people({ login: 'octocat', type: 'User' });
  expect(people({ login: 'OctoCat' }).key).toBe(key);
  expect(people({ email: '583231+octocat@users.noreply.github.com' }).key).toBe(key);
  expect(people({ email: 'octocat@users.noreply.github.com' }).key).toBe(key);
  expect(people({ login: 'octocat', email: 'private@example.org' }).key).toBe(key);
});

test('an app has one key with and without its suffix, and another than the user of that name', () => {
  const app = people({ login: 'renovate', type: 'Bot' });
  expect(people({ login: 'renovate[bot]' }).key).toBe(app.key);
  expect(people({ login: 'renovate', type: 'User' }).key).not.toBe(app.key);
});

test('deleted accounts share one key', () => {
  expect(people(null)).toEqual(people(undefined));
});

test('a key says nothing without its salt', () => {
  const account = { login: 'octocat' };
  expect(people(account).key).not.toContain('octocat');
  expect(createPeople('another salt')(account).key).not.toBe(people(account).key);
});
