import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, fenced, link, plain, prose } from '../../src/render/markdown.ts';

const zero = '\u200b';

describe('words from outside', () => {
  it.each([
    ['@octocat', `@${zero}octocat`],
    [
      '&#64;octocat and &commat;octocat',
      '&amp;#64;octocat and &amp;commat;octocat'.replace('#6', `#${zero}6`),
    ],
    ['fixes #12 and GH-12', `fixes #${zero}12 and GH-${zero}12`],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['![a](https://e.example/p.png)', `!\\[a\\](https${zero}://e.example/p.png)`],
    ['www.e.example', `www${zero}.e.example`],
    ['a\n- [ ] b\r\n\u2028# c', 'a - \\[ \\] b # c'],
    ['*bold* _it_ `code` ~~no~~ | cell', '\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~ \\| cell'],
    ['1. list', '\u20601. list'],
    ['\u202egnp.exe', 'gnp.exe'],
  ])('%j stays words', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('plain text holds no live mention, tag, link or line break, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = plain(text);
        expect(safe).not.toMatch(/[\r\n]/);
        expect(safe).not.toMatch(/(?<!\\)[[<`*_|]/);
        expect(safe).not.toMatch(/@\w/);
        expect(safe).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(safe).not.toMatch(/https?:/i);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('names', () => {
  it.each([
    ['a.sql', '`a.sql`'],
    ['a`b``c', '```a`b``c```'],
    ['`', '`` ` ``'],
    ['a\n::error::x', '`a\\u{a}::error::x`'],
    ['', '`  `'],
    ['a|b', '`a¦b`'],
    ['\u202ea', '`\\u{202e}a`'],
  ])('%j is held by a code span', (name, expected) => {
    expect(code(name)).toBe(expected);
  });

  it('a code span ends only where it is meant to', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n', '|') }), (name) => {
        const span = code(name);
        const fence = /^`+/.exec(span)?.[0] ?? '';
        const inner = span.slice(fence.length, -fence.length);
        expect(inner.match(/`+/g)?.some((run) => run.length === fence.length) ?? false).toBe(false);
        expect(span).not.toContain('\n');
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('a finding keeps its names as code and its words as words', () => {
    expect(prose('Writes to `or*ders` wait *now*.')).toBe('Writes to `or*ders` wait \\*now\\*.');
  });
});

it('a link cannot be ended by its address', () => {
  expect(link('a', 'https://h.example/a) [x](b c"<')).toBe(
    '[a](https://h.example/a%29%20%5Bx%5D%28b%20c%22%3C)',
  );
});

it('a fence is longer than any fence inside', () => {
  expect(fenced('suggestion', 'a\n````\nb')).toBe('`````suggestion\na\n````\nb\n`````');
});
