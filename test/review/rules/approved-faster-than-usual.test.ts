import { describe, expect, test } from 'vitest';
import { unavailable } from '../../../src/core/part.ts';
import type { ReviewFacts } from '../../../src/core/review-facts.ts';
import { approvedFasterThanUsual as rule } from '../../../src/review/rules/approved-faster-than-usual.ts';
import { person, pullRequest } from '../../support/facts.ts';
import { at, review, reviewer, reviewFacts, robot } from '../review-facts.ts';
import { changeOf, outcomeOf, verdictOf, wordsOf } from '../rule-outcome.ts';
import { usualBaseline } from '../usual-baseline.ts';

const change = changeOf({ 'src/auth/session.ts': 200, 'src/orders.ts': 60 });
const approvedAt = (time: string, over: Partial<ReviewFacts> = {}) =>
  reviewFacts([review(reviewer, 'approved', time)], { baseline: usualBaseline(), ...over });

test('two minutes for 260 lines, where half of such changes are open for hours', () => {
  expect(wordsOf(outcomeOf(rule, approvedAt('09:02'), { change }))).toEqual([
    'This change of 260 lines was open for 2 minutes before its human approval; half of 58 changes of similar size here were open for 4 hours or longer.',
    'It touches access control (`src/auth/session.ts`), and no remark stands at its lines.',
    'Would a second look at that path before the merge do?',
  ]);
});

test('on a merged pull request it asks about a look afterwards', () => {
  const words = wordsOf(
    outcomeOf(rule, approvedAt('09:02', { mergedAt: at('12:00') }), {
      change,
      pullRequest: pullRequest({ state: 'merged' }),
    }),
  );
  expect(words[2]).toBe('Is a look at that path after the merge worth its time?');
});

describe('both sides of each threshold', () => {
  test.each([
    ['09:06', 'finding'],
    ['09:06:01', 'pass'],
  ])('approved at %s, where one in twenty is open for six minutes: %s', (time, verdict) => {
    expect(verdictOf(rule, approvedAt(time), { change })).toBe(verdict);
  });

  test.each([
    [49, 'pass'],
    [129, 'finding'],
  ])('a change of %i lines: %s', (lines, verdict) => {
    expect(verdictOf(rule, approvedAt('09:01'), { change: changeOf({ 'src/auth/a.ts': lines }) })).toBe(
      verdict,
    );
  });

  test.each([
    [59, 'not-applicable'],
    [60, 'finding'],
  ])('with %i merged pull requests to compare with: %s', (n, verdict) => {
    expect(verdictOf(rule, approvedAt('09:02', { baseline: usualBaseline({ n }) }), { change })).toBe(
      verdict,
    );
  });

  test('with fewer than 100 only half as many are called unusually fast', () => {
    const few = { baseline: usualBaseline({ n: 99 }) };
    expect(verdictOf(rule, approvedAt('09:05', few), { change })).toBe('pass');
    expect(verdictOf(rule, approvedAt('09:03', few), { change })).toBe('finding');
  });
});

test('time spent as a draft is no time to read', () => {
  const spell = { convertedToDraftAt: [at('09:01')], readyForReviewAt: [at('11:58')] };
  expect(verdictOf(rule, approvedAt('12:00', spell), { change })).toBe('finding');
});

describe('it stays quiet', () => {
  test.each([
    [
      'where no path needs care',
      {},
      { change: changeOf({ 'src/orders.ts': 300 }) },
      'no path of the change is one that usually needs care',
    ],
    [
      'on a lock file',
      {},
      { change: changeOf({ 'src/auth/package-lock.json': 9000 }) },
      '0 lines to read, below 50',
    ],
  ])('%s', (_, over, parts, seen) => {
    expect(outcomeOf(rule, approvedAt('09:02', over), parts)).toEqual({ kind: 'pass', seen });
  });

  test('when a human made a remark at a line, and not when a bot did', () => {
    const withRemark = (by: typeof reviewer) =>
      reviewFacts(
        [review(by, 'commented', '09:01', { inlineComments: 1 }), review(reviewer, 'approved', '09:02')],
        {
          baseline: usualBaseline(),
        },
      );
    expect(verdictOf(rule, withRemark(reviewer), { change })).toBe('pass');
    expect(verdictOf(rule, withRemark(robot), { change })).toBe('finding');
  });

  test('when it was read with the pull request it is stacked on', () => {
    const stackedOn = {
      number: 6,
      state: 'open' as const,
      author: person('author'),
      reviews: [review(reviewer, 'commented', '09:01')],
    };
    expect(outcomeOf(rule, approvedAt('09:02', { stackedOn }), { change })).toEqual({
      kind: 'not-applicable',
      reason: 'it was read with #6, on which it is stacked',
    });
  });

  test.each([
    [{ author: person('x', 'bot') }, 'a bot opened the pull request'],
    [{ title: 'Revert "Add orders"' }, 'the pull request is a revert'],
    [{ title: '[Backport 2.x] Add orders' }, 'the pull request is a backport'],
    [{ state: 'closed' as const }, 'the pull request was closed without a merge'],
    [{ isDraft: true }, 'the pull request is a draft'],
  ])('on %j', (over, reason) => {
    expect(outcomeOf(rule, approvedAt('09:02'), { change, pullRequest: pullRequest(over) })).toEqual({
      kind: 'not-applicable',
      reason,
    });
  });

  test('without a human approval', () => {
    const facts = reviewFacts([review(robot, 'approved', '09:02')], { baseline: usualBaseline() });
    expect(verdictOf(rule, facts, { change })).toBe('not-applicable');
  });
});

test('what could not be read is said, never taken for fine', () => {
  const noBaseline = reviewFacts([review(reviewer, 'approved', '09:02')]);
  expect(outcomeOf(rule, noBaseline, { change })).toEqual({
    kind: 'not-available',
    reason: 'the repository’s merged pull requests were not read',
  });
  expect(outcomeOf(rule, approvedAt('09:02'), { change: unavailable('no git') })).toEqual({
    kind: 'not-available',
    reason: 'no git',
  });
});
