import { expect, test } from 'vitest';
import { completeWeeks } from '../../src/core/iso-week.ts';
import { unavailable } from '../../src/core/part.ts';
import { usefulness } from '../../src/health/measure/usefulness.ts';
import { usefulnessTable } from '../../src/render/weekly/usefulness-table.ts';
import { healthFacts, now } from './health-facts.ts';

const weeks = completeWeeks(now, 8);
const blocking = 'migrations/blocking-index';
const lines = 'coverage/changed-lines-not-run';
const record = (week: string, rule: string, shown: number, waived: number, noise: number) => ({
  week,
  baselines: [],
  suggested: [],
  usefulness: [{ rule, shown, waived, noise }],
});

test('the weeks are added up, and of several records for one week the newest counts', () => {
  const facts = healthFacts({
    over: {
      usefulness: [{ rule: blocking, shown: 2, waived: 1, noise: 0 }],
      records: [
        record('2026-W47', blocking, 100, 0, 0),
        record('2026-W46', blocking, 3, 0, 1),
        record('2026-W46', blocking, 50, 0, 0),
        record('2026-W40', blocking, 1, 0, 0),
        record('2026-W39', blocking, 70, 0, 0),
      ],
    },
  });
  expect(usefulness(facts, weeks)).toEqual([{ rule: blocking, shown: 6, waived: 1, noise: 1, share: 2 / 6 }]);
});

test('a rule spoken of four times has no share, one spoken of five times has', () => {
  const facts = healthFacts({
    over: {
      usefulness: [
        { rule: blocking, shown: 4, waived: 4, noise: 0 },
        { rule: lines, shown: 5, waived: 1, noise: 0 },
      ],
    },
  });
  const found = usefulness(facts, weeks);
  expect(found).toEqual([
    { rule: lines, shown: 5, waived: 1, noise: 0, share: 0.2 },
    { rule: blocking, shown: 4, waived: 4, noise: 0 },
  ]);
  expect(usefulnessTable('unavailable' in found ? [] : found)).toBe(
    [
      '| Rule | Findings in comments | Waived | Called noise | Not useful |',
      '|:--|--:|--:|--:|--:|',
      '| [`coverage/changed-lines-not-run`](https://github.com/review-vitals/review-vitals/blob/main/docs/rules/coverage/changed-lines-not-run.md) | 5 | 1 | 0 | 20 % |',
      '| [`migrations/blocking-index`](https://github.com/review-vitals/review-vitals/blob/main/docs/rules/migrations/blocking-index.md) | 4 | 4 | 0 | n < 5 |',
      '',
      'On pull requests that were merged or closed in the last eight weeks. Not useful: waived or called noise, out of all that comments spoke of.',
    ].join('\n'),
  );
});

test('what could not be read is not taken for nothing', () => {
  const facts = healthFacts({ over: { usefulness: unavailable('the token lacks pull-requests: read') } });
  expect(usefulness(facts, weeks)).toEqual({ unavailable: 'the token lacks pull-requests: read' });
});
