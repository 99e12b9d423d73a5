import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRevert, readMergeMessage } from '../../../src/collect/history/merge-message.ts';

test.each([
  ['Revert "Add prices"', true],
  ['Revert "Add prices" (#14)', true],
  ['Merge pull request #14 from acme/revert-12-prices\n\nRevert "Add prices"', true],
  ['Merge pull request #14 from acme/revert-12-prices', true],
  ['Merge pull request #14 from acme/revert-12-prices\n\nTake the prices back', true],
  ['Merge pull request #14 from acme/revert-12-prices\n\nRevert "Revert "Add prices""', false],
  ['Merge pull request #14 from ada/back-to-old-prices\n\nRevert "Add prices"', true],
  ['Merge pull request #14 from ada/prices\n\nAdd prices\n\nRevert "x" is not needed', false],
  ['Merge branch \'prices\' into main\n\n# Conflicts:\n#\ta.txt\n\nRevert "Add prices"', true],
  ['Merge "Revert "Add prices""', true],
  ['Merge "Revert "Add prices"" into stable/2026.1', true],
  ['Auto merge of #14 - ada:prices, r=mira\n\nRevert "Add prices"', true],
  ['Revert "Revert "Add prices""', false],
  ['Reapply "Add prices"', false],
  ['Revert to the old prices', false],
  ['Explain Revert "x"', false],
])('%j takes a change back: %s', (message, takesBack) => {
  expect(isRevert(readMergeMessage(message))).toBe(takesBack);
});

test.each([
  ['Add prices (#14)', 14],
  ['Merge pull request #15 from acme/prices\n\nAdd prices (#3)', 15],
  ['Auto merge of #16 - ada:prices, r=mira\n\nAdd prices', 16],
  ['Merge #17', 17],
  ['Fix #16 at last', undefined],
  ['Merge branch prices (#99999999999)', undefined],
])('%j names pull request %s', (message, number) => {
  expect(readMergeMessage(message).pullRequest).toBe(number);
});

const pieces = fc.constantFrom(
  ...['Merge "', 'Merge pull request #1 from a/b-c', "Merge branch 'd_e'", 'Auto merge of #2', 'Revert "'],
  ...['"', '\n', ' into ', '# Conflicts:', ' (#3)', 'x', ' '],
);

test('any text has a title, which is a part of it or its branch', () => {
  fc.assert(
    fc.property(
      fc.array(pieces).map((all) => all.join('')),
      (message) => {
        const { title, branch } = readMergeMessage(message);
        expect(message.includes(title) || branch !== '').toBe(true);
      },
    ),
  );
});
