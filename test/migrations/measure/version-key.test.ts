import { expect, test } from 'vitest';
import { isEarlier, isSameVersion } from '../../../src/migrations/measure/version-key.ts';

test.each([
  ['goose', '00012', '12', true],
  ['goose', '12', '13', false],
  ['flyway', '1.0', '1', true],
  ['flyway', '1.10', '1.1', false],
  ['flyway', '10', '1', false],
  ['diesel', '2026-05-01-120000_a', '20260501120000_b', true],
  ['prisma', '20260501120000_a', '20260501120000_b', false],
  ['sql', '', '', false],
])('%s: %s and %s are one version: %s', (framework, a, b, same) => {
  expect(isSameVersion(framework, a, b)).toBe(same);
});

test('versions are compared by value, and none comes before nothing', () => {
  expect(isEarlier('golang-migrate', '9', '10')).toBe(true);
  expect(isEarlier('golang-migrate', '10', '9')).toBe(false);
  expect(isEarlier('golang-migrate', '', '9')).toBe(false);
});
