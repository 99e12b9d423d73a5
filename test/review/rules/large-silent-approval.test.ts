import { expect, test } from 'vitest';
import { unavailable } from '../../../src/core/part.ts';
import type { Review, ReviewFacts } from '../../../src/core/review-facts.ts';
import { largeSilentApproval as rule } from '../../../src/review/rules/large-silent-approval.ts';
import { pullRequest } from '../../support/facts.ts';
import { author, review, reviewer, reviewFacts, robot } from '../review-facts.ts';
import { changeOf, outcomeOf, verdictOf, wordsOf } from '../rule-outcome.ts';
import { usualBaseline } from '../usual-baseline.ts';

const change = changeOf({ 'src/orders.ts': 850 });
const approved = (over: Partial<Review> = {}, parts: Partial<ReviewFacts> = {}, time = '09:41') =>
  reviewFacts([review(reviewer, 'approved', time, over)], { baseline: usualBaseline(), ...parts });

test('a change larger than nearly all, approved quickly with one word', () => {
  expect(wordsOf(outcomeOf(rule, approved({ words: 1 }), { change }))).toEqual([
    '850 lines were approved after 41 minutes with 1 word and no remark at a line; about 95 % of 200 changes merged here are smaller.',
    'Half of the changes here have at most 60 lines, and half of those of this size were open for 7 hours or longer.',
    'Which part of it was looked at most closely?',
  ]);
});

test.each([
  ['14 words', approved({ words: 14 }), 'finding'],
  ['15 words', approved({ words: 15 }), 'pass'],
  ['a remark at a line', approved({ inlineComments: 1 }), 'pass'],
  ['a window as long as half of such changes have', approved({}, {}, '16:00'), 'finding'],
  ['a longer one', approved({}, {}, '16:01'), 'pass'],
  [
    'approval by a bot alone',
    reviewFacts([review(robot, 'approved', '09:41')], { baseline: usualBaseline() }),
    'not-applicable',
  ],
  [
    'the author’s own words',
    reviewFacts(
      [review(author, 'commented', '09:30', { words: 99 }), review(reviewer, 'approved', '09:41')],
      { baseline: usualBaseline() },
    ),
    'finding',
  ],
  ['too few to compare with', approved({}, { baseline: usualBaseline({ n: 59 }) }), 'not-applicable'],
  ['no baseline', approved({}, { baseline: unavailable('no token was given') }), 'not-available'],
])('%s: %#', (_, facts, verdict) => {
  expect(verdictOf(rule, facts, { change })).toBe(verdict);
});

test.each([
  [419, 'pass'],
  [420, 'finding'],
])('a change of %i lines, where one in ten has 420 or more: %s', (lines, verdict) => {
  const baseline = usualBaseline({
    bands: usualBaseline().bands.map((band) => ({ ...band, lines: band.lines === 256 ? 400 : band.lines })),
  });
  expect(verdictOf(rule, approved({}, { baseline }), { change: changeOf({ 'a.ts': lines }) })).toBe(verdict);
});

test('without git GitHub’s own count of lines is used, and without either nothing is said', () => {
  const missing = { change: unavailable('no git') };
  expect(verdictOf(rule, approved({}, { size: { lines: 850, files: 2 } }), missing)).toBe('finding');
  expect(outcomeOf(rule, approved(), missing)).toEqual({
    kind: 'not-available',
    reason: 'the size of the change is not known',
  });
});

test('a release is not compared', () => {
  expect(verdictOf(rule, approved(), { change, pullRequest: pullRequest({ title: 'Release 2.0' }) })).toBe(
    'not-applicable',
  );
});
