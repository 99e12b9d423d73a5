import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manyCases } from '../../../../src/core/test-facts.ts';
import { pythonTests } from '../../../../src/coverage/formats/tests/python-tests.ts';

function seen(text: string) {
  return pythonTests(text).map(({ name, assertions, state }) => [name, assertions, state]);
}

describe('the tests of a pytest file', () => {
  it('are functions called test, alone or in classes, with what they check', () => {
    const text = `import pytest

def helper():
    def test_inside(): pass

def test_total(cart):
    """assert is a word here"""
    assert cart.total == 3  # assert nothing
    with pytest.raises(ValueError):
        cart.add(
            None,
        )
    mock.assert_called_once_with("assert x")

class TestCart(unittest.TestCase):
    async def test_empty(self):
        self.assertEqual(self.cart, [])
        if True: assert True

def test_one(): assert 1
`;
    expect(seen(text)).toEqual([
      ['test_total', 3, 'runs'],
      ['TestCart > test_empty', 2, 'runs'],
      ['test_one', 1, 'runs'],
    ]);
    expect(pythonTests(text)[0]?.lines).toEqual({ start: 6, end: 13 });
  });

  it.each([
    ['@pytest.mark.parametrize("a", [\n  (1, 2),\n  (3, 4),\n])', 2],
    ['@pytest.mark.parametrize(("a", "b"), [(1, [2]), (3, 4), (5, 6)])', 3],
    ['@pytest.mark.parametrize("a", [1, 2])\n@pytest.mark.parametrize("b", (3, 4, 5,))', 6],
    ['@pytest.mark.parametrize(argnames="a", argvalues=[1, 2, 3])', 3],
    ['@pytest.mark.parametrize("a", all_carts())', manyCases],
    ['@pytest.mark.parametrize("a", [f(x) for x in carts])', 1],
    ['@pytest.mark.slow', undefined],
  ])('under %j run so many times: %j', (marks, cases) => {
    const [one] = pythonTests(`${marks}\ndef test_a(a): assert a`);
    expect(one?.cases).toBe(cases === 1 ? undefined : cases);
    const [within] = pythonTests(`${marks}\nclass TestA:\n    def test_a(self, a): assert a`);
    expect(within?.cases).toBe(cases === 1 ? undefined : cases);
  });

  it.each([
    ['@pytest.mark.skip(reason="later")\ndef test_a(): pass', 'skipped'],
    ['@pytest.mark.xfail\ndef test_a(): pass', 'skipped'],
    ['@unittest.skip("x")\ndef test_a(): pass', 'skipped'],
    ['@pytest.mark.skip\nclass TestA:\n    def test_a(self): pass', 'skipped'],
    ['def test_a():\n    pytest.skip("later")\n    assert x', 'skipped'],
    ['def test_a():\n    if x:\n        pytest.skip("later")\n    assert x', 'runs'],
    ['@pytest.mark.skipif(sys.platform == "win32", reason="x")\ndef test_a(): pass', 'runs'],
    ['@pytest.mark.parametrize("a", [\n  1,\n  2,\n])\ndef test_a(a): assert a', 'runs'],
  ])('%j is %s', (text, state) => {
    expect(pythonTests(text).map((test) => test.state)).toEqual([state]);
  });

  it('are not read from strings and comments', () => {
    expect(seen("x = '''\ndef test_a():\n    assert 1\n'''\n# def test_b(): pass\n")).toEqual([]);
  });

  it('of any text are read without an error', () => {
    const piece = fc.constantFrom(
      'def test_',
      '():',
      '\n',
      '    ',
      '"""',
      "'",
      '#',
      '(',
      ')',
      'assert ',
      '@',
      'class A:',
      '\\\n',
      '\t',
    );
    fc.assert(
      fc.property(
        fc
          .array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 40 })
          .map((parts) => parts.join('')),
        (text) => {
          for (const { lines } of pythonTests(text)) expect(lines.end).toBeGreaterThanOrEqual(lines.start);
        },
      ),
    );
  });
});
