import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeRuns } from '../../../src/coverage/measure/merge-runs.ts';
import { runsArbitrary, runsOf, statusesOf } from '../runs-arbitrary.ts';

it('a line keeps the best status any shard gives it', () => {
  fc.assert(
    fc.property(runsArbitrary, runsArbitrary, (a, b) => {
      const [one, other] = [statusesOf(a), statusesOf(b)];
      const best = Array.from({ length: Math.max(one.length, other.length) }, (_, line) =>
        (['hit', 'partial', 'miss'] as const).find(
          (status) => one[line] === status || other[line] === status,
        ),
      );
      expect(mergeRuns(a, b)).toEqual(runsOf(best));
    }),
  );
});

it('merging is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(runsArbitrary, runsArbitrary, runsArbitrary, (a, b, c) => {
      expect(mergeRuns(a, b)).toEqual(mergeRuns(b, a));
      expect(mergeRuns(mergeRuns(a, b), c)).toEqual(mergeRuns(a, mergeRuns(b, c)));
      expect(mergeRuns(a, a)).toEqual(a);
    }),
  );
});
