import { expect, test } from 'vitest';
import { approvalKind } from '../../../src/review/measure/approval-kind.ts';
import { at, author, ghost, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

const approved = (by: typeof reviewer) => review(by, 'approved', '10:00');
const mergedBy = (by: typeof reviewer) => ({ mergedAt: at('12:00'), mergedBy: by });

test.each([
  ['a human approval', [approved(reviewer)], {}, 'human'],
  ['a human and a bot approval', [approved(robot), approved(reviewer)], {}, 'human'],
  ['a bot approval', [approved(robot)], {}, 'bot-only'],
  ['a bot approval and a human merge', [approved(robot)], mergedBy(reviewer), 'bot-only'],
  ['a bot approval that was dismissed', [review(robot, 'dismissed', '10:00')], {}, 'none'],
  [
    'a human approval taken back beside a bot approval',
    [approved(reviewer), approved(robot), review(reviewer, 'changes-requested', '11:00')],
    {},
    'bot-only',
  ],
  ['a merge by somebody else', [], mergedBy(reviewer), 'merger-only'],
  [
    'a comment and a merge by somebody else',
    [review(reviewer, 'commented', '10:00')],
    mergedBy(reviewer),
    'merger-only',
  ],
  ['a merge by the author', [], mergedBy(author), 'none'],
  ['a merge by a bot', [], mergedBy(robot), 'none'],
  ['a merge by a deleted account', [], mergedBy(ghost), 'none'],
  ['an approval by the author', [approved(author)], {}, 'none'],
  ['an approval by a deleted account', [approved(ghost)], {}, 'none'],
  ['nothing', [], {}, 'none'],
] as const)('%s', (_, reviews, over, kind) => {
  expect(approvalKind(reviewFacts(reviews, over))).toBe(kind);
});
