import { describe, expect, test } from 'vitest';
import type { ReviewThread, ThreadComment } from '../../../src/core/review-facts.ts';
import { addressedRate } from '../../../src/review/measure/addressed-rate.ts';
import { depth } from '../../../src/review/measure/depth.ts';
import { humanRemarks, isSilentlyApproved } from '../../../src/review/measure/silent-approval.ts';
import { unansweredQuestions } from '../../../src/review/measure/unanswered-questions.ts';
import { another, at, author, ghost, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

function comment(by: ThreadComment['by'], over: Partial<ThreadComment> = {}): ThreadComment {
  return { by, at: at('10:00'), words: 6, isQuestion: false, ...over };
}

function thread(comments: readonly ThreadComment[], over: Partial<ReviewThread> = {}): ReviewThread {
  return {
    id: 'T_1',
    path: 'src/a.ts',
    line: 3,
    side: 'head',
    isResolved: false,
    isOutdated: false,
    comments,
    ...over,
  };
}

describe('a silent approval', () => {
  test.each([
    ['without a word', { words: 0 }, true],
    ['with 14 words', { words: 14 }, true],
    ['with 15 words', { words: 15 }, false],
    ['with one inline comment', { inlineComments: 1 }, false],
  ])('%s: %j is silent: %s', (_, over, silent) => {
    expect(isSilentlyApproved(reviewFacts([review(reviewer, 'approved', '10:00', over)]))).toBe(silent);
  });

  test.each([
    ['a bot', robot],
    ['the author', author],
    ['a deleted account', ghost],
  ])('what %s writes breaks no silence', (_, by) => {
    const reviews = [
      review(by, 'commented', '09:30', { words: 300, inlineComments: 9 }),
      review(reviewer, 'approved', '10:00'),
    ];
    expect(isSilentlyApproved(reviewFacts(reviews))).toBe(true);
  });

  test('what another human wrote breaks it', () => {
    const reviews = [
      review(another, 'commented', '09:30', { words: 30 }),
      review(reviewer, 'approved', '10:00'),
    ];
    expect(isSilentlyApproved(reviewFacts(reviews))).toBe(false);
  });

  test('without a human approval there is none', () => {
    expect(isSilentlyApproved(reviewFacts([review(robot, 'approved', '10:00')]))).toBe(false);
  });

  test('what was written after the merge comes too late', () => {
    const reviews = [
      review(reviewer, 'approved', '10:00'),
      review(reviewer, 'commented', '15:00', { words: 90 }),
    ];
    expect(isSilentlyApproved(reviewFacts(reviews, { mergedAt: at('12:00') }))).toBe(true);
  });
});

test('an inline comment that a review counts and a thread holds is counted once', () => {
  const facts = reviewFacts([review(reviewer, 'commented', '10:00', { inlineComments: 2 })], {
    threads: [thread([comment(reviewer), comment(author)]), thread([comment(reviewer)])],
  });
  expect(humanRemarks(facts)).toEqual({ words: 12, inlineComments: 2 });
});

test('depth is remarks for every 100 lines, and unknown without lines', () => {
  const facts = reviewFacts([review(reviewer, 'commented', '10:00', { words: 30, inlineComments: 3 })]);
  expect(depth(facts, 200)).toEqual({ commentsPer100Lines: 1.5, wordsPer100Lines: 15 });
  expect(depth(facts, 0)).toBeUndefined();
});

describe('an unanswered question', () => {
  const asked = comment(reviewer, { isQuestion: true });
  test.each([
    ['a question by a reviewer', thread([asked]), 1],
    ['a remark that asks nothing', thread([comment(reviewer)]), 0],
    ['one that was answered', thread([asked, comment(author)]), 0],
    ['one that was asked again after an answer', thread([asked, comment(author), asked]), 1],
    ['one that was resolved', thread([asked], { isResolved: true }), 0],
    ['one whose lines changed', thread([asked], { isOutdated: true }), 0],
    ['a question by the author', thread([comment(author, { isQuestion: true })]), 0],
    ['a question by a bot', thread([comment(robot, { isQuestion: true })]), 0],
    ['a reviewer’s question answered by a bot', thread([asked, comment(robot)]), 0],
  ])('%s: %#', (_, given, count) => {
    expect(unansweredQuestions([given], reviewFacts([]))).toHaveLength(count);
  });
});

describe('the addressed rate', () => {
  test('is the share of human threads whose lines changed', () => {
    const threads = [
      thread([comment(reviewer)], { isOutdated: true }),
      thread([comment(reviewer)]),
      thread([comment(another)], { isOutdated: true }),
      thread([comment(another)], { isResolved: true }),
      thread([comment(robot)], { isOutdated: true }),
      thread([comment(author)], { isOutdated: true }),
    ];
    expect(addressedRate(threads, reviewFacts([]))).toEqual({ threads: 4, addressed: 2, rate: 0.5 });
  });

  test('is unknown without a human thread', () => {
    expect(addressedRate([thread([comment(robot)])], reviewFacts([]))).toBeUndefined();
  });
});
