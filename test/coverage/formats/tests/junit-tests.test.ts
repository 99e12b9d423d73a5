import { describe, expect, it } from 'vitest';
import { manyCases } from '../../../../src/core/test-facts.ts';
import { junitTests } from '../../../../src/coverage/formats/tests/junit-tests.ts';

function seen(text: string, language: 'java' | 'kotlin' = 'java') {
  return junitTests(text, language).map(({ name, assertions, state }) => [name, assertions, state]);
}

describe('the tests of a JUnit or TestNG file', () => {
  it('are annotated methods in classes, with what they check', () => {
    const text = `package shop;

/** @Test is not here. */
@ExtendWith(MockitoExtension.class)
class CartTest {
  @Mock private Store store = new Store();

  @BeforeEach void setUp() { assertNotNull(store); }

  @Test
  @DisplayName("adds { up")
  void addsUp() throws Exception {
    assertThat(cart.total()).isEqualTo(3);
    assertEquals(3, cart.total());
    verify(store, times(1)).save(any());
    String s = """
      assertEquals("x");
      """;
  }

  void helper() { assertTrue(true); }

  @Nested
  class WhenEmpty {
    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = { 1, 2 })
    public <T> Map<String, T> isZero(int x) { assert x > 0; return null; }
  }
}`;
    expect(seen(text)).toEqual([
      ['CartTest > addsUp', 3, 'runs'],
      ['CartTest > WhenEmpty > isZero', 1, 'runs'],
    ]);
    expect(junitTests(text, 'java')[0]?.lines).toEqual({ start: 10, end: 19 });
  });

  it.each([
    ['@ParameterizedTest @ValueSource(ints = {1, 2, 3})', 3],
    ['@CsvSource({"a,1", "b,2"}) @ParameterizedTest(name = "x")', 2],
    ['@ParameterizedTest @MethodSource("all")', manyCases],
    ['@Test', undefined],
  ])('with %j run so many times: %j', (marks, cases) => {
    expect(
      junitTests(`class T { ${marks} void a(int x) { f(); } }`, 'java').map((test) => test.cases),
    ).toEqual([cases]);
  });

  it.each([
    ['@Disabled @Test void a() { f(); }', 'skipped'],
    ['@Test @Disabled("flaky") void a() { f(); }', 'skipped'],
    ['@org.junit.Ignore @org.junit.Test public void a() { f(); }', 'skipped'],
    ['@Test(enabled = false) public void a() { f(); }', 'skipped'],
    ['@Test @DisabledOnOs(OS.WINDOWS) void a() { f(); }', 'runs'],
    ['@Test(expected = X.class) public void a() { f(); }', 'runs'],
    ['/* @Disabled */ @Test void a() { f(); }', 'runs'],
  ])('%j is %s', (method, state) => {
    expect(seen(`class T { ${method} }`)).toEqual([['T > a', 0, state]]);
  });

  it('are skipped with their class, and the next class runs again', () => {
    expect(seen('@Disabled class A { @Test void a() { f(); } } class B { @Test void b() { f(); } }')).toEqual(
      [
        ['A > a', 0, 'skipped'],
        ['B > b', 0, 'runs'],
      ],
    );
  });

  it('are read in Kotlin with their names in backticks and bodies behind an equals sign', () => {
    const text = `class CartTest {
  @Rule @JvmField val rule = Rule()

  @Test
  fun \`adds up: \${x}\`() = runTest {
    total shouldBe 3
    assertEquals(3, total)
    val s = "\${f("}")}"
  }

  @Test fun short() = assertTrue(ok)

  fun helper() { assertTrue(ok) }
}

@Test fun alone() { fail("x") }`;
    expect(seen(text, 'kotlin')).toEqual([
      ['CartTest > adds up: ${x}', 2, 'runs'],
      ['CartTest > short', 1, 'runs'],
      ['alone', 1, 'runs'],
    ]);
  });

  it.each<[string, number]>([
    ['assertFailsWith<Refused> { f() }', 1],
    ['assertThrows<Map<String, Int>>("why") { f() }', 1],
    ['fail<Any>("no")', 1],
    ['verify { store.save(any()) }; coVerify(exactly = 1) { store.load() }', 2],
    ['assertThat(list).hasSize(1); assertThat(list[0]).isEqualTo(3)', 2],
    ['assertThat(list).singleElement().isEqualTo(3)', 2],
    ['assertThat(list).`as`("the list").hasSize(1)', 1],
    ['assertThat(list)', 1],
    ['val isSmall = assertSize < 3 && verify', 0],
  ])('check so often in `%s`: %i', (body, checks) => {
    expect(seen(`class A { @Test fun a() { ${body} } }`, 'kotlin')).toEqual([['A > a', checks, 'runs']]);
  });

  it('are some without anything in them, too', () => {
    expect(seen('class A { @Test void a() {} @Test void b() { fail(); } }')).toEqual([
      ['A > a', 0, 'runs'],
      ['A > b', 1, 'runs'],
    ]);
  });

  it('are none of methods without a body or without an annotation', () => {
    expect(seen('interface A { @Test void a(); void b(); }')).toEqual([]);
    expect(seen('class A { public void testOld() { assertTrue(true); } }')).toEqual([]);
  });

  it('are read in time that grows with the text, however deep it nests', () => {
    const started = performance.now();
    junitTests('class A { @Test void a() {} '.repeat(2_000), 'java');
    junitTests('@Test '.repeat(8_000), 'java');
    junitTests('@Test fun a() = '.repeat(4_000), 'kotlin');
    junitTests(`class A { @Test void a() ${'('.repeat(40_000)}`, 'java');
    junitTests(`"${'${'.repeat(20_000)}`, 'kotlin');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
