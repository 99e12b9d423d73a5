import { expect, test } from 'vitest';
import type { Check } from '../../../src/core/review-facts.ts';
import { approvalBeforeChecks } from '../../../src/review/measure/approval-before-checks.ts';
import { at, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

const commit = 'a'.repeat(40);
const facts = reviewFacts([review(reviewer, 'approved', '10:00', { commit })]);

function kindOf(check: Partial<Check>): string {
  const checks = [{ name: 'build', result: 'success', ...check } as Check];
  const found = approvalBeforeChecks(facts, [{ commit, checks }]);
  if (!found || found.begun.length === 0) return 'not begun';
  if (found.failed.length > 0) return 'failed';
  if (found.failedAfterwards.length > 0) return 'failed afterwards';
  return found.running.length > 0 ? 'running' : 'passed';
}

test.each<[Partial<Check>, string]>([
  [{ startedAt: at('09:00'), completedAt: at('09:30') }, 'passed'],
  [{ startedAt: at('09:00'), completedAt: at('10:00') }, 'passed'],
  [{ startedAt: at('09:00'), completedAt: at('10:00:01') }, 'running'],
  [{ startedAt: at('09:00'), result: 'running' }, 'running'],
  [{ startedAt: at('09:00'), completedAt: at('09:30'), result: 'failure' }, 'failed'],
  [{ startedAt: at('09:00'), completedAt: at('10:30'), result: 'failure' }, 'failed afterwards'],
  [{ startedAt: at('10:00'), completedAt: at('10:30'), result: 'failure' }, 'failed afterwards'],
  [{ startedAt: at('10:00:01'), completedAt: at('10:30'), result: 'failure' }, 'not begun'],
  [{ completedAt: at('09:30'), result: 'failure' }, 'failed'],
  [{ completedAt: at('10:30'), result: 'failure' }, 'not begun'],
  [{ result: 'running' }, 'not begun'],
  [
    { name: 'Review Vitals', startedAt: at('09:00'), completedAt: at('09:30'), result: 'failure' },
    'not begun',
  ],
  [
    { name: 'Review Vitals (staging)', startedAt: at('09:00'), completedAt: at('09:30'), result: 'failure' },
    'not begun',
  ],
  [{ startedAt: at('09:00'), completedAt: at('09:30'), result: 'neutral' }, 'passed'],
])('a check %j stands as %s when the approval is given at 10:00', (check, kind) => {
  expect(kindOf(check)).toBe(kind);
});

test('checks of another commit say nothing about the approved one', () => {
  expect(approvalBeforeChecks(facts, [{ commit: 'b'.repeat(40), checks: [] }])).toBeUndefined();
});

test('a bot’s approval is none', () => {
  const bots = reviewFacts([review(robot, 'approved', '10:00', { commit })]);
  expect(approvalBeforeChecks(bots, [{ commit, checks: [] }])).toBeUndefined();
});
