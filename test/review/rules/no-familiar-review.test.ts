import { expect, test } from 'vitest';
import { unavailable } from '../../../src/core/part.ts';
import type { PersonKey } from '../../../src/core/people.ts';
import type { FileKnowledge, ReviewFacts } from '../../../src/core/review-facts.ts';
import { noFamiliarReview as rule } from '../../../src/review/rules/no-familiar-review.ts';
import { person, pullRequest } from '../../support/facts.ts';
import { review, reviewer, reviewFacts, robot } from '../review-facts.ts';
import { changeOf, outcomeOf, verdictOf, wordsOf } from '../rule-outcome.ts';

const change = changeOf({ 'src/api/orders.ts': 180, 'src/web/refund.tsx': 20 });
const file = (path: string, known: readonly string[], teams: readonly string[] = []): FileKnowledge => ({
  path,
  known: known as readonly PersonKey[],
  teams,
});
const reviewed = (files: readonly FileKnowledge[], over: Partial<ReviewFacts> = {}) =>
  reviewFacts([review(reviewer, 'approved', '10:00')], {
    familiarity: { since: '2025-03-02T00:00:00Z', files },
    ...over,
  });

test('nobody who reviewed knows the files, and the owners are named', () => {
  const files = [
    file('src/api/orders.ts', ['another'], ['@acme/orders']),
    file('src/web/refund.tsx', ['third'], ['@acme/web']),
  ];
  expect(wordsOf(outcomeOf(rule, reviewed(files), { change }))).toEqual([
    'None of 200 changed lines lies in a file that those who reviewed have worked on since 2025-03; files without a history are left out.',
    '`@acme/orders` and `@acme/web` own most of them; the largest part is `src/api/orders.ts`.',
    'Is a further look from there worth the wait?',
  ]);
});

test('without owners the folders that others know are named', () => {
  const files = [file('src/api/orders.ts', ['another'])];
  expect(wordsOf(outcomeOf(rule, reviewed(files), { change }))[1]).toBe(
    'Others have worked in `src/api`; the largest part is `src/api/orders.ts`.',
  );
});

test.each([
  // 20 of 200 lines are a tenth.
  [
    'a tenth is known',
    [file('src/api/orders.ts', ['another']), file('src/web/refund.tsx', ['reviewer'])],
    'pass',
  ],
  [
    'nothing is known',
    [file('src/api/orders.ts', ['another']), file('src/web/refund.tsx', ['another'])],
    'finding',
  ],
  ['only the author knows them', [file('src/api/orders.ts', ['author'])], 'not-applicable'],
  ['all files are new', [file('src/api/orders.ts', [])], 'not-applicable'],
  ['20 lines have a history', [file('src/web/refund.tsx', ['another'])], 'pass'],
])('%s: %#', (_, files, verdict) => {
  expect(verdictOf(rule, reviewed(files), { change })).toBe(verdict);
});

test.each([
  [49, 'pass'],
  [50, 'finding'],
])('%i lines with a history: %s', (lines, verdict) => {
  expect(
    verdictOf(rule, reviewed([file('a.ts', ['another'])]), { change: changeOf({ 'a.ts': lines }) }),
  ).toBe(verdict);
});

test.each([
  ['nobody has approved', reviewFacts([]), 'not-applicable'],
  ['a bot has', reviewFacts([review(robot, 'approved', '10:00')]), 'not-applicable'],
  ['history was not read', reviewFacts([review(reviewer, 'approved', '10:00')]), 'not-available'],
  [
    'history was not to be had',
    reviewed([], { familiarity: unavailable('a shallow clone') }),
    'not-available',
  ],
])('%s: %#', (_, facts, verdict) => {
  expect(verdictOf(rule, facts, { change })).toBe(verdict);
});

test('a bot’s pull request is not judged', () => {
  const parts = { change, pullRequest: pullRequest({ author: person('x', 'bot') }) };
  expect(verdictOf(rule, reviewed([file('src/api/orders.ts', ['another'])]), parts)).toBe('not-applicable');
});
