import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { unavailable } from '../../../src/core/part.ts';
import type { TestCase, TestFacts } from '../../../src/core/test-facts.ts';
import { testsWeakened } from '../../../src/coverage/rules/tests-weakened.ts';
import { baseCoverage, comparedFacts, ledger } from '../comparison-facts.ts';
import { changedFile, changeOf } from '../coverage-facts-for.ts';

function test(name: string, more: Partial<TestCase> = {}): TestCase {
  return { name, lines: { start: 5, end: 9 }, assertions: 4, state: 'runs', body: name, ...more };
}

function tests(
  base: readonly TestCase[],
  head: readonly TestCase[],
  more: Partial<TestFacts> = {},
): TestFacts {
  const files = [{ path: 'test/cart.test.ts', framework: 'jest or vitest', base, head } as const];
  return { files, pragmas: [], thresholds: [], notRead: [], ...more };
}

function outcome(facts: Partial<Facts>) {
  return evaluate({ ...comparedFacts({}), ...facts }, [testsWeakened])[0]?.outcome;
}

function finding(facts: Partial<Facts>) {
  const found = outcome(facts);
  if (found?.kind !== 'findings') throw new Error(JSON.stringify(found));
  return found.findings[0];
}

describe('tests that check less', () => {
  it('are one finding with everything that was taken away', () => {
    const facts = {
      tests: tests(
        [test('adds up'), test('is empty'), test('is paid'), test('is sent', { assertions: 5 })],
        [
          test('is empty', { state: 'skipped' }),
          test('is paid', { state: 'focused' }),
          test('is sent', { assertions: 1 }),
        ],
        {
          pragmas: [{ path: 'src/cart.ts', more: 2, line: 7 }],
          thresholds: [{ path: 'vitest.config.ts', name: 'lines', before: 90, after: 80 }],
        },
      ),
    };
    expect(finding(facts)).toMatchObject({
      level: 'warning',
      confidence: 'high',
      place: { path: 'test/cart.test.ts', line: 5, side: 'head' },
      observation:
        'The change takes away from the tests: 1 test deleted (`adds up`); 1 test skipped (`is empty`); 1 test focused, so that others stay out (`is paid`); 4 assertions fewer in tests that remain; 2 comments added that take code out of the coverage report; the threshold `lines` lowered from 90 to 80.',
      impact: 'The code they checked remains, and a report of coverage may not show the difference.',
      action: 'Is what they checked still checked somewhere?',
    });
  });

  it('are joined with what the report shows', () => {
    const own = ledger({ base: { ran: 90, lines: 100 }, indirect: { ran: -20, lines: -14 } });
    const base = baseCoverage({
      ledger: own,
      lostLines: [{ path: 'a.ts', ranges: [{ start: 1, end: 6 }], flaky: 0 }],
    });
    const facts = { ...comparedFacts({ base }), tests: tests([test('adds up')], []) };
    expect(finding(facts)).toMatchObject({
      confidence: 'medium',
      place: { path: 'test/cart.test.ts', line: 5, side: 'base' },
      impact:
        'The code they checked remains: 6 unchanged lines run no more, and 14 lines left the denominator.',
    });
  });

  it('are not claimed to show in a report that does not change', () => {
    const facts = { ...comparedFacts({ base: baseCoverage() }), tests: tests([test('adds up')], []) };
    expect(finding(facts)?.impact).toBe(
      'The code they checked remains, and the coverage report does not show the difference.',
    );
  });

  it('are not claimed to show in a report that is not there', () => {
    expect(finding({ coverage: unavailable('none'), tests: tests([test('adds up')], []) })?.impact).toBe(
      'The code they checked remains, and a report of coverage may not show the difference.',
    );
  });
});

describe('nothing is said', () => {
  it('of a test whose source file is deleted too', () => {
    const change = changeOf([changedFile('src/cart.ts', [], { status: 'deleted' })]);
    expect(outcome({ change, tests: tests([test('adds up')], []) })).toEqual({
      kind: 'pass',
      seen: '0 tests in 1 changed test file check no less than before',
    });
  });

  it('of two assertions fewer, and three are named', () => {
    const facts = (left: number) => ({ tests: tests([test('a')], [test('a', { assertions: left })]) });
    expect(outcome(facts(2))?.kind).toBe('pass');
    expect(outcome(facts(1))?.kind).toBe('findings');
  });

  it('of a change without tests, comments and thresholds', () => {
    expect(outcome({ tests: tests([], [], { files: [] }) })).toEqual({
      kind: 'not-applicable',
      reason:
        'the change touches no test file of jest, vitest or pytest, no ignore comment and no coverage threshold',
    });
  });

  it('when the files could not be read, and the reason is given', () => {
    expect(outcome({ tests: unavailable('git is gone') })).toEqual({
      kind: 'not-available',
      reason: 'git is gone',
    });
    expect(outcome({})).toEqual({ kind: 'not-available', reason: 'the tests of the change were not read' });
  });
});
