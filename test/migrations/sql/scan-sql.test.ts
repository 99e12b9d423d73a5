import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanSql } from '../../../src/migrations/sql/scan-sql.ts';
import { growth } from '../processor-time.ts';

function statementsOf(text: string) {
  return scanSql(text).statements.map(({ start, end }) => text.slice(start, end));
}

describe('a semicolon ends no statement', () => {
  test.each([
    ['in quotes', "select 'a;b'; x", ["select 'a;b'", 'x']],
    ['in doubled quotes', "select 'it''s;'; x", ["select 'it''s;'", 'x']],
    ['behind a backslash in E quotes', "select E'a\\';b'; x", ["select E'a\\';b'", 'x']],
    ['behind a backslash that is plain text', "select 'a\\'; x", ["select 'a\\'", 'x']],
    ['in a quoted name', 'drop table "a;b"; x', ['drop table "a;b"', 'x']],
    ['in dollar quotes', 'do $a$ ; $b$ ; $a$; x', ['do $a$ ; $b$ ; $a$', 'x']],
    ['in a line comment', 'a -- ;\n; x', ['a', 'x']],
    ['in a nested comment', 'a /* ; /* ; */ ; */ b; x', ['a /* ; /* ; */ ; */ b', 'x']],
    [
      'in parentheses',
      'create rule r as on insert to t do (a; b); x',
      ['create rule r as on insert to t do (a; b)', 'x'],
    ],
    [
      'in an atomic body',
      'create function f() returns int begin atomic select case when true then 1 end; select 2; end; x',
      ['create function f() returns int begin atomic select case when true then 1 end; select 2; end', 'x'],
    ],
  ])('%s', (_, text, expected) => {
    expect(statementsOf(text)).toEqual(expected);
  });
});

test('a parameter is no dollar quote', () => {
  expect(statementsOf('select $1; select $2')).toEqual(['select $1', 'select $2']);
});

test('a transaction that begins is no atomic body', () => {
  expect(statementsOf('begin; select 1; end; x')).toEqual(['begin', 'select 1', 'end', 'x']);
});

test('commands of psql and data behind COPY are named, and the rest goes on', () => {
  const text = '\\set x 1\nselect 1;\ncopy t from stdin;\n1\ta;b\n\\.\nselect 2;';
  expect(statementsOf(text)).toEqual(['select 1', 'copy t from stdin', 'select 2']);
  expect(scanSql(text).faults.map(({ why }) => why)).toEqual([
    'a command of psql, not of the server',
    'data behind COPY … FROM stdin, which only psql can load',
  ]);
});

test.each([
  ["select 'a; b", 'a quoted text that never ends'],
  ['select "a; b', 'a quoted name that never ends'],
  ['do $x$ a; b', 'a dollar-quoted text that never ends'],
  ['a /* b; c', 'a comment that never ends'],
])('%s: %s', (text, why) => {
  expect(scanSql(text).faults.map((fault) => fault.why)).toEqual([why]);
});

const piece = fc.constantFrom(
  "'",
  '"',
  '$$',
  '$a$',
  '--',
  '\n',
  '/*',
  '*/',
  ';',
  '(',
  ')',
  '\\',
  'E',
  'begin',
  'atomic',
  'end',
  'case',
  ' ',
  'x',
  'é',
  '\u{1F600}',
  'copy t from stdin',
  '\\.',
  '\0',
  '\uFEFF',
  '\r\n',
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
);

test('every character lies in a statement, a comment, a fault, or is space or a semicolon', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { statements, comments, faults } = scanSql(text);
      const left = text.split('');
      for (const { start, end } of [...statements, ...comments, ...faults]) left.fill(' ', start, end);
      expect(left.join('').replace(/[\s;\uFEFF]/g, '')).toBe('');
    }),
    { numRuns: 2_000 },
  );
});

test('statements come in order, never overlap and are never empty', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let end = 0;
      for (const span of scanSql(text).statements) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(text.slice(span.start, span.end).trim()).not.toBe('');
        end = span.end;
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each(["'a' ", '/* */', '((((', '$a$ $a$', '-- x\n', "E'\\'' "])(
  'twice the length of %j is at most two and a half times the work',
  (open) => {
    expect(growth((length) => scanSql(open.repeat(length / open.length)), 500_000)).toBeLessThan(2.5);
  },
);
