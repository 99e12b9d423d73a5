import fc from 'fast-check';
import { describe, it } from 'vitest';
import { parserProperties } from './parsers.ts';

/** `npm run fuzz` tries the same properties with other seeds for as long as it is told. */
describe('whatever it is given', () => {
  it.each(parserProperties)('$name', async ({ input, holds }) => {
    await fc.assert(
      fc.asyncProperty(input, async (value) => (await holds(value as never)) !== false),
      {
        seed: 1,
        numRuns: 60,
      },
    );
  });
});
