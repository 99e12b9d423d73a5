import { expect, test } from 'vitest';
import { withoutTestsOfGoneCode } from '../../../src/collect/tests/code-gone.ts';
import { type TwoTexts, testFileOf } from '../../../src/collect/tests/weakening.ts';
import { weakenedTests } from '../../../src/coverage/measure/weakened-tests.ts';
import { changedFile } from '../../coverage/coverage-facts-for.ts';

function two(path: string, base: string, head: string): TwoTexts {
  return { file: changedFile(path, []), base, head };
}

/** Names of the tests that are spoken of as deleted. */
function deleted(tests: TwoTexts, ...sources: readonly TwoTexts[]): readonly string[] {
  const read = testFileOf(tests).map((file) => ({ file, base: tests.base, head: tests.head }));
  return weakenedTests(withoutTestsOfGoneCode(read, sources)).deleted.map((one) => one.test.name);
}

const kept = 'def test_kept():\n    assert total(cart)\n';

test('a test goes with an argument, a member or a constant that nothing knows any more', () => {
  const tests = [
    'def test_mode():\n    assert Proxy(url, mode="x")\n',
    'def test_member():\n    assert cart.invoked_subcommands\n',
    'def test_constant():\n    assert warned(COMPILER_V_BIND)\n',
    'def test_other():\n    assert total(cart, lines)\n',
  ];
  const source = two(
    'src/cart.py',
    'COMPILER_V_BIND = 1\nclass A:\n    invoked_subcommands = property(f)\nB = Proxy(url, mode="DEFAULT")\nlines = 1\n',
    'class A:\n    pass\nB = Proxy(url)\n',
  );
  expect(deleted(two('test_cart.py', kept + tests.join(''), kept), source)).toEqual(['test_other']);
});

test('a test is spoken of where its file or the sources still know the name', () => {
  const mode = 'def test_mode():\n    assert Proxy(url, mode="x")\n';
  const source = two('src/cart.py', 'B = Proxy(url, mode="DEFAULT")\n', 'B = Proxy(url)\n');
  const stays = 'def test_kept():\n    assert Proxy(url, mode="y")\n';
  expect(deleted(two('test_cart.py', stays + mode, stays), source)).toEqual(['test_mode']);
  const moved = two('src/other.py', '', 'B = Proxy(url, mode="DEFAULT")\n');
  expect(deleted(two('test_cart.py', kept + mode, kept), source, moved)).toEqual(['test_mode']);
});

test('a block whose head names code that is gone goes whole, and a block of which something stays does not', () => {
  const block = (head: string, ...names: readonly string[]) =>
    `class TestOrdered:\n    ${head}\n${names.map((name) => `    def ${name}(self):\n        assert self.storage()\n`).join('')}`;
  const source = two('src/cart.py', 'class OrderedDict:\n    pass\n', 'x = 1\n');
  const gone = block('storage = OrderedDict', 'test_a', 'test_b');
  expect(deleted(two('test_cart.py', kept + gone, kept), source)).toEqual([]);
  const other = block('storage = dict', 'test_a', 'test_b');
  expect(deleted(two('test_cart.py', kept + other, kept), source)).toEqual([
    'TestOrdered > test_a',
    'TestOrdered > test_b',
  ]);
  const left = block('storage = dict', 'test_b');
  expect(deleted(two('test_cart.py', kept + gone, kept + left), source)).toEqual(['TestOrdered > test_a']);
});
