import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { thousands } from '../../src/core/quantity-text.ts';
import { counted, duration, durationAtMost, percent } from '../../src/review/wording.ts';

test.each([
  [0, 'less than a minute'],
  [0.99, 'less than a minute'],
  [1, '1 minute'],
  [1.99, '1 minute'],
  [119.9, '119 minutes'],
  [120, '2 hours'],
  [2879, '47 hours'],
  [2880, '2 days'],
  [10_000, '6 days'],
])('%d minutes are "%s"', (minutes, words) => {
  expect(duration(minutes)).toBe(words);
});

test.each([
  [0.5, 'a minute'],
  [1, 'a minute'],
  [1.01, '2 minutes'],
  [118.2, '119 minutes'],
  [120, '2 hours'],
  [121, '3 hours'],
  [1740, '29 hours'],
  [2880, '2 days'],
  [4294, '3 days'],
])('what takes at most %d minutes is done within "%s"', (minutes, words) => {
  expect(durationAtMost(minutes)).toBe(words);
});

test.each([
  [0, '0 %'],
  [0.001, 'under 1 %'],
  [0.01, '1 %'],
  [0.0199, '1 %'],
  [0.999, '99 %'],
  [1, '100 %'],
])('the share %d is "%s": cut off, never rounded up', (share, words) => {
  expect(percent(share)).toBe(words);
});

test('numbers are grouped, and their noun agrees', () => {
  expect([0, 999, 1000, 1_234_567].map(thousands)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([counted(1, 'line'), counted(2310, 'line'), counted(0, 'line')]).toEqual([
    '1 line',
    '2,310 lines',
    '0 lines',
  ]);
});

const cases = fileURLToPath(new URL('../cases/review', import.meta.url));
const spoken = readdirSync(cases, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('expected.md'))
  .map((path) => [path, readFileSync(join(cases, path), 'utf8')] as const)
  .filter(([, text]) => text.startsWith('## '));

describe.each(spoken)('%s', (_, text) => {
  const words = text
    .replace(/^## .*$/gm, '')
    .replace(/`[^`]*`/g, 'name')
    .trim();

  test('has at most 80 words and one question', () => {
    expect(words.split(/\s+/).length).toBeLessThanOrEqual(80);
    expect(words.split('?').length - 1).toBe(1);
  });

  test('speaks of the change, not to or of anybody', () => {
    expect(words).not.toMatch(/\b(?:you|your|he|she|his|her|please|simply|just|should|violation|must)\b|!/i);
  });
});
