import { describe, expect, it } from 'vitest';
import { createPeople } from '../../../src/collect/people.ts';
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

const commit = {
  id: 'c'.repeat(40),
  parents: ['b'.repeat(40)],
  author: createPeople('salt')({ login: 'ada' }),
  committedAt: '2026-11-20T10:00:00Z',
  body: '',
};

function outcome(facts: Partial<Facts>) {
  return evaluate({ ...comparedFacts({}), ...facts }, [testsWeakened])[0]?.outcome;
}

function finding(facts: Partial<Facts>) {
  const found = outcome(facts);
  if (found?.kind !== 'findings') throw new Error(JSON.stringify(found));
  return found.findings[0];
}

describe('tests that check less', () => {
  it('are those of what is taken back where every commit is a revert', () => {
    const { change } = comparedFacts({});
    const commits = (...subjects: readonly string[]) => subjects.map((subject) => ({ ...commit, subject }));
    const facts = (...subjects: readonly string[]) => ({
      tests: tests([test('adds up')], []),
      change: { ...change, commits: commits(...subjects) },
    });
    expect(outcome(facts('Revert "Add up"', 'revert(cart): add up'))).toEqual({
      kind: 'not-applicable',
      reason: 'the change takes another one back, with its tests',
    });
    expect(outcome(facts('Revert "Add up"', 'Add up otherwise'))?.kind).toBe('findings');
    expect(outcome(facts('revert the numbers'))?.kind).toBe('findings');
    const merge = { ...commit, parents: [commit.id, commit.id], subject: 'Merge branch main' };
    const merged = { tests: tests([test('adds up')], []), change: { ...change, commits: [merge] } };
    expect(outcome(merged)?.kind).toBe('findings');
  });

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
        'The change takes away from the tests: 1 test deleted; 1 test skipped; 1 test focused, which keeps others out; 4 fewer assertions in tests that remain; 2 more comments that take code out of the report; the threshold `lines` lowered from 90 to 80.',
      impact: 'The code they checked remains, and a coverage report may not show the difference.',
      action: 'Is what they checked still checked somewhere?',
    });
  });

  it('are named from a whole word on', () => {
    const name =
      'Spree::LineItem when calculating a weight saves final_weight_volume without rounding to 2 decimal places';
    expect(finding({ tests: tests([test(name)], []) })?.observation).toBe(
      'The change takes away from the tests: 1 test deleted (`…final_weight_volume without rounding to 2 decimal places`).',
    );
  });

  it('are one or several: the words follow the number', () => {
    expect(finding({ tests: tests([test('a'), test('b')], [test('b')]) })).toMatchObject({
      observation: 'The change takes away from the tests: 1 test deleted (`a`).',
      impact: 'The code it checked remains, and a coverage report may not show the difference.',
      action: 'Is what it checked still checked somewhere?',
    });
  });

  it('are named where there are at most two kinds of them, by the end of their names', () => {
    const long = 'cart > when it is empty and the customer has never bought anything > is free';
    const base = [test(long), test('b'), test('c', { assertions: 9 })];
    const two = tests(base, [test('c', { assertions: 9, state: 'skipped' })]);
    expect(finding({ tests: two })?.observation).toBe(
      'The change takes away from the tests: 2 tests deleted (`…customer has never bought anything > is free`, …); 1 test skipped (`c`).',
    );
    const three = tests(base, [test('c', { assertions: 4, state: 'skipped' })]);
    expect(finding({ tests: three })?.observation).toBe(
      'The change takes away from the tests: 2 tests deleted; 1 test skipped; 5 fewer assertions in tests that remain.',
    );
  });

  it('are told in at most 80 words, however many kinds there are and however they are named', () => {
    const named = (name: string, more: Partial<TestCase> = {}) => test(`${name} ${'a '.repeat(99)}`, more);
    const own = ledger({ base: { ran: 90, lines: 100 }, indirect: { ran: -20, lines: -14 } });
    const base = baseCoverage({
      ledger: own,
      lostLines: [{ path: 'a.ts', ranges: [{ start: 1, end: 6 }], flaky: 0 }],
    });
    const before = ['deleted', 'skipped', 'focused', 'loosened'].map((name) => named(name));
    const all = tests(
      before,
      [
        named('skipped', { state: 'skipped' }),
        named('focused', { state: 'focused' }),
        named('loosened', { assertions: 0 }),
      ],
      {
        pragmas: [{ path: 'a.ts', more: 3 }],
        excludes: [{ path: 'b.ts', pattern: 'x y', line: 1 }],
        thresholds: [{ path: 'b.ts', name: 'lines', before: 90, after: 80.5 }],
      },
    );
    for (const given of [all, tests(before, []), tests(before, [named('skipped', { state: 'skipped' })])]) {
      const { observation, impact, action } = finding({ ...comparedFacts({ base }), tests: given }) ?? {};
      expect(`${observation} ${impact} ${action}`.split(/\s+/).length).toBeLessThanOrEqual(80);
    }
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
        'The code it checked remains: 6 unchanged lines run no more, and 14 lines are no longer counted.',
    });
  });

  it('are not claimed to show in a report that does not change', () => {
    const facts = { ...comparedFacts({ base: baseCoverage() }), tests: tests([test('adds up')], []) };
    expect(finding(facts)?.impact).toBe(
      'The code it checked remains, and the coverage report does not show the difference.',
    );
  });

  it('are not claimed to show in a report that is not there', () => {
    expect(finding({ coverage: unavailable('none'), tests: tests([test('adds up')], []) })?.impact).toBe(
      'The code it checked remains, and a coverage report may not show the difference.',
    );
  });
});

describe('settings that measure less', () => {
  const own = ledger({
    base: { ran: 90, lines: 100 },
    indirect: { ran: -2, lines: -4 },
    unmapped: { ran: -3, lines: -10 },
  });
  const excludes = [
    { path: 'vitest.config.ts', pattern: 'src/cli/**', line: 9 },
    { path: 'vitest.config.ts', pattern: 'src/main.ts', line: 10 },
  ];

  it('are named with the first path that is left out and the lines that are no longer counted', () => {
    const facts = {
      ...comparedFacts({ base: baseCoverage({ ledger: own }) }),
      tests: tests([], [], { files: [], excludes }),
    };
    expect(finding(facts)).toMatchObject({
      confidence: 'high',
      place: { path: 'vitest.config.ts', line: 9, side: 'head' },
      otherPlaces: [{ path: 'vitest.config.ts', line: 10, side: 'head' }],
      observation:
        'The change takes away from what is measured: 2 more exclusions from the report (`src/cli/**`, …).',
      impact: 'The percentage speaks of less code than before: 14 lines are no longer counted.',
      action: 'Is this code to go without tests on purpose?',
    });
  });

  it('do not explain files that are missing for another reason', () => {
    const base = baseCoverage({ ledger: own });
    const pragmas = [{ path: 'src/a.ts', more: 1, line: 3 }];
    expect(
      finding({ ...comparedFacts({ base }), tests: tests([], [], { files: [], pragmas }) })?.impact,
    ).toBe('The percentage speaks of less code than before: 4 lines are no longer counted.');
  });

  it('are said without a report too', () => {
    const facts = { coverage: unavailable('none'), tests: tests([], [], { files: [], excludes }) };
    expect(finding(facts)?.impact).toBe('The percentage speaks of less code than before.');
  });
});

describe('a threshold that is lowered', () => {
  it('alone is asked about as a threshold', () => {
    const thresholds = [{ path: 'codecov.yml', name: 'target', before: 85, after: 80 }];
    expect(finding({ tests: tests([], [], { files: [], thresholds }) })).toMatchObject({
      place: { path: 'codecov.yml' },
      observation:
        'The change takes away from what is asked of coverage: the threshold `target` lowered from 85 to 80.',
      impact: 'A run that covers less than before passes now.',
      action: 'Is the lower threshold to stay?',
    });
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
        'the change touches no test file that is read, no ignore comment, no exclusion and no coverage threshold',
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
