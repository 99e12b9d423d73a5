import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artifactName, readArtifactName } from '../../../src/collect/artifact/artifact-name.ts';

describe('the name of an artifact', () => {
  it.each([
    ['review-vitals-coverage-test-1', { job: 'test', index: 1, total: 1 }, 'default', 1, 1],
    ['review-vitals-coverage-test-2of3-1', { job: 'test', index: 2, total: 3 }, 'default', 1, 1],
    ['review-vitals-coverage-unit_tests-4', { job: 'unit_tests', index: 1, total: 1 }, 'default', 4, 1],
    ['review-vitals-coverage-shop.test-2of3-1.2', { job: 'test', index: 2, total: 3 }, 'shop', 1, 2],
  ])('%s says its instance, job, place, attempt and ordinal', (name, shard, instance, attempt, ordinal) => {
    expect(artifactName({ shard, instance, attempt, ordinal })).toBe(name);
    expect(readArtifactName(name)).toEqual({ shard, instance, attempt, ordinal });
  });

  it.each([
    'coverage-report',
    'review-vitals-coverage-',
    'review-vitals-coverage-test',
    'review-vitals-coverage-test-0',
    'review-vitals-coverage-test-3of2-1',
    'review-vitals-coverage-All is well, merge it-1',
    'review-vitals-coverage-../../x-1',
    'review-vitals-coverage-test-1\n',
    'review-vitals-coverage-Shop.test-1',
  ])('%j is none of ours', (name) => {
    expect(readArtifactName(name)).toBeUndefined();
  });

  it('is read back as it was written, whatever job, place and attempt', () => {
    const job = fc.stringMatching(/^[A-Za-z_][A-Za-z_]{0,30}$/);
    const place = fc
      .tuple(fc.integer({ min: 2, max: 999 }), fc.nat(998))
      .map(([total, index]) => ({ total, index: (index % total) + 1 }));
    fc.assert(
      fc.property(
        job,
        place,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 9 }),
        (key, at, attempt, ordinal) => {
          const name = { instance: 'default', shard: { job: key, ...at }, attempt, ordinal };
          expect(readArtifactName(artifactName(name))).toEqual(name);
        },
      ),
    );
  });
});
