import { expect, test } from 'vitest';
import { compareVersions } from '../../../src/migrations/detect/compare-versions.ts';

test('numbers count by value, and the empty version comes last', () => {
  const versions = ['', '10', '9', '1.10', '1.2', '0010', '20240101120000', '2'];
  expect(versions.toSorted(compareVersions)).toEqual([
    '1.2',
    '1.10',
    '2',
    '9',
    '10',
    '0010',
    '20240101120000',
    '',
  ]);
});
