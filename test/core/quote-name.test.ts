import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from '../../src/core/cut-text.ts';
import { quoteName } from '../../src/core/quote-name.ts';

test('a long name is cut between characters: half of one is refused by whoever reads the comment', () => {
  expect(quoteName(`${'x'.repeat(118)}🚀${'x'.repeat(9)}`)).toBe(`\`${'x'.repeat(118)}…\``);
  expect(quoteName(`${'x'.repeat(117)}🚀${'x'.repeat(9)}`)).toBe(`\`${'x'.repeat(117)}🚀…\``);
  expect(quoteName('x'.repeat(120))).toBe(`\`${'x'.repeat(120)}\``);
});

test('what is cut is well-formed where the text was, and never longer than asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
      const cut = cutText(text, most, '…');
      expect(cut).not.toMatch(/\p{Cs}/u);
      expect(cut.length).toBeLessThanOrEqual(Math.max(most, 1));
    }),
  );
});
