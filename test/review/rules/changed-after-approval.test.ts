import { expect, test } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import type { FactPart, Facts } from '../../../src/core/facts.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import { type Part, unavailable } from '../../../src/core/part.ts';
import type { Review, ReviewFacts, TailFile, UnreviewedTail } from '../../../src/core/review-facts.ts';
import { changedAfterApproval as rule } from '../../../src/review/rules/changed-after-approval.ts';
import { change, changedFile, facts, person, pullRequest } from '../../support/facts.ts';
import { at, author, ghost, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

const approvedCommit = '4f2c1ab'.padEnd(40, '0');
const approval = review(reviewer, 'approved', '10:00', { commit: approvedCommit });

const theChange = change({
  files: [
    changedFile({
      path: 'src/orders.ts',
      hunks: [{ baseStart: 1, baseLines: 12, headStart: 1, headLines: 200 }],
      added: [{ start: 1, end: 200 }],
      deleted: [{ start: 1, end: 12 }],
    }),
    changedFile({
      path: 'package-lock.json',
      hunks: [{ baseStart: 0, baseLines: 0, headStart: 1, headLines: 900 }],
      added: [{ start: 1, end: 900 }],
    }),
  ],
});

function tail(files: readonly TailFile[], over: Partial<UnreviewedTail> = {}): UnreviewedTail {
  return {
    approvedCommit,
    approvedAt: at('10:00'),
    addedLines: files.reduce(
      (sum, { added }) => sum + added.reduce((n, { start, end }) => n + end - start + 1, 0),
      0,
    ),
    deletedLines: files.reduce((sum, { deletedLines }) => sum + deletedLines, 0),
    files,
    method: 'replayed',
    ...over,
  };
}

function newer(lines: number, path = 'src/orders.ts'): TailFile {
  return { path, added: lines > 0 ? [{ start: 1, end: lines }] : [], deletedLines: 0 };
}

function outcome(
  given: Part<UnreviewedTail> | undefined,
  { reviews = [approval], ...over }: { reviews?: readonly Review[] } & Partial<Facts> = {},
): Outcome | undefined {
  const facing: ReviewFacts = reviewFacts(reviews, given === undefined ? {} : { tail: given });
  return evaluate(facts({ review: facing, change: theChange, ...over }), [rule])[0]?.outcome;
}

test('lines since the approval are a finding, with their number, their base and one question', () => {
  const files: readonly TailFile[] = [
    {
      path: 'src/orders.ts',
      added: [
        { start: 3, end: 4 },
        { start: 50, end: 71 },
      ],
      deletedLines: 14,
    },
  ];
  expect(outcome(tail(files))).toEqual({
    kind: 'findings',
    findings: [
      {
        rule: 'review/changed-after-approval',
        level: 'warning',
        fingerprint: expect.stringMatching(/^[0-9a-z]{6}$/),
        about: {},
        confidence: 'high',
        place: { path: 'src/orders.ts', line: 50, endLine: 71, side: 'head' },
        otherPlaces: [{ path: 'src/orders.ts', line: 3, endLine: 4, side: 'head' }],
        observation: '38 lines changed after the last human approval; the whole change has 212.',
        impact:
          'The approval was given for `4f2c1ab` and does not speak for these lines, which would be merged with it.',
        action: 'Would a second look at them before the merge do?',
        measurements: [
          { name: 'lines since the last human approval', value: 38, unit: 'lines' },
          { name: 'lines of the whole change', value: 212, unit: 'lines' },
        ],
      },
    ],
  });
});

test('one line below the threshold passes with its number', () => {
  expect(outcome(tail([newer(9)]))).toEqual({
    kind: 'pass',
    seen: '9 lines since the last human approval, below 10',
  });
  expect(outcome(tail([newer(1)]))).toEqual({
    kind: 'pass',
    seen: '1 line since the last human approval, below 10',
  });
});

test('exactly at the threshold is a finding', () => {
  expect(outcome(tail([newer(10)]))).toMatchObject({
    findings: [{ observation: '10 lines changed after the last human approval; the whole change has 212.' }],
  });
});

test('deleted lines count like added ones', () => {
  expect(outcome(tail([{ ...newer(4), deletedLines: 6 }]))).toMatchObject({ kind: 'findings' });
  expect(outcome(tail([{ ...newer(4), deletedLines: 5 }]))).toMatchObject({ kind: 'pass' });
});

test('a clean rebase or update-merge passes', () => {
  expect(outcome(tail([]))).toEqual({
    kind: 'pass',
    seen: '0 lines since approval (rebase or update-merge carried over)',
  });
});

test('an approval of the head itself passes', () => {
  expect(outcome(tail([], { approvedCommit: theChange.head }))).toEqual({
    kind: 'pass',
    seen: '0 lines since approval (the head itself was approved)',
  });
});

test('a file that differs without a line to count is not called carried over', () => {
  expect(outcome(tail([newer(0, 'logo.bin')]))).toEqual({
    kind: 'pass',
    seen: '0 lines since approval (files changed without lines to count: 1)',
  });
});

test('lock files and documentation alone pass, and are said', () => {
  expect(outcome(tail([newer(400, 'package-lock.json'), newer(20, 'README.md')]))).toEqual({
    kind: 'pass',
    seen: '0 lines since the last human approval, below 10 (not counted: 420 in lock files, documentation)',
  });
});

test('lock files beside code are not counted, are said, and are no place', () => {
  expect(outcome(tail([newer(400, 'package-lock.json'), newer(12)]))).toMatchObject({
    findings: [
      {
        place: { path: 'src/orders.ts', line: 1, endLine: 12 },
        observation:
          '12 lines changed after the last human approval; the whole change has 212 (not counted: 400 in lock files).',
      },
    ],
  });
});

test('two patches compared line by line are less sure than a replay', () => {
  expect(outcome(tail([newer(12)], { method: 'patches' }))).toMatchObject({
    findings: [{ confidence: 'medium' }],
  });
});

test('lines outside the change are a finding without a place', () => {
  const result = outcome(tail([newer(12, 'src/restored.ts')]));
  expect(result).toMatchObject({ kind: 'findings' });
  expect(result?.kind === 'findings' && result.findings[0] && 'place' in result.findings[0]).toBe(false);
});

test('after the merge the question is another', () => {
  expect(outcome(tail([newer(12)]), { pullRequest: pullRequest({ state: 'merged' }) })).toMatchObject({
    findings: [
      {
        impact:
          'The approval was given for `4f2c1ab` and does not speak for these lines, which were merged with it.',
        action: 'Is a look at them after the merge worth its time here?',
      },
    ],
  });
});

test('a pull request closed without a merge is not judged', () => {
  expect(outcome(tail([newer(12)]), { pullRequest: pullRequest({ state: 'closed' }) })).toEqual({
    kind: 'not-applicable',
    reason: 'the pull request was closed without a merge',
  });
});

test.each([
  ['no review', [], 'nobody has approved yet'],
  ['a comment', [review(reviewer, 'commented', '10:00')], 'nobody has approved yet'],
  ['a bot approval', [review(robot, 'approved', '10:00')], 'only bots have approved yet'],
  [
    'an approval by the author',
    [review(author, 'approved', '10:00')],
    'no approval by a human who wrote none of the change stands',
  ],
  [
    'an approval by a deleted account',
    [review(ghost, 'approved', '10:00')],
    'no approval by a human who wrote none of the change stands',
  ],
  [
    'a dismissed approval',
    [review(reviewer, 'dismissed', '10:00', { dismissed: { at: at('11:00'), from: 'approved' } })],
    'every approval was dismissed',
  ],
])('with %s there is nothing to compare with', (_, reviews, reason) => {
  expect(outcome(undefined, { reviews })).toEqual({ kind: 'not-applicable', reason });
});

test('an approved commit that could not be read is no pass', () => {
  expect(outcome(unavailable('the approved commit 4f2c1ab could not be fetched'))).toEqual({
    kind: 'not-available',
    reason: 'the approved commit 4f2c1ab could not be fetched',
  });
});

test('where nobody has approved, a comparison that failed is nothing to report', () => {
  expect(outcome(unavailable('git is missing'), { reviews: [] })).toEqual({
    kind: 'not-applicable',
    reason: 'nobody has approved yet',
  });
});

test('an approved commit that GitHub forgot is no pass', () => {
  const { commit: _, ...forgotten } = approval;
  expect(outcome(undefined, { reviews: [forgotten] })).toEqual({
    kind: 'not-available',
    reason: 'GitHub no longer knows the commit that was approved',
  });
});

test('an approval that was not compared with the head is no pass', () => {
  expect(outcome(undefined)).toEqual({
    kind: 'not-available',
    reason: 'the lines since the approval were not compared',
  });
});

test.each(['pullRequest', 'review', 'change'] satisfies FactPart[])(
  'without %s the reason is handed on',
  (part) => {
    expect(outcome(tail([newer(12)]), { [part]: unavailable('there is no token') })).toEqual({
      kind: 'not-available',
      reason: 'there is no token',
    });
  },
);

test('a finding keeps its id while lines, commits and places change', () => {
  const [a, b] = [tail([newer(12)]), tail([newer(30)], { approvedCommit: 'e'.repeat(40) })].map((each) =>
    outcome(each),
  );
  const idOf = (result: Outcome | undefined) =>
    result?.kind === 'findings' && result.findings[0]?.fingerprint;
  expect(idOf(a)).toBeTruthy();
  expect(idOf(a)).toBe(idOf(b));
});

test('the text keeps to its bounds in its longest form', () => {
  const files = [
    newer(123_456),
    newer(900_000, 'package-lock.json'),
    newer(9000, 'vendor/a.js'),
    newer(800, 'a.min.js'),
    newer(70, 'a.snap'),
    newer(6, 'README.md'),
  ];
  for (const state of ['open', 'merged'] as const) {
    const result = outcome(tail(files), { pullRequest: pullRequest({ state }) });
    const texts =
      result?.kind === 'findings'
        ? result.findings.map((f) => `${f.observation} ${f.impact} ${f.action}`)
        : [];
    expect(texts).toHaveLength(1);
    for (const text of texts) {
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(80);
      expect(text.match(/\?/g)).toHaveLength(1);
      expect(text).not.toMatch(/please|simply|just|should|violation|!|\byou/i);
    }
  }
});

test('on a bot’s pull request nothing is said', () => {
  const parts = { pullRequest: pullRequest({ author: person('x', 'bot') }) };
  expect(outcome(tail([newer(40)]), parts)).toEqual({
    kind: 'not-applicable',
    reason: 'a bot opened the pull request',
  });
});

test('files that the base’s attributes call generated do not count', () => {
  const review = reviewFacts([approval], {
    tail: tail([newer(40)]),
    attributes: [{ path: 'src/orders.ts', is: 'generated' }],
  });
  expect(evaluate(facts({ review, change: theChange }), [rule])[0]?.outcome.kind).toBe('pass');
});

test('what the attributes say holds for the whole change and for the places too', () => {
  const review = reviewFacts([approval], {
    tail: tail([newer(40), newer(30, 'package-lock.json')]),
    attributes: [
      { path: 'src/orders.ts', is: 'generated' },
      { path: 'package-lock.json', is: 'code' },
    ],
  });
  const result = evaluate(facts({ review, change: theChange }), [rule])[0]?.outcome;
  expect(result).toMatchObject({
    findings: [
      {
        observation:
          '30 lines changed after the last human approval; the whole change has 900 (not counted: 40 in generated files).',
        place: { path: 'package-lock.json', line: 1, endLine: 30 },
      },
    ],
  });
  expect(result?.kind === 'findings' && result.findings[0]?.otherPlaces).toBeFalsy();
});
