import { expect, test } from 'vitest';
import { unavailable } from '../../../src/core/part.ts';
import type { Review } from '../../../src/core/review-facts.ts';
import { inheritedLook } from '../../../src/review/measure/inherited-look.ts';
import { waitingForReview } from '../../../src/review/measure/waiting-for-review.ts';
import { another, at, author, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

const stackedOn = (reviews: readonly Review[], by = author) =>
  reviewFacts([], { stackedOn: { number: 6, state: 'open', author: by, reviews } });

test.each([
  [
    'a human reviewed the one below since this one was opened',
    stackedOn([review(reviewer, 'commented', '09:01')]),
    { number: 6 },
  ],
  ['they did so before it was opened', stackedOn([review(reviewer, 'approved', '08:59')]), undefined],
  ['a bot did', stackedOn([review(robot, 'approved', '09:01')]), undefined],
  ['its author did', stackedOn([review(author, 'commented', '09:01')]), undefined],
  ['the author of the one below did', stackedOn([review(another, 'commented', '09:01')], another), undefined],
  ['nobody did', stackedOn([]), undefined],
  ['it is on nobody’s branch', reviewFacts([]), undefined],
  ['that could not be read', reviewFacts([], { stackedOn: unavailable('no token') }), undefined],
])('a look is inherited where %s: %#', (_, facts, look) => {
  expect(inheritedLook(facts)).toEqual(look);
});

test.each([
  ['from the opening on', {}, 60],
  ['not while it is a draft', { convertedToDraftAt: [at('09:10')], readyForReviewAt: [at('09:40')] }, 30],
  ['not while it is one again', { convertedToDraftAt: [at('09:45')] }, 45],
])('a change waits %s: %#', (_, over, minutes) => {
  expect(waitingForReview(reviewFacts([], over), at('10:00'))).toBe(minutes);
});

test('a change that was reviewed waits no more, and none waits before it was opened', () => {
  expect(
    waitingForReview(reviewFacts([review(reviewer, 'commented', '09:30')]), at('10:00')),
  ).toBeUndefined();
  expect(waitingForReview(reviewFacts([review(robot, 'commented', '09:30')]), at('10:00'))).toBe(60);
  expect(waitingForReview(reviewFacts([]), at('08:00'))).toBe(0);
});
