import { expect, test } from 'vitest';
import { unavailable } from '../../../src/core/part.ts';
import type { Check, ReviewFacts } from '../../../src/core/review-facts.ts';
import { approvedBeforeChecks as rule } from '../../../src/review/rules/approved-before-checks.ts';
import { person, pullRequest } from '../../support/facts.ts';
import { at, review, reviewer, reviewFacts } from '../review-facts.ts';
import { outcomeOf, verdictOf, wordsOf } from '../rule-outcome.ts';

const commit = 'a'.repeat(40);
const check = (name: string, completedAt: string, result: Check['result']): Check => ({
  name,
  startedAt: at('09:01'),
  completedAt: at(completedAt),
  result,
});
const approved = (checks: ReviewFacts['checks']) =>
  reviewFacts([review(reviewer, 'approved', '10:00', { commit })], checks === undefined ? {} : { checks });
const withChecks = (...checks: readonly Check[]) => approved([{ commit, checks }]);

test('a check that failed after the approval', () => {
  const facts = withChecks(check('build', '09:30', 'success'), check('test (24)', '10:30', 'failure'));
  expect(wordsOf(outcomeOf(rule, facts))).toEqual([
    '1 of 2 checks that had begun when the change was approved has failed: `test (24)`. The failure came after the approval.',
    'The approval was given for a commit that its checks turn down.',
    'Does what makes them pass change what was approved?',
  ]);
});

test('several that had failed before, and one afterwards', () => {
  const facts = withChecks(
    check('a', '09:30', 'failure'),
    check('b', '09:30', 'failure'),
    check('c', '10:30', 'failure'),
  );
  expect(wordsOf(outcomeOf(rule, facts))[0]).toBe(
    '3 of 3 checks that had begun when the change was approved have failed: `a`, `b` and 1 more. For 2 the failure was known then.',
  );
});

test('a name made to look like something else stays a name', () => {
  const facts = withChecks(check('`@everyone`\n::error::', '09:30', 'failure'));
  expect(wordsOf(outcomeOf(rule, facts))[0]).toContain('`ˋ@everyoneˋ\\u{a}::error::`');
});

test.each([
  ['all passed', withChecks(check('a', '09:30', 'success')), 'pass'],
  ['one was running and passed', withChecks(check('a', '10:30', 'success')), 'pass'],
  ['one was cancelled', withChecks(check('a', '09:30', 'neutral')), 'pass'],
  [
    'none had begun',
    withChecks({ name: 'a', startedAt: at('10:01'), completedAt: at('10:30'), result: 'failure' }),
    'not-applicable',
  ],
  ['there are none', withChecks(), 'not-applicable'],
  ['nobody has approved', reviewFacts([], { checks: [] }), 'not-applicable'],
  ['they were not read', approved(undefined), 'not-available'],
  ['they were refused', approved(unavailable('the token lacks checks: read')), 'not-available'],
  [
    'those of the approved commit were not read',
    approved([{ commit: 'b'.repeat(40), checks: [] }]),
    'not-available',
  ],
])('%s: %#', (_, facts, verdict) => {
  expect(verdictOf(rule, facts)).toBe(verdict);
});

test('a bot’s pull request is not judged', () => {
  const facts = withChecks(check('a', '09:30', 'failure'));
  expect(verdictOf(rule, facts, { pullRequest: pullRequest({ author: person('x', 'bot') }) })).toBe(
    'not-applicable',
  );
});
