import { describe, expect, it } from 'vitest';
import type { ChangedTestFile, TestCase } from '../../../src/core/test-facts.ts';
import { weakenedTests } from '../../../src/coverage/measure/weakened-tests.ts';

function test(name: string, more: Partial<TestCase> = {}): TestCase {
  return {
    name,
    lines: { start: 1, end: 3 },
    assertions: 2,
    state: 'runs',
    body: `body of ${name}`,
    ...more,
  };
}

function file(path: string, base: readonly TestCase[], head: readonly TestCase[]): ChangedTestFile {
  return { path, framework: 'jest or vitest', base, head };
}

function names(files: readonly ChangedTestFile[]) {
  const seen = weakenedTests(files);
  const list = (of: 'deleted' | 'skipped' | 'focused' | 'loosened') => seen[of].map((one) => one.test.name);
  return {
    deleted: list('deleted'),
    skipped: list('skipped'),
    focused: list('focused'),
    loosened: list('loosened'),
    assertionsGone: seen.assertionsGone,
  };
}

const nothing = { deleted: [], skipped: [], focused: [], loosened: [], assertionsGone: 0 };

describe('what a change takes from the tests', () => {
  it('is nothing when tests are renamed, moved to another file or brought into a block', () => {
    expect(
      names([
        file(
          'a.test.ts',
          [test('one'), test('two'), test('three')],
          [test('renamed', { body: 'body of one' })],
        ),
        file('b.test.ts', [], [test('two', { body: 'edited' }), test('block > three')]),
      ]),
    ).toEqual(nothing);
  });

  it.each([
    [90, 10],
    [91, 0],
  ])('is a rewrite when nearly as many assertions come as go: %i of 100 leave %i', (come, assertionsGone) => {
    const [base, head] = [
      [test('one', { assertions: 100 }), test('two', { assertions: 0 })],
      [test('one', { assertions: 0 }), test('two', { assertions: come })],
    ];
    expect(names([file('a.test.ts', base, head)])).toMatchObject({ assertionsGone });
  });

  it('is nothing when a test that did not run is deleted or checks less', () => {
    const skipped = test('one', { state: 'skipped', assertions: 9 });
    expect(names([file('a.test.ts', [skipped], [])])).toEqual(nothing);
    expect(names([file('a.test.ts', [skipped], [{ ...skipped, assertions: 2 }])])).toEqual(nothing);
    expect(
      names([file('a.test.ts', [test('two', { assertions: 5 })], [test('two', { assertions: 1 }), skipped])]),
    ).toMatchObject({ assertionsGone: 4 });
  });

  it('is nothing when new tests of the same file that check as much take their place', () => {
    const base = [test('one', { assertions: 2 }), test('two', { assertions: 5 })];
    const others = (...checks: readonly number[]) =>
      checks.map((assertions, index) => test(`other ${index}`, { assertions }));
    expect(names([file('a.test.ts', base, others(5, 2))])).toEqual(nothing);
    // One was split in two.
    expect(names([file('a.test.ts', base, others(3, 3, 2))])).toEqual(nothing);
    expect(names([file('a.test.ts', base, others(4, 2))])).toEqual({ ...nothing, deleted: ['two'] });
    expect(names([file('a.test.ts', base, others(2, 2))])).toEqual({ ...nothing, deleted: ['two'] });
    expect(names([file('a.test.ts', base, others(9))])).toEqual({ ...nothing, deleted: ['one'] });
    const kept = test('kept');
    expect(names([file('a.test.ts', [...base, kept], [kept]), file('b.test.ts', [], others(5, 2))])).toEqual({
      ...nothing,
      deleted: ['one', 'two'],
    });
  });

  it('is nothing when a file goes and new tests of its folder check as much', () => {
    const base = [test('one', { assertions: 2 }), test('two', { assertions: 5 })];
    const others = [test('three', { assertions: 5 }), test('four')];
    expect(names([file('src/a.test.ts', base, []), file('src/b.test.ts', [], others)])).toEqual(nothing);
    // As when a project goes from one framework to another.
    expect(names([file('test/a_test.rb', base, []), file('spec/a_spec.rb', [], others)])).toEqual(nothing);
    const before = test('before');
    expect(
      names([file('src/a.test.ts', base, []), file('lib/b.test.ts', [before], [before, ...others])]),
    ).toEqual({ ...nothing, deleted: ['one', 'two'] });
  });

  it('is nothing when a table of cases checks instead', () => {
    const base = [test('one', { assertions: 8 }), test('two', { assertions: 1 }), test('three')];
    const table = (cases: number) => [test('one', { assertions: 1, cases })];
    expect(names([file('a.test.ts', base, table(11))])).toEqual(nothing);
    expect(names([file('a.test.ts', base, table(9))])).toEqual({ ...nothing, deleted: ['three'] });
    expect(names([file('a.test.ts', base, table(5))])).toEqual({
      ...nothing,
      deleted: ['two', 'three'],
      loosened: ['one'],
      assertionsGone: 3,
    });
    // Fewer rows are no assertions.
    expect(names([file('a.test.ts', table(9), table(2))])).toEqual(nothing);
  });

  it('is nothing when a helper checks instead', () => {
    const [long, short] = [test('one', { assertions: 6 }), test('one', { assertions: 0 })];
    const helped = (head: number) => ({
      ...file('a.test.ts', [long], [short]),
      helperChecks: { base: 1, head },
    });
    expect(names([helped(7)])).toEqual(nothing);
    expect(names([helped(1)])).toMatchObject({ assertionsGone: 6 });
    const renamed = {
      ...file('a.test.ts', [long], [test('new', { assertions: 0 })]),
      helperChecks: { base: 0, head: 1 },
    };
    expect(names([renamed])).toEqual(nothing);
  });

  it('is nothing in files whose subject is gone', () => {
    const files = [file('a.test.ts', [test('one', { assertions: 6 }), test('two')], [test('one')])];
    expect(weakenedTests(files, (path) => path === 'a.test.ts')).toMatchObject({
      deleted: [],
      assertionsGone: 0,
    });
  });

  it('is a deleted test, also when another one is new that checks less', () => {
    expect(names([file('a.test.ts', [test('one')], [test('other', { assertions: 0 })])])).toEqual({
      ...nothing,
      deleted: ['one'],
    });
  });

  it('is a test that is skipped or focused now, and not one that was before', () => {
    const [skipped, focused] = [{ state: 'skipped' }, { state: 'focused' }] as const;
    expect(
      names([
        file(
          'a.test.ts',
          [test('one'), test('two', skipped), test('three'), test('four', focused)],
          [
            test('one', skipped),
            test('two', skipped),
            test('three', focused),
            test('four', focused),
            test('new', focused),
          ],
        ),
      ]),
    ).toEqual({ ...nothing, skipped: ['one'], focused: ['three', 'new'] });
  });

  it('is fewer assertions, less those that other tests of the change gained', () => {
    const fewer = file('a.test.ts', [test('one', { assertions: 6 })], [test('one', { assertions: 1 })]);
    expect(names([fewer])).toEqual({ ...nothing, loosened: ['one'], assertionsGone: 5 });
    expect(names([fewer, file('b.test.ts', [], [test('new', { assertions: 3 })])])).toMatchObject({
      assertionsGone: 2,
    });
    expect(names([fewer, file('b.test.ts', [], [test('new', { assertions: 5 })])])).toEqual(nothing);
  });
});
