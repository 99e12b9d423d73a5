import { expect, test } from 'vitest';
import { completeWeeks, isoWeekOf } from '../../src/core/iso-week.ts';

test.each([
  ['2026-11-22T23:59:59Z', '2026-W47'],
  ['2026-11-23T00:00:00Z', '2026-W48'],
  ['2026-01-01T00:00:00Z', '2026-W01'],
  ['2027-01-03T12:00:00Z', '2026-W53'],
  ['2024-12-30T00:00:00Z', '2025-W01'],
  ['2023-01-01T00:00:00Z', '2022-W52'],
  ['2026-11-23T00:30:00+02:00', '2026-W47'],
])('%s lies in %s', (time, label) => {
  expect(isoWeekOf(time).label).toBe(label);
});

test('a week runs from Monday to Monday', () => {
  expect(isoWeekOf('2026-11-18T12:00:00Z')).toEqual({
    label: '2026-W47',
    number: 47,
    start: '2026-11-16T00:00:00.000Z',
    end: '2026-11-23T00:00:00.000Z',
  });
});

test('the running week is not complete, whatever the day', () => {
  for (const now of ['2026-11-23T00:00:00Z', '2026-11-29T23:59:59Z']) {
    expect(completeWeeks(now, 3).map(({ label }) => label)).toEqual(['2026-W45', '2026-W46', '2026-W47']);
  }
});

test('a text that is no time is refused', () => {
  expect(() => isoWeekOf('yesterday')).toThrow(RangeError);
});
