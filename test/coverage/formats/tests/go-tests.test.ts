import { describe, expect, it } from 'vitest';
import { manyCases } from '../../../../src/core/test-facts.ts';
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

  it('run any number of times where they go through a table', () => {
    const table = 'for _, tt := range tests { t.Run(tt.name, func(t *testing.T) { assert.True(t, ok) }) }';
    expect(goTests(`func TestA(t *testing.T) { ${table} }`).map(({ cases }) => cases)).toEqual([manyCases]);
    expect(
      goTests('func TestA(t *testing.T) { t.Run("one", func(t *testing.T) { f() }) }').map(
        ({ cases }) => cases,
      ),
    ).toEqual([undefined, undefined]);
  });

  it('are specs of Ginkgo, in their blocks, with the entries of tables', () => {
    const text = `package cart_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestCart(t *testing.T) { RegisterFailHandler(Fail); RunSpecs(t, "Cart") }

var _ = Describe("Cart", Label("slow"), func() {
	BeforeEach(func() { cart = New() })
	Context("with lines", func() {
		It("adds up", func() {
			By("summing")
			Expect(cart.Total()).To(Equal(3)) // It("no", func() {})
			Eventually(cart.Total).Should(Equal(3))
		})
		FIt("rounds", func(ctx SpecContext) { Expect(1).To(Equal(1)) }, SpecTimeout(time.Second))
		PIt("waits", func() { Expect(1).To(Equal(1)) })
		It("waits too", Pending, func() { Expect(1).To(Equal(1)) })
		It("is left out", func() { Skip("flaky") })
		It("is left out somewhere", func() { if onCI { Skip("flaky") } })
	})
	XWhen("empty", func() { ginkgo.Specify(fmt.Sprintf("%d lines", n), func() {}) })
	DescribeTable("sums", func(a, b int) { Expect(a + 1).To(Equal(b)) },
		Entry("one", 1, 2),
		PEntry("two", 2, 3),
	)
	log.Entry("of a journal", 1)
})

var _ = SIGDescribe("Nodes", func() { framework.ConformanceIt("run", func() {}) })
`;
    expect(seen(text)).toEqual([
      ['TestCart', 0, 'runs'],
      ['Cart > with lines > adds up', 2, 'runs'],
      ['Cart > with lines > rounds', 1, 'focused'],
      ['Cart > with lines > waits', 1, 'skipped'],
      ['Cart > with lines > waits too', 1, 'skipped'],
      ['Cart > with lines > is left out', 0, 'skipped'],
      ['Cart > with lines > is left out somewhere', 0, 'runs'],
      ['Cart > empty > fmt . Sprintf ( %d lines , n )', 0, 'skipped'],
      ['Cart > sums', 1, 'runs'],
      ['Cart > sums > one', 0, 'runs'],
      ['Cart > sums > two', 0, 'skipped'],
      ['Nodes > run', 0, 'runs'],
    ]);
    expect(goTests(text).find(({ name }) => name === 'Cart > sums')?.cases).toBe(2);
    expect(seen(text.replaceAll('ginkgo', 'another'))).toEqual([['TestCart', 0, 'runs']]);
  });

  it('holds no spec in a spec, and none in blocks nested by the thousand', () => {
    for (const [open, close, specs] of [
      ['Describe("x", func() {', '})', 0],
      ['Describe(', ', 1)', 0],
      ['It("x", func() {', '', 0],
      ['It("x", func() {', '})', 1],
    ] as const)
      expect(goTests(`ginkgo\n${open.repeat(2_000)}${close.repeat(2_000)}`)).toHaveLength(specs);
  });
});
