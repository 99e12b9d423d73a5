import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeHealthRecord,
  encodeHealthRecord,
  type HealthRecord,
} from '../../../src/core/health-record.ts';

const full: HealthRecord = {
  week: '2026-W47',
  baselines: [
    { measure: 'lead-time', n: 214, quantiles: [0.4, 0.9, 7.25, 61.5, 120.125] },
    { measure: 'without-human-review', n: 24, quantiles: [0, 0.0333, 0.1, 0.2, 0.25] },
  ],
  suggested: [{ about: 'reverts', times: 2 }],
  uptake: { made: 3, takenUp: 1 },
  usefulness: [{ rule: 'migrations/blocking-index', shown: 12, waived: 1, noise: 2 }],
  run: '9876543210/2',
};

test('a record is a commit message with one line per thing', () => {
  expect(encodeHealthRecord(full)).toBe(`health 2026-W47

format: 1
baseline: lead-time 214 0.4 0.9 7.25 61.5 120.125
baseline: without-human-review 24 0 0.0333 0.1 0.2 0.25
suggested: reverts 2
uptake: 3 1
usefulness: migrations/blocking-index 12 1 2
run: 9876543210/2
`);
});

test('what was written is read back', () => {
  expect(decodeHealthRecord(encodeHealthRecord(full))).toEqual(full);
});

test.each([
  ['an unknown measure', 'baseline: happiness 10 1 2 3 4 5'],
  ['a name every object has', 'baseline: constructor 10 1 2 3 4 5'],
  ['quantiles that fall', 'baseline: reverts 10 5 4 3 2 1'],
  ['four quantiles', 'baseline: reverts 10 1 2 3 4'],
  ['a number in another notation', 'baseline: reverts 10 1e3 2e3 3e3 4e3 5e3'],
  ['more taken up than made', 'uptake: 1 2'],
  ['more waived than shown', 'usefulness: a/b 1 2'],
  ['a suggestion made a thousand times', 'suggested: reverts 1000'],
  ['a run that is no number', 'run: <script>'],
])('%s is left out', (_, line) => {
  expect(decodeHealthRecord(`health 2026-W47\n\nformat: 1\n${line}\n`)).toEqual({
    week: '2026-W47',
    baselines: [],
    suggested: [],
    usefulness: [],
  });
});

test('of two lines about one measure the first counts', () => {
  const message = 'health 2026-W47\n\nformat: 1\nsuggested: reverts 1\nsuggested: reverts 2\n';
  expect(decodeHealthRecord(message)?.suggested).toEqual([{ about: 'reverts', times: 1 }]);
});

test('no message makes the reader throw, and what it reads can be written and read again', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'format: 1',
      'health 2026-W01',
      'uptake: 3 1',
      'baseline: reverts 8 0 0 1 2.5 3',
      'run: 1/1',
    ),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const record = decodeHealthRecord(`health 2026-W01\nformat: 1\n${lines.join('\n')}`);
      if (record) expect(decodeHealthRecord(encodeHealthRecord(record))).toEqual(record);
    }),
  );
});
