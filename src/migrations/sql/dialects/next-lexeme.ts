import type { LexicalRules } from './lexical-rules.ts';

/** `gate`: the mark that opens or closes a comment that runs; what stands between its gates is ordinary text. */
export type LexemeKind = 'space' | 'comment' | 'gate' | 'word' | 'name' | 'text' | 'number' | 'symbol';

export interface Lexeme {
  readonly kind: LexemeKind;
  readonly end: number;
  /** It begins here and never ends. */
  readonly isOpen?: true;
}

const space = /[\s\uFEFF\0]+/uy;
const word = /[\p{L}_@][\p{L}\p{N}_$@]*/uy;
const number = /(?:0x[\da-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)/iy;
/** A name may begin with a digit where a letter follows (`2fa_codes`). */
const digitName = /\d+[\p{L}_$][\p{L}\p{N}_$]*/uy;
const restOfLine = /[^\n\r]*/y;
const gate = /\/\*!(\d{5,6})?/y;
const mariadbGate = /\/\*M?!(\d{5,6})?/y;
/** No server has a version of nines: what is marked with it never runs. */
const neverRuns = /^9+$/;

/** The piece of text that begins at `at`. `isInGate`: the text stands in a comment that runs. Total: every position has an answer. */
export function nextLexeme(text: string, at: number, rules: LexicalRules, isInGate: boolean): Lexeme {
  const char = text[at] ?? '';
  const next = text[at + 1];
  switch (char) {
    case "'":
      return quoted(text, at, "'", rules.backslashEscapes, 'text');
    case '"':
      return quoted(
        text,
        at,
        '"',
        rules.doubleQuotes === 'text' && rules.backslashEscapes,
        rules.doubleQuotes,
      );
    case '`':
      return quoted(text, at, '`', false, 'name');
    case '[': {
      if (!rules.brackets) break;
      const close = text.indexOf(']', at);
      return close < 0 ? { kind: 'name', end: text.length, isOpen: true } : { kind: 'name', end: close + 1 };
    }
    case '#':
      if (rules.hashComments) return { kind: 'comment', end: matchEnd(restOfLine, text, at) };
      break;
    case '-':
      if (next !== '-') break;
      if (rules.dashNeedsSpace && !/^[\s\p{Cc}]?$/u.test(text[at + 2] ?? '')) break;
      return { kind: 'comment', end: matchEnd(restOfLine, text, at) };
    case '*':
      if (next === '/' && isInGate) return { kind: 'gate', end: at + 2 };
      break;
    case '/':
      if (next === '*') return comment(text, at, rules, isInGate);
  }
  for (const [kind, pattern] of patterns) {
    const end = matchEnd(pattern, text, at);
    if (end > at) return { kind, end };
  }
  // A character outside the basic plane is one symbol.
  return { kind: 'symbol', end: at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) };
}

const patterns: readonly (readonly [LexemeKind, RegExp])[] = [
  ['space', space],
  ['word', word],
  ['word', digitName],
  ['number', number],
];

function comment(text: string, at: number, rules: LexicalRules, isInGate: boolean): Lexeme {
  if (rules.versionComments !== 'none' && !isInGate) {
    const opening = rules.versionComments === 'mariadb' ? mariadbGate : gate;
    opening.lastIndex = at;
    const found = opening.exec(text);
    if (found && !neverRuns.test(found[1] ?? '')) return { kind: 'gate', end: at + found[0].length };
  }
  const close = text.indexOf('*/', at + 2);
  return close < 0
    ? { kind: 'comment', end: text.length, isOpen: true }
    : { kind: 'comment', end: close + 2 };
}

function quoted(
  text: string,
  open: number,
  quote: string,
  backslashEscapes: boolean,
  kind: 'text' | 'name',
): Lexeme {
  for (let at = open + 1; at < text.length; at += 1) {
    if (backslashEscapes && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return { kind, end: at + 1 };
      at += 1;
    }
  }
  return { kind, end: text.length, isOpen: true };
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found ? at + found[0].length : at;
}
