import { describe, expect, it } from 'vitest';
import { goTests } from '../../../../src/coverage/formats/tests/go-tests.ts';

function seen(text: string) {
  return goTests(text).map(({ name, assertions, state }) => [name, assertions, state]);
}

describe('the tests of a Go file', () => {
  it('are functions and suite methods, with what they check', () => {
    const text = `package cart

import "testing"

// func TestNot(t *testing.T) {}
func TestMain(m *testing.M) { os.Exit(m.Run()) }

func helper(t *testing.T) { t.Fatal("not a test") }

func TestTotal(t *testing.T) {
	if got := total(cart); got != 3 {
		t.Errorf("total = %d; want { %q", got, '"')
	}
	assert.Equal(t, 3, total(cart))
	require.NoError(t, err)
	log.Fatal("no check")
	fmt.Errorf("no check")
	err.Error()
}

func (s *CartSuite) TestEmpty() {
	s.Require().NoError(err)
	s.Equal(0, total(s.cart))
	s.T().Fatal("x")
	s.setUp()
	s.Require()
	test.AssertEquals(t, 1, total(s.cart))
}

func Testable() {}

func FuzzParse(f *testing.F) { Expect(x).To(Equal(1)) }
`;
    expect(seen(text)).toEqual([
      ['TestTotal', 3, 'runs'],
      ['TestEmpty', 4, 'runs'],
      ['FuzzParse', 1, 'runs'],
    ]);
    expect(goTests(text)[0]?.lines).toEqual({ start: 10, end: 19 });
  });

  it('have subtests with a literal name as tests of their own, and count those of a table with the test', () => {
    const text = `func TestCart(t *testing.T) {
	t.Run("adds up", func(t *testing.T) {
		assert.True(t, ok)
		t.Run("deep", func(t *testing.T) { t.Fatal() })
	})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.True(t, ok); assert.Len(t, x, 1) })
	}
}`;
    expect(seen(text)).toEqual([
      ['TestCart', 2, 'runs'],
      ['TestCart > adds up', 1, 'runs'],
      ['TestCart > adds up > deep', 1, 'runs'],
    ]);
  });

  it.each([
    ['t.Skip("flaky")', 'skipped'],
    ['t.SkipNow()', 'skipped'],
    ['s.T().Skip()', 'skipped'],
    ['if testing.Short() { t.Skip() }', 'runs'],
    ['// t.Skip()', 'runs'],
    ['_ = `t.Skip()`', 'runs'],
  ])('with %j is %s', (body, state) => {
    expect(goTests(`func TestA(t *testing.T) {\n${body}\n}`)[0]?.state).toBe(state);
  });

  it('have the same body when only layout and comments differ', () => {
    const [one, two, other] = ['{ f(1) }', '{\n  // why\n\tf( 1 )\n}', '{ f(2) }'].map(
      (body) => goTests(`func TestA(t *testing.T) ${body}`)[0]?.body,
    );
    expect(two).toBe(one);
    expect(other).not.toBe(one);
  });

  it('are read from functions with type parameters and results too, and none from a declaration', () => {
    expect(seen('func TestA[T any](t *testing.T) (a []int, err *x.Error) { t.Fail() }')).toEqual([
      ['TestA', 1, 'runs'],
    ]);
    expect(seen('func TestA(t *testing.T)\nvar x = struct{}{}')).toEqual([]);
  });

  it('are read in time that grows with the text, however deep it nests', () => {
    const started = performance.now();
    goTests(`func TestA(t *testing.T) {${'t.Run("a",func(t *testing.T){'.repeat(3_000)}`);
    goTests('func TestA('.repeat(5_000));
    goTests(`func TestA(t *testing.T) {${'t.'.repeat(20_000)}`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
