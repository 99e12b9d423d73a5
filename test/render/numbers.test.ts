import fc from 'fast-check';
import { expect, it } from 'vitest';
import { count, counted } from '../../src/render/numbers.ts';

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [-1204, '-1,204'],
  [1234567, '1,234,567'],
  [1234.5678, '1,234.568'],
])('%d is written %s', (value, text) => {
  expect(count(value)).toBe(text);
});

it('whole numbers are written as Intl writes them in English', () => {
  const intl = new Intl.NumberFormat('en');
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
      expect(count(value)).toBe(intl.format(value));
    }),
  );
});

it('only exactly one is singular', () => {
  expect([0, 1, 2, 1.5].map((value) => counted(value, 'entry', 'entries'))).toEqual([
    '0 entries',
    '1 entry',
    '2 entries',
    '1.5 entries',
  ]);
});
