import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { unavailable } from '../../../src/core/part.ts';
import type { TestHabit } from '../../../src/core/test-facts.ts';
import { sourceChangedWithoutTests } from '../../../src/coverage/rules/source-changed-without-tests.ts';
import { comparedFacts } from '../comparison-facts.ts';
import { changedFile, changeOf } from '../coverage-facts-for.ts';

const none = unavailable('no coverage report was found');

function facts(habits: readonly TestHabit[], lines = 20, more: Partial<Facts> = {}): Facts {
  return {
    ...comparedFacts({}),
    coverage: none,
    change: changeOf([changedFile('src/cart.ts', [{ start: 3, end: lines + 2 }])]),
    tests: { files: [], pragmas: [], thresholds: [], notRead: [], habits },
    ...more,
  };
}

function outcome(given: Facts) {
  return evaluate(given, [sourceChangedWithoutTests])[0]?.outcome;
}

const habit: TestHabit = { path: 'src/cart.ts', changes: 10, withTests: 7, test: 'test/cart.test.ts' };

describe('source that changes alone against its habit', () => {
  it('is named with the habit, and nothing is claimed about coverage', () => {
    const found = outcome(facts([habit]));
    expect(found?.kind === 'findings' && found.findings[0]).toMatchObject({
      level: 'notice',
      confidence: 'medium',
      place: { path: 'src/cart.ts', line: 3, side: 'head' },
      observation: 'The change adds 20 lines to `src/cart.ts` and touches no test.',
      impact:
        'Of its last 10 changes, 7 came with tests. There is no coverage report, so whether tests run these lines is unknown.',
      action: 'Is this change checked in `test/cart.test.ts`, which changed with it most often?',
    });
  });

  it('is told with the others of its kind, and the habit is that of the first', () => {
    const change = changeOf(
      ['src/cart.ts', 'src/mail.ts'].map((path) => changedFile(path, [{ start: 1, end: 1500 }])),
    );
    const both = outcome(facts([habit, { ...habit, path: 'src/mail.ts', changes: 9 }], 20, { change }));
    expect(both?.kind === 'findings' && both.findings[0]).toMatchObject({
      observation:
        'The change adds 3,000 lines to `src/mail.ts` and 1 more file like it, and touches no test.',
      impact:
        'Of the first one’s last 9 changes, 7 came with tests. There is no coverage report, so whether tests run these lines is unknown.',
    });
  });

  it('needs 20 added lines, 5 earlier changes and 7 of 10 of them with tests', () => {
    expect(outcome(facts([habit], 19))?.kind).toBe('pass');
    expect(outcome(facts([{ ...habit, withTests: 6 }]))?.kind).toBe('pass');
    expect(outcome(facts([{ ...habit, changes: 4, withTests: 4 }]))).toEqual({
      kind: 'not-applicable',
      reason: 'no changed source file was changed 5 times in the half year before',
    });
    const five = outcome(facts([{ ...habit, changes: 5, withTests: 5 }]));
    expect(five?.kind === 'findings' && five.findings[0]?.confidence).toBe('low');
  });
});

describe('nothing is said', () => {
  it('when a coverage report was read', () => {
    expect(outcome(facts([habit], 20, { coverage: comparedFacts({}).coverage }))).toEqual({
      kind: 'not-applicable',
      reason: 'a coverage report was read, which says more',
    });
  });

  it('when the change touches a test', () => {
    const change = changeOf([
      changedFile('src/cart.ts', [{ start: 1, end: 30 }]),
      changedFile('test/mail.test.ts', [{ start: 1, end: 1 }]),
    ]);
    expect(outcome(facts([habit], 20, { change }))).toEqual({
      kind: 'pass',
      seen: 'the change touches 1 test file',
    });
  });
});
