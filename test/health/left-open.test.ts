import { describe, expect, test } from 'vitest';
import type { MergedPull } from '../../src/core/health-facts.ts';
import { unavailable } from '../../src/core/part.ts';
import type { ReviewFacts, ReviewThread } from '../../src/core/review-facts.ts';
import { leftOpen } from '../../src/health/measure/left-open.ts';
import { leftOpenWords } from '../../src/render/weekly/left-open-words.ts';
import { author, review, reviewer, reviewFacts } from '../review/review-facts.ts';

const mergedAt = '2026-03-02T15:00:00Z';

function pull(over: Partial<ReviewFacts> = {}, reviews: ReviewFacts['reviews'] = []): MergedPull {
  return {
    number: 7,
    createdAt: '2026-03-02T09:00:00Z',
    mergedAt,
    isRevert: false,
    lines: 10,
    head: 'a'.repeat(40),
    review: reviewFacts(reviews, { mergedAt, mergedBy: reviewer, threads: [], checks: [], ...over }),
  };
}

const thread = (isQuestion: boolean, over: Partial<ReviewThread> = {}): ReviewThread => ({
  id: 't',
  path: 'src/a.ts',
  side: 'head',
  isResolved: false,
  isOutdated: false,
  comments: [{ by: reviewer, at: '2026-03-02T10:00:00Z', words: 5, isQuestion }],
  ...over,
});

const check = (result: 'success' | 'failure', completedAt: string) => [
  { commit: 'a'.repeat(40), checks: [{ name: 'test', completedAt, result }] },
];

describe('what was open at the merge', () => {
  test('nothing', () => {
    expect(leftOpen(pull())).toEqual({ questions: 0, failedChecks: 0, isSelfMerged: false });
  });

  test('questions that nobody answered; a remark or a resolved thread is none', () => {
    const threads = [thread(true), thread(false), thread(true, { isResolved: true })];
    expect(leftOpen(pull({ threads }))?.questions).toBe(1);
  });

  test('a check that had failed by then, and not one that failed later', () => {
    expect(leftOpen(pull({ checks: check('failure', mergedAt) }))?.failedChecks).toBe(1);
    expect(leftOpen(pull({ checks: check('failure', '2026-03-02T15:00:01Z') }))?.failedChecks).toBe(0);
    expect(leftOpen(pull({ checks: check('success', mergedAt) }))?.failedChecks).toBe(0);
  });

  test('a merge by whoever opened it counts only without another human’s review', () => {
    const mergedBy = author;
    expect(leftOpen(pull({ mergedBy }))?.isSelfMerged).toBe(true);
    expect(leftOpen(pull({ mergedBy }, [review(reviewer, 'approved', '10:00')]))?.isSelfMerged).toBe(false);
    expect(leftOpen(pull())?.isSelfMerged).toBe(false);
  });

  test('is not told where threads or checks were not read', () => {
    expect(leftOpen(pull({ threads: unavailable('not all of its threads were read') }))).toBeUndefined();
    expect(leftOpen(pull({ checks: unavailable('not all of its checks were read') }))).toBeUndefined();
    expect(leftOpen({ ...pull(), review: unavailable('not read') })).toBeUndefined();
  });
});

test('it is told in a few words', () => {
  const row = { number: 7, lines: 1, leadHours: 1, review: 'none', isByBot: false } as const;
  expect(leftOpenWords(row)).toBe('not read');
  expect(leftOpenWords({ ...row, leftOpen: { questions: 0, failedChecks: 0, isSelfMerged: false } })).toBe(
    '–',
  );
  expect(leftOpenWords({ ...row, leftOpen: { questions: 2, failedChecks: 1, isSelfMerged: true } })).toBe(
    '2 questions, 1 failed check, merged unreviewed by whoever opened it',
  );
});
