import { expect, test } from 'vitest';
import { firstReviewedCommit, lateScopeGrowth } from '../../../src/review/measure/late-scope-growth.ts';
import { review, reviewer, reviewFacts, robot } from '../review-facts.ts';

test.each([
  [100, 100, 1],
  [100, 300, 3],
  [100, 50, 0.5],
  [100, 0, 0],
  [0, 300, undefined],
])('from %d to %d lines is %s', (before, now, growth) => {
  expect(lateScopeGrowth(before, now)).toBe(growth);
});

test('the first reviewed commit is that of the first human review of any state', () => {
  const facts = reviewFacts([
    review(robot, 'commented', '09:10', { commit: '1'.repeat(40) }),
    review(reviewer, 'commented', '09:20', { commit: '2'.repeat(40) }),
    review(reviewer, 'approved', '09:30', { commit: '3'.repeat(40) }),
  ]);
  expect(firstReviewedCommit(facts)).toBe('2'.repeat(40));
});

test('without a human review there is none', () => {
  expect(firstReviewedCommit(reviewFacts([review(robot, 'approved', '09:10')]))).toBeUndefined();
});
