import { expect, test } from 'vitest';
import type { ReviewRequest } from '../../../src/core/review-facts.ts';
import { requestGap } from '../../../src/review/measure/request-gap.ts';
import { another, at, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

const asked = (of: ReviewRequest['of'], time = '09:05'): ReviewRequest => ({
  at: at(time),
  kind: 'requested',
  of,
});
const removed = (of: ReviewRequest['of'], time = '09:10'): ReviewRequest => ({
  at: at(time),
  kind: 'removed',
  of,
});

test.each([
  ['nobody asked', [], { asked: 0, silent: 0, teams: 0 }],
  ['one who answered', [asked({ person: reviewer })], { asked: 1, silent: 0, teams: 0 }],
  ['one who is silent', [asked({ person: another })], { asked: 1, silent: 1, teams: 0 }],
  [
    'one of two',
    [asked({ person: reviewer }), asked({ person: another })],
    { asked: 2, silent: 1, teams: 0 },
  ],
  [
    'asked twice is asked once',
    [asked({ person: another }), asked({ person: another }, '09:20')],
    { asked: 1, silent: 1, teams: 0 },
  ],
  [
    'a request taken back',
    [asked({ person: another }), removed({ person: another })],
    { asked: 0, silent: 0, teams: 0 },
  ],
  [
    'taken back and made again',
    [asked({ person: another }), removed({ person: another }), asked({ person: another }, '09:20')],
    { asked: 1, silent: 1, teams: 0 },
  ],
  ['a bot is not waited for', [asked({ person: robot })], { asked: 0, silent: 0, teams: 0 }],
  [
    'a team is counted apart',
    [asked({ team: 'T_1' }), asked({ person: another })],
    { asked: 1, silent: 1, teams: 1 },
  ],
  ['who was asked is not told', [asked('unknown')], { asked: 0, silent: 0, teams: 0 }],
] as const)('%s', (_, requests, gap) => {
  expect(requestGap(reviewFacts([review(reviewer, 'commented', '10:00')], { requests }))).toEqual(gap);
});
