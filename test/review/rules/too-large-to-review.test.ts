import { expect, test } from 'vitest';
import { unavailable } from '../../../src/core/part.ts';
import type { ReviewFacts } from '../../../src/core/review-facts.ts';
import { tooLargeToReview as rule } from '../../../src/review/rules/too-large-to-review.ts';
import { person, pullRequest } from '../../support/facts.ts';
import { reviewFacts } from '../review-facts.ts';
import { changeOf, outcomeOf, verdictOf, wordsOf } from '../rule-outcome.ts';
import { usualBaseline } from '../usual-baseline.ts';

const open = (over: Partial<ReviewFacts> = {}) => reviewFacts([], { baseline: usualBaseline(), ...over });
const commitSizes = [390, 300, 300].map((lines, n) => ({ commit: String(n + 1).repeat(40), lines }));

test('nearly a thousand lines, with where they could be cut', () => {
  const change = changeOf({
    'src/api/orders.ts': 570,
    'src/web/refund.tsx': 330,
    'test/refund.test.ts': 90,
    'yarn.lock': 2210,
  });
  expect(wordsOf(outcomeOf(rule, open({ commitSizes }), { change }))).toEqual([
    '990 lines to read (not counted: 2,210 in lock files); 95 % of 200 changes merged here have at most 640.',
    'It could be cut by folder: `src/api` (570), `src/web` (330), `test` (90); by commit: after `1111111` (390 before, 600 after).',
    'Could one of these parts go first?',
  ]);
});

test('one file in one commit shows no place to cut it', () => {
  expect(wordsOf(outcomeOf(rule, open(), { change: changeOf({ 'src/orders.ts': 990 }) })).slice(1)).toEqual([
    'Its files and commits show no place to cut it.',
    'Which files are best read first?',
  ]);
});

test('where neither files nor commits were read, no place to cut is denied', () => {
  const facts = open({ size: { lines: 990, files: 3 } });
  expect(wordsOf(outcomeOf(rule, facts, { change: unavailable('not recorded') })).slice(1)).toEqual([
    'Its files and commits are not known here, so no place to cut it is proposed.',
    'Which files are best read first?',
  ]);
});

test('the words stay within eighty however many folders and however long their names', () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`${'very long name '.repeat(9)}${n}/a.ts`, 100]),
  );
  const words = wordsOf(outcomeOf(rule, open({ commitSizes }), { change: changeOf(files) })).join(' ');
  // A name in backticks is one name, whatever it is made of.
  expect(words.replace(/`[^`]*`/g, 'name').split(/\s+/).length).toBeLessThanOrEqual(80);
});

test.each([
  [640, 'pass'],
  [641, 'finding'],
])('%i lines, where 95 % have at most 640: %s', (lines, verdict) => {
  expect(verdictOf(rule, open(), { change: changeOf({ 'a.ts': lines }) })).toBe(verdict);
});

test.each([
  [399, 'pass'],
  [400, 'finding'],
])('%i lines are too large for a repository of tiny changes: %s', (lines, verdict) => {
  const lineSketch = { n: 200, at: [1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9] };
  expect(
    verdictOf(rule, open({ baseline: usualBaseline({ lines: lineSketch }) }), {
      change: changeOf({ 'a.ts': lines }),
    }),
  ).toBe(verdict);
});

test('with fewer than 100 merged pull requests only the largest in forty is called too large', () => {
  const few = open({ baseline: usualBaseline({ n: 99 }) });
  expect(verdictOf(rule, few, { change: changeOf({ 'a.ts': 1300 }) })).toBe('pass');
  expect(verdictOf(rule, few, { change: changeOf({ 'a.ts': 1400 }) })).toBe('finding');
});

test.each([
  ['moved blocks', open({ quietLines: [{ path: 'a.ts', whitespace: 0, moved: 900 }] })],
  ['files the base’s attributes call generated', open({ attributes: [{ path: 'a.ts', is: 'generated' }] })],
])('%s do not count', (_, facts) => {
  expect(verdictOf(rule, facts, { change: changeOf({ 'a.ts': 990 }) })).toBe('pass');
});

test.each([
  [{ author: person('x', 'bot') }],
  [{ state: 'merged' as const }],
  [{ title: 'scripted-diff: rename' }],
  [{ isDraft: true }],
])('%j is not judged', (over) => {
  const parts = { change: changeOf({ 'a.ts': 990 }), pullRequest: pullRequest(over) };
  expect(verdictOf(rule, open(), parts)).toBe('not-applicable');
});

test('what is not known is said', () => {
  expect(verdictOf(rule, open(), { change: unavailable('no git') })).toBe('not-available');
  expect(verdictOf(rule, reviewFacts([]), { change: changeOf({ 'a.ts': 990 }) })).toBe('not-available');
});
