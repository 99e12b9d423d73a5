import { expect, test } from 'vitest';
import { unavailable } from '../../../src/core/part.ts';
import type { ReviewFacts } from '../../../src/core/review-facts.ts';
import { reviewOverdue as rule } from '../../../src/review/rules/review-overdue.ts';
import { person, pullRequest } from '../../support/facts.ts';
import { at, author, review, reviewer, reviewFacts, robot } from '../review-facts.ts';
import { outcomeOf, verdictOf, wordsOf } from '../rule-outcome.ts';
import { usualBaseline } from '../usual-baseline.ts';

const twoDaysLater = '2026-03-04T12:00:00Z';
const open = (over: Partial<ReviewFacts> = {}) => reviewFacts([], { baseline: usualBaseline(), ...over });

test('two days without a human review', () => {
  const facts = reviewFacts([review(robot, 'commented', '09:03')], {
    baseline: usualBaseline(),
    queue: { waiting: 5, open: 17, byTeam: [], isCut: false },
  });
  expect(wordsOf(outcomeOf(rule, facts, { now: twoDaysLater }))).toEqual([
    'Waiting for 2 days without a human review; nine in ten of 180 pull requests merged here got their first within 29 hours.',
    '5 of the other 17 open pull requests wait for a first review too.',
    'Nobody is asked for a review: which team knows these paths?',
  ]);
});

test('who is asked is counted, and the queue is a lower bound where it was cut', () => {
  const facts = open({
    requests: [{ at: at('09:01'), kind: 'requested', of: { team: 'T' } }],
    queue: { waiting: 40, open: 49, byTeam: [], isCut: true },
  });
  expect(wordsOf(outcomeOf(rule, facts, { now: twoDaysLater })).slice(1)).toEqual([
    'At least 40 other open pull requests wait for a first review too.',
    '1 review is asked for: could another team take it?',
  ]);
});

test.each([
  [0, 0, false, 'No other pull request is ready for review.'],
  [0, 0, true, 'The longer it waits, the more its base moves on.'],
  [0, 1, false, 'The other open pull request has been reviewed.'],
  [1, 1, false, 'The other open pull request waits for a first review too.'],
  [0, 2, false, 'The other 2 open pull requests have been reviewed.'],
  [0, 49, true, 'The 49 open pull requests updated last have been reviewed.'],
  [1, 49, true, 'At least 1 other open pull request waits for a first review too.'],
  [1, 2, false, '1 of the other 2 open pull requests waits for a first review too.'],
])('%i of %i others waiting, cut %s: %s', (waiting, others, isCut, sentence) => {
  const facts = open({ queue: { waiting, open: others, byTeam: [], isCut } });
  expect(wordsOf(outcomeOf(rule, facts, { now: twoDaysLater }))[1]).toBe(sentence);
});

test.each([
  // Nine in ten get their first review within 1,740 minutes.
  ['2026-03-03T14:00:00Z', 'pass'],
  ['2026-03-03T14:01:00Z', 'finding'],
])('at %s: %s', (now, verdict) => {
  expect(verdictOf(rule, open(), { now })).toBe(verdict);
});

test.each([
  ['2026-03-03T08:59:00Z', 'pass'],
  ['2026-03-03T09:00:00Z', 'finding'],
])('where reviews come within minutes, at %s: %s', (now, verdict) => {
  const baseline = usualBaseline({ firstReview: { n: 180, at: [1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7] } });
  expect(verdictOf(rule, open({ baseline }), { now })).toBe(verdict);
});

test.each([
  [
    'a human reviewed',
    reviewFacts([review(reviewer, 'commented', '09:30')], { baseline: usualBaseline() }),
    'pass',
  ],
  [
    'only the author did',
    reviewFacts([review(author, 'commented', '09:30')], { baseline: usualBaseline() }),
    'finding',
  ],
  [
    'nearly all of it was a draft',
    open({ convertedToDraftAt: [at('09:10')], readyForReviewAt: ['2026-03-04T11:00:00Z'] }),
    'pass',
  ],
  ['too few to compare with', open({ baseline: usualBaseline({ n: 30 }) }), 'not-applicable'],
  [
    'nobody reviews here',
    open({ baseline: usualBaseline({ firstReview: { n: 0, at: [] } }) }),
    'not-applicable',
  ],
  ['no baseline', open({ baseline: unavailable('no token was given') }), 'not-available'],
])('%s: %#', (_, facts, verdict) => {
  expect(verdictOf(rule, facts, { now: twoDaysLater })).toBe(verdict);
});

test.each([[{ author: person('x', 'bot') }], [{ state: 'merged' as const }], [{ isDraft: true }]])(
  '%j does not wait',
  (over) => {
    expect(verdictOf(rule, open(), { now: twoDaysLater, pullRequest: pullRequest(over) })).toBe(
      'not-applicable',
    );
  },
);
