import { expect, test } from 'vitest';
import type { Machine, ReviewFacts } from '../../../src/core/review-facts.ts';
import { approvedWithoutHuman as rule } from '../../../src/review/rules/approved-without-human.ts';
import { person, pullRequest } from '../../support/facts.ts';
import { at, author, ghost, review, reviewer, reviewFacts, robot } from '../review-facts.ts';
import { changeOf, outcomeOf, verdictOf, wordsOf } from '../rule-outcome.ts';
import { usualBaseline } from '../usual-baseline.ts';

const change = changeOf({ 'src/orders.ts': 85 });
const byMachine = (machine: Machine, over: Partial<ReviewFacts> = {}) =>
  reviewFacts([review(robot, 'approved', '09:02', { machine })], over);

test('an AI reviewer’s approval alone', () => {
  expect(wordsOf(outcomeOf(rule, byMachine('ai', { baseline: usualBaseline() }), { change }))).toEqual([
    '1 approval, by an AI reviewer, for 85 lines; no human other than its authors has reviewed the change.',
    'Of 200 pull requests merged here 1 % had machine approvals alone.',
    'Which team or person could take a look before the merge?',
  ]);
});

test('approvals of several machines, without a history to compare with, on a merged pull request', () => {
  const other = person('other', 'bot');
  const facts = reviewFacts(
    [
      review(robot, 'approved', '09:02', { machine: 'app' }),
      review(other, 'approved', '09:03', { machine: 'ai' }),
    ],
    { mergedAt: at('10:00'), mergedBy: author },
  );
  expect(wordsOf(outcomeOf(rule, facts, { change, pullRequest: pullRequest({ state: 'merged' }) }))).toEqual([
    '2 approvals, all by bots and AI reviewers, for 85 lines; no human other than its authors has reviewed the change.',
    'Merge rules that count approvals count these like those of people.',
    'Is that how changes like this one are meant to be merged here?',
  ]);
});

test.each([
  ['nobody has approved', reviewFacts([]), 'not-applicable'],
  [
    'a human approved too',
    reviewFacts([review(robot, 'approved', '09:02'), review(reviewer, 'approved', '09:09')]),
    'pass',
  ],
  [
    'a human commented',
    reviewFacts([review(robot, 'approved', '09:02'), review(reviewer, 'commented', '09:09')]),
    'pass',
  ],
  [
    'the author commented',
    reviewFacts([review(robot, 'approved', '09:02'), review(author, 'commented', '09:09')]),
    'finding',
  ],
  [
    'a deleted account commented',
    reviewFacts([review(robot, 'approved', '09:02'), review(ghost, 'commented', '09:09')]),
    'finding',
  ],
  [
    'a person is asked',
    byMachine('app', { requests: [{ at: at('09:01'), kind: 'requested', of: { person: reviewer } }] }),
    'pass',
  ],
  [
    'a team is asked',
    byMachine('app', { requests: [{ at: at('09:01'), kind: 'requested', of: { team: 'T' } }] }),
    'pass',
  ],
  [
    'a bot is asked',
    byMachine('app', { requests: [{ at: at('09:01'), kind: 'requested', of: { person: robot } }] }),
    'finding',
  ],
  [
    'the request was taken back',
    byMachine('app', {
      requests: [
        { at: at('09:01'), kind: 'requested', of: { team: 'T' } },
        { at: at('09:02'), kind: 'removed', of: { team: 'T' } },
      ],
    }),
    'finding',
  ],
  [
    'a fifth of all are merged so',
    byMachine('ai', {
      baseline: usualBaseline({ approvals: { human: 160, botOnly: 40, mergerOnly: 0, none: 0 } }),
    }),
    'pass',
  ],
  [
    'fewer are',
    byMachine('ai', {
      baseline: usualBaseline({ approvals: { human: 160, botOnly: 39, mergerOnly: 0, none: 0 } }),
    }),
    'finding',
  ],
  [
    'a fifth of too few are',
    byMachine('ai', {
      baseline: usualBaseline({ n: 99, approvals: { human: 0, botOnly: 90, mergerOnly: 0, none: 0 } }),
    }),
    'finding',
  ],
])('%s: %#', (_, facts, verdict) => {
  expect(verdictOf(rule, facts, { change })).toBe(verdict);
});

test.each([
  [9, 'pass'],
  [10, 'finding'],
])('%i lines: %s', (lines, verdict) => {
  expect(verdictOf(rule, byMachine('ai'), { change: changeOf({ 'a.ts': lines }) })).toBe(verdict);
});

test.each([[{ author: person('x', 'bot') }], [{ isDraft: true }], [{ state: 'closed' as const }]])(
  '%j is not judged',
  (over) => {
    expect(verdictOf(rule, byMachine('ai'), { change, pullRequest: pullRequest(over) })).toBe(
      'not-applicable',
    );
  },
);

test('a title that calls it a release excuses no missing human', () => {
  expect(
    verdictOf(rule, byMachine('ai'), { change, pullRequest: pullRequest({ title: 'Release 2.0' }) }),
  ).toBe('finding');
});

test.each([
  [[], 'nobody has approved'],
  [
    [review(ghost, 'approved', '09:30')],
    'no approval by a bot or by a human who wrote none of the change stands',
  ],
  [
    [review(author, 'approved', '09:30')],
    'no approval by a bot or by a human who wrote none of the change stands',
  ],
] as const)('an approval that does not count is not called none: %#', (reviews, reason) => {
  expect(outcomeOf(rule, reviewFacts(reviews), { change })).toEqual({ kind: 'not-applicable', reason });
});
