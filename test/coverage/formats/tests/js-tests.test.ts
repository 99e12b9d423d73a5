import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manyCases } from '../../../../src/core/test-facts.ts';
import { jsTests } from '../../../../src/coverage/formats/tests/js-tests.ts';
import { jsTokens } from '../../../../src/coverage/formats/tests/js-tokens.ts';

function seen(text: string) {
  return jsTests(text).map(({ name, assertions, state }) => [name, assertions, state]);
}

describe('the tests of a jest or vitest file', () => {
  it('have their blocks before their title, and count what they check', () => {
    const text = `
describe('cart', () => {
  beforeEach(() => reset());
  it('adds up', () => {
    expect(total(cart)).toBe(3);
    expect.soft(cart).toEqual([]);
  });
  describe("empty", () => { test(\`is \${zero} \`, async () => { assert.equal(a, 0); assert(b); }); });
});`;
    expect(seen(text)).toEqual([
      ['cart > adds up', 2, 'runs'],
      ['cart > empty > is ', 2, 'runs'],
    ]);
    expect(jsTests(text)[0]?.lines).toEqual({ start: 4, end: 7 });
  });

  it.each([
    ["it.each([[1, 2], [3, 4]])('a', (x) => {})", 2],
    ["it.each([1, 2, 3,])('a', (x) => {})", 3],
    ["describe.each([1, 2])('b', () => { it.for([{ a: 1, b: 2 }, 5])('a', () => {}) })", 4],
    ["it.each([...carts, 1])('a', (x) => {})", manyCases],
    ["it.each(carts)('a', (x) => {})", manyCases],
    ["it.each`x | y\n${1} | ${2}`('a', () => {})", manyCases],
    ["it('a', () => {})", undefined],
  ])('%j runs so many times: %j', (text, cases) => {
    expect(jsTests(text).map((test) => test.cases)).toEqual([cases]);
  });

  it.each([
    ["it.skip('a', () => {})", 'skipped'],
    ["xit('a', () => {})", 'skipped'],
    ["test.todo('a')", 'skipped'],
    ["it.only('a', () => {})", 'focused'],
    ["fit('a', () => {})", 'focused'],
    ["it.concurrent.only('a', () => {})", 'focused'],
    ["it.skipIf(onWindows)('a', () => {})", 'runs'],
    ["it.runIf(process.env.CI)('a', () => {})", 'runs'],
    ["it.each([[1, 2], [3, 4]])('a', (x) => {})", 'runs'],
    ["it.each`x | y\n${1} | ${{ a: 2 }}`('a', () => {})", 'runs'],
    ["it.only.each([1])('a', () => {})", 'focused'],
    ["describe.skip('b', () => { it('a', () => {}) })", 'skipped'],
    ["describe.only('b', () => { it('a', () => {}) })", 'focused'],
    ["describe.only('b', () => { it.skip('a', () => {}) })", 'skipped'],
  ])('%j is %s', (text, state) => {
    expect(jsTests(text).map((test) => [test.name.replace('b > ', ''), test.state])).toEqual([['a', state]]);
  });

  it.each([
    ["// it('a', () => {})"],
    ["/* it('a', () => {}) */"],
    ['const text = "it(\'a\', () => {})"'],
    ["const text = `it('a')`"],
    ["foo.it('a', () => {})"],
    ['function it(name) {}'],
    ['const it = 3'],
    ['/it(a)/.test(x)'],
    ['it()'],
  ])('%j is none', (text) => {
    expect(jsTests(text)).toEqual([]);
  });

  it('is not confused by regular expressions, divisions and templates in templates', () => {
    const text =
      "it('a', () => { const q = /['\"`(]/g; const r = a / b / c; expect(`x ${y ? `(${z}` : ')'}`).toBe(1); });\nit('b', () => {});";
    expect(seen(text)).toEqual([
      ['a', 1, 'runs'],
      ['b', 0, 'runs'],
    ]);
  });

  it('with equal words have equal bodies, whatever their title and layout', () => {
    const [one] = jsTests("it('a', () => { expect(x).toBe(1); });");
    const [other] = jsTests("it('renamed', () => {\n  // why\n  expect(x).toBe(1);\n});");
    const [third] = jsTests("it('a', () => { expect(x).toBe(2); });");
    expect(one?.body).toBe(other?.body);
    expect(one?.body).not.toBe(third?.body);
  });

  it('of any text are read without an error, and every token is a part of the text', () => {
    const piece = fc.constantFrom(
      'it(',
      "'",
      '"',
      '`',
      '${',
      '}',
      '{',
      ')',
      '/',
      '*',
      '//',
      '\n',
      '\\',
      'expect(',
      '.only',
      'x',
      ' ',
      '[',
      ']',
    );
    fc.assert(
      fc.property(
        fc
          .array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 40 })
          .map((parts) => parts.join('')),
        (text) => {
          for (const token of jsTokens(text)) expect(text).toContain(token.text);
          expect(jsTests(text)).toBeInstanceOf(Array);
        },
      ),
    );
  });

  it.each([["it('a', ("], ['`${'], ["it('a', () => { expect("], ['/a'], ['describe.each(']])(
    'of %j, again and again, take no more than linear time',
    (piece) => {
      const time = (times: number) => {
        const text = piece.repeat(times);
        const before = process.cpuUsage().user;
        jsTests(text);
        return process.cpuUsage().user - before;
      };
      time(2_000);
      expect(time(40_000)).toBeLessThan(20_000_000);
    },
  );
});
