import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReviewFacts } from '../../../src/core/review-facts.ts';
import { draftSpells, overlap } from '../../../src/review/measure/draft-spells.ts';
import { reviewWindow } from '../../../src/review/measure/review-window.ts';
import { timeToFirstHumanReview } from '../../../src/review/measure/time-to-first-human-review.ts';
import { another, at, author, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

function drafts(ready: readonly string[], converted: readonly string[] = []): Partial<ReviewFacts> {
  return { readyForReviewAt: ready.map(at), convertedToDraftAt: converted.map(at) };
}

describe('draft spells', () => {
  const spells = (over: Partial<ReviewFacts>, until = '12:00') =>
    draftSpells(reviewFacts([], over), Date.parse(at(until))).map(({ from, to }) =>
      [from, to].map((moment) => new Date(moment).toISOString().slice(11, 16)),
    );

  test.each([
    ['never a draft', drafts([]), []],
    ['opened as a draft', drafts(['10:00']), [['09:00', '10:00']]],
    ['made a draft and never ready again', drafts([], ['10:00']), [['10:00', '12:00']]],
    ['made a draft for a while', drafts(['11:00'], ['10:00']), [['10:00', '11:00']]],
    [
      'opened as a draft and made one again',
      drafts(['09:30', '11:00'], ['10:00']),
      [
        ['09:00', '09:30'],
        ['10:00', '11:00'],
      ],
    ],
    ['two conversions in a row are one spell', drafts(['11:00'], ['10:00', '10:30']), [['10:00', '11:00']]],
    ['two times ready in a row end one spell', drafts(['10:00', '11:00']), [['09:00', '10:00']]],
    [
      'a change after the end is not seen',
      drafts(['11:00', '13:00'], ['10:00', '12:30']),
      [['10:00', '11:00']],
    ],
    ['a spell that goes on is cut at the end', drafts(['13:00']), [['09:00', '12:00']]],
  ])('%s', (_, over, expected) => {
    expect(spells(over)).toEqual(expected);
  });

  test('spells never overlap and never exceed the time there was', () => {
    const minute = fc
      .integer({ min: 0, max: 179 })
      .map((n) => new Date(Date.parse(at('09:00')) + n * 60_000).toISOString());
    fc.assert(
      fc.property(fc.array(minute), fc.array(minute), (readyForReviewAt, convertedToDraftAt) => {
        const until = Date.parse(at('12:00'));
        const opened = Date.parse(at('09:00'));
        const found = draftSpells(reviewFacts([], { readyForReviewAt, convertedToDraftAt }), until);
        const ordered = found.every(({ from, to }, n) => from <= to && from >= (found[n - 1]?.to ?? opened));
        return ordered && overlap(found, opened, until) <= until - opened;
      }),
    );
  });
});

describe('the review window, in minutes', () => {
  test.each([
    ['is undefined without a human approval', [review(robot, 'approved', '10:00')], {}, undefined],
    ['runs from the opening to the approval', [review(reviewer, 'approved', '09:40')], {}, 40],
    [
      'runs from the moment the draft was ready',
      [review(reviewer, 'approved', '10:40')],
      drafts(['10:30']),
      10,
    ],
    [
      'leaves out a draft spell between the first review and the approval',
      [review(reviewer, 'commented', '09:30'), review(reviewer, 'approved', '11:00')],
      drafts(['10:30'], ['09:45']),
      75,
    ],
    [
      'ends with the first approval that stands',
      [
        review(reviewer, 'approved', '09:10'),
        review(another, 'approved', '09:20'),
        review(reviewer, 'changes-requested', '09:15'),
      ].toSorted((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1)),
      {},
      20,
    ],
    ['counts the draft that was approved', [review(reviewer, 'approved', '09:40')], drafts(['10:00']), 40],
    [
      'counts the draft that was approved after a time as no draft',
      [review(reviewer, 'approved', '10:45')],
      drafts(['10:00'], ['09:30', '10:30']),
      45,
    ],
  ])('%s', (_, reviews, over, minutes) => {
    expect(reviewWindow(reviewFacts(reviews, over))).toBe(minutes);
  });
});

describe('the time to the first human review, in minutes', () => {
  test.each([
    ['is undefined while there is none', [], {}, undefined],
    ['does not end with a bot', [review(robot, 'commented', '09:01')], {}, undefined],
    ['does not end with the author', [review(author, 'commented', '09:05')], {}, undefined],
    [
      'ends with any review by a human',
      [review(robot, 'approved', '09:01'), review(reviewer, 'commented', '10:00')],
      {},
      60,
    ],
    [
      'is undefined where the first came after the merge',
      [review(reviewer, 'commented', '10:00')],
      { mergedAt: at('09:59') },
      undefined,
    ],
    [
      'ends with a review in the second of the merge',
      [review(reviewer, 'commented', '10:00')],
      { mergedAt: at('10:00') },
      60,
    ],
    ['leaves out the draft it was opened as', [review(reviewer, 'approved', '11:00')], drafts(['10:30']), 30],
    [
      'leaves out all draft spells',
      [review(reviewer, 'approved', '11:00')],
      drafts(['09:30', '10:30'], ['10:00']),
      60,
    ],
    [
      'counts the draft in which the review was given',
      [review(reviewer, 'commented', '09:30')],
      drafts(['10:00']),
      30,
    ],
  ] as const)('%s', (_, reviews, over, minutes) => {
    expect(timeToFirstHumanReview(reviewFacts(reviews, over))).toBe(minutes);
  });
});
