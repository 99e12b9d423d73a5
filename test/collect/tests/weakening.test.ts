import { describe, expect, it } from 'vitest';
import { isCoverageSetting } from '../../../src/collect/tests/coverage-settings.ts';
import { excludesOf, type TwoTexts, testFileOf } from '../../../src/collect/tests/weakening.ts';
import type { ChangedFile } from '../../../src/core/change.ts';
import { weakenedTests } from '../../../src/coverage/measure/weakened-tests.ts';
import { changedFile } from '../../coverage/coverage-facts-for.ts';

function two(path: string, base: string, head: string, more: Partial<ChangedFile> = {}): TwoTexts {
  return { file: changedFile(path, [], more), base, head };
}

function lost(...texts: readonly TwoTexts[]) {
  const seen = weakenedTests(texts.flatMap(testFileOf));
  const names = (list: typeof seen.deleted) => list.map(({ test }) => test.name);
  return {
    deleted: names(seen.deleted),
    skipped: names(seen.skipped),
    focused: names(seen.focused),
    gone: seen.assertionsGone,
  };
}

const go = (name: string, body: string) => `func ${name}(t *testing.T) {\n${body}\n}\n`;
const java = (name: string, body: string, marks = '@Test') => `${marks} void ${name}() {\n${body}\n}\n`;
const ruby = (name: string, body: string, word = 'it') => `${word} '${name}' do\n  ${body}\nend\n`;

describe('what stands around tests', () => {
  it('is looked through for what checks, without imports, comments and the tests themselves', () => {
    const text = (more: string) =>
      `import { expect, it } from 'vitest';\n// expect(x)\nfunction check(x) {\n  expect(x).toBe(1);\n${more}}\nit('a', () => {\n  expect(1).toBe(1);\n});\n`;
    const [file] = testFileOf(two('a.test.ts', text(''), text('  assert(x);\n  assert.equal(x, 1);\n')));
    expect(file?.helperChecks).toEqual({ base: 1, head: 3 });
  });
});

describe('what a changed test file loses', () => {
  it('is read in Go', () => {
    const base =
      go('TestA', 'require.NoError(t, err)\nassert.Equal(t, 1, x)') +
      go('TestB', 'f(2)') +
      go('TestC', 'f(3)');
    const head = go('TestA', '_ = err') + go('TestB', 't.Skip("flaky")\nf(2)');
    expect(lost(two('cart_test.go', base, head))).toEqual({
      deleted: ['TestC'],
      skipped: ['TestB'],
      focused: [],
      gone: 2,
    });
  });

  it('is read in Java and Kotlin', () => {
    const within = (methods: string) => `class T {\n${methods}}`;
    const base = within(
      java('a', 'assertEquals(1, x);\nassertTrue(y);') + java('b', 'f(2);') + java('c', 'f(3);'),
    );
    const head = within(java('a', 'f(x);') + java('b', 'f(2);', '@Disabled @Test'));
    const expected = { deleted: ['T > c'], skipped: ['T > b'], focused: [], gone: 2 };
    expect(lost(two('src/test/java/shop/CartTest.java', base, head))).toEqual(expected);
    expect(
      lost(
        two('src/test/kotlin/CartTest.kt', base.replaceAll('void', 'fun'), head.replaceAll('void', 'fun')),
      ),
    ).toEqual(expected);
  });

  it('is read in Ruby', () => {
    const base =
      ruby('a', 'expect(x).to eq 1\n  expect(y).to eq 2') +
      ruby('b', 'f 2') +
      ruby('c', 'f 3') +
      ruby('d', 'f 4');
    const head = ruby('a', 'f x') + ruby('b', 'f 2', 'xit') + ruby('d', 'f 4', 'fit');
    expect(lost(two('spec/cart_spec.rb', base, head))).toEqual({
      deleted: ['c'],
      skipped: ['b'],
      focused: ['d'],
      gone: 2,
    });
  });

  it('is nothing when a test goes to another file', () => {
    expect(
      lost(
        two('a_test.go', go('TestA', 'f(1)') + go('TestB', 'f(2)'), go('TestA', 'f(1)')),
        two('b_test.go', '', go('TestRenamed', 'f(2)'), { status: 'added' }),
      ),
    ).toEqual({ deleted: [], skipped: [], focused: [], gone: 0 });
  });

  it('is all of it when the file stops being a test', () => {
    const file = two('lib/cart.rb', ruby('a', 'f 1'), ruby('a', 'f 1'), {
      status: 'renamed',
      previousPath: 'spec/cart_spec.rb',
    });
    expect(lost(file).deleted).toEqual(['a']);
    expect(testFileOf(file)[0]?.path).toBe('spec/cart_spec.rb');
  });

  it('is not looked for in a source file, nor in a language that is not read', () => {
    expect(testFileOf(two('cart.go', go('TestA', ''), ''))).toEqual([]);
    expect(testFileOf(two('cart_test.ex', 'test "a" do\nend', ''))).toEqual([]);
  });
});

describe('paths that settings leave out of the report', () => {
  const vitest = (...patterns: readonly string[]) =>
    `export default { test: { coverage: { exclude: ${JSON.stringify(patterns)} } } };`;

  it('are those that were not left out before', () => {
    expect(excludesOf([two('vitest.config.ts', vitest('a/**'), vitest('a/**', 'b/**'))])).toEqual([
      { path: 'vitest.config.ts', pattern: 'b/**', line: 1 },
    ]);
  });

  it.each<[string, TwoTexts[]]>([
    ['one took the place of another', [two('vitest.config.ts', vitest('a/**'), vitest('b/**'))]],
    ['they are sorted anew', [two('vitest.config.ts', vitest('a', 'b'), vitest('b', 'a'))]],
    [
      'they name tests alone',
      [two('vitest.config.ts', vitest('a'), vitest('a', '**/*.spec.ts', 'test/**', '**/__tests__/**'))],
    ],
    ['fewer are left out', [two('vitest.config.ts', vitest('a', 'b'), vitest('a'))]],
    [
      'coverage is set up for the first time',
      [two('vitest.config.ts', '', vitest('a'), { status: 'added' })],
    ],
    [
      'they went from one file to another',
      [
        two('.nycrc', '{ "exclude": ["a"] }', '', { status: 'deleted' }),
        two('vitest.config.ts', vitest('b'), vitest('b', 'a')),
      ],
    ],
  ])('are none when %s', (_, texts) => {
    expect(excludesOf(texts)).toEqual([]);
  });

  it('stand in files that are asked for', () => {
    for (const path of ['vitest.config.ts', '.coveragerc', 'codecov.yml', 'pom.xml', 'app/build.gradle.kts'])
      expect(isCoverageSetting(path)).toBe(true);
    expect(isCoverageSetting('src/cart.ts')).toBe(false);
  });
});
