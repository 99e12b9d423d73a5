import { expect, test } from 'vitest';
import type { Review, ReviewFacts } from '../../../src/core/review-facts.ts';
import {
  approvedCommitOf,
  lastHumanApproval,
  standingHumanApprovals,
} from '../../../src/review/measure/last-human-approval.ts';
import { another, at, author, ghost, person, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

const merged = { mergedAt: at('12:00') };

const cases: readonly (readonly [
  title: string,
  reviews: readonly Review[],
  expected: string | undefined,
  over?: Partial<ReviewFacts>,
])[] = [
  ['no review is no approval', [], undefined],
  ['a human approval stands', [review(reviewer, 'approved', '10:00')], '10:00'],
  ['a comment is no approval', [review(reviewer, 'commented', '10:00')], undefined],
  ['requested changes are no approval', [review(reviewer, 'changes-requested', '10:00')], undefined],
  ['a dismissed approval does not stand', [review(reviewer, 'dismissed', '10:00')], undefined],
  ['a bot is no human', [review(robot, 'approved', '10:00')], undefined],
  ['a deleted account is not known to be a human', [review(ghost, 'approved', '10:00')], undefined],
  [
    'the author of the pull request is no second pair of eyes',
    [review(author, 'approved', '10:00')],
    undefined,
  ],
  [
    'nor is the author where somebody else wrote all commits',
    [review(author, 'approved', '10:00')],
    undefined,
    { commitAuthors: [another] },
  ],
  [
    'an author of one of its commits is no second pair of eyes',
    [review(another, 'approved', '10:00')],
    undefined,
    { commitAuthors: [author, another] },
  ],
  [
    'the later of two approvals counts',
    [review(reviewer, 'approved', '10:00'), review(another, 'approved', '11:00')],
    '11:00',
  ],
  [
    'a second approval by the same person replaces the first',
    [review(reviewer, 'approved', '10:00'), review(reviewer, 'approved', '11:00')],
    '11:00',
  ],
  [
    'a comment after an approval changes nothing',
    [review(reviewer, 'approved', '10:00'), review(reviewer, 'commented', '11:00')],
    '10:00',
  ],
  [
    'changes requested later by the same person replace the approval',
    [review(reviewer, 'approved', '10:00'), review(reviewer, 'changes-requested', '11:00')],
    undefined,
  ],
  [
    'changes requested earlier by the same person are replaced by the approval',
    [review(reviewer, 'changes-requested', '10:00'), review(reviewer, 'approved', '11:00')],
    '11:00',
  ],
  [
    'changes requested by somebody else leave the approval',
    [review(reviewer, 'approved', '10:00'), review(another, 'changes-requested', '11:00')],
    '10:00',
  ],
  [
    'where the last approval was replaced, an earlier one by somebody else counts',
    [
      review(another, 'approved', '10:00'),
      review(reviewer, 'approved', '10:30'),
      review(reviewer, 'changes-requested', '11:00'),
    ],
    '10:00',
  ],
  [
    'an approval does not come back when the later one of the same person is dismissed',
    [review(reviewer, 'approved', '10:00'), review(reviewer, 'dismissed', '11:00')],
    undefined,
  ],
  [
    'a person who approved again after a dismissal has approved',
    [review(reviewer, 'dismissed', '10:00'), review(reviewer, 'approved', '11:00')],
    '11:00',
  ],
  [
    'a bot approval after a human one changes nothing',
    [review(reviewer, 'approved', '10:00'), review(robot, 'approved', '11:00')],
    '10:00',
  ],
  ['an approval at the moment of the merge counts', [review(reviewer, 'approved', '12:00')], '12:00', merged],
  ['an approval after the merge does not', [review(reviewer, 'approved', '12:00:01')], undefined, merged],
  [
    'changes requested after the merge do not take the approval back',
    [review(reviewer, 'approved', '11:00'), review(reviewer, 'changes-requested', '12:30')],
    '11:00',
    merged,
  ],
];

for (const [title, reviews, expected, over] of cases) {
  test(title, () => {
    expect(lastHumanApproval(reviewFacts(reviews, over))?.submittedAt).toBe(expected && at(expected));
  });
}

test('standing approvals are in the order in which they were given', () => {
  const facts = reviewFacts([
    review(reviewer, 'approved', '10:00'),
    review(another, 'approved', '10:30'),
    review(reviewer, 'approved', '11:00'),
  ]);
  expect(standingHumanApprovals(facts).map(({ by }) => by)).toEqual([another, reviewer]);
});

test('the approved commit comes with its time', () => {
  const facts = reviewFacts([review(reviewer, 'approved', '10:00', { commit: 'c'.repeat(40) })]);
  expect(approvedCommitOf(facts)).toEqual({ commit: 'c'.repeat(40), at: at('10:00') });
});

test('without an approval there is no approved commit', () => {
  expect(approvedCommitOf(reviewFacts([review(robot, 'approved', '10:00')]))).toBeUndefined();
});

test('a commit GitHub forgot is not replaced by that of an earlier approval', () => {
  const { commit: _, ...forgotten } = review(person('third'), 'approved', '11:00');
  const facts = reviewFacts([review(reviewer, 'approved', '10:00'), forgotten]);
  expect(approvedCommitOf(facts)).toEqual({
    unavailable: 'GitHub no longer knows the commit that was approved',
  });
});
