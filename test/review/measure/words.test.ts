import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from '../../../src/review/measure/words.ts';

test.each([
  ['', 0],
  ['LGTM', 1],
  ['👍 ✅', 0],
  ['Why is this here?\n\n- really', 5],
  ['> quoted words do not count\nagreed', 1],
  ['<!-- hidden words -->shown', 1],
  ['before <!-- never closed', 1],
  ['look:\n```ts\nconst a = 1;\n```\nthere', 2],
  ['see https://example.org/a/b?c=d', 2],
  ['für Größe', 2],
])('%j has %d words', (body, words) => {
  expect(wordsOf(body)).toBe(words);
});

test('no text makes counting slow or fail', () => {
  const started = performance.now();
  wordsOf('<!--'.repeat(100_000));
  wordsOf('a'.repeat(500_000));
  wordsOf('-'.repeat(60_000));
  expect(performance.now() - started).toBeLessThan(1000);
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => wordsOf(text) >= 0));
});
