import type { Span } from '../scan-sql.ts';
import type { LexicalRules } from './lexical-rules.ts';
import { nextLexeme } from './next-lexeme.ts';

export interface Token extends Span {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'symbol';
  /** A word in lower case, a name or text without its quotes, anything else as written. */
  readonly value: string;
  /** As written. */
  readonly text: string;
}

/** The words of one statement, comments left out; no more than `limit` of them. */
export function tokensOf(statement: string, rules: LexicalRules, limit: number): readonly Token[] {
  const tokens: Token[] = [];
  let isInGate = false;
  for (let at = 0; at < statement.length && tokens.length < limit; ) {
    const { kind, end } = nextLexeme(statement, at, rules, isInGate);
    if (kind === 'gate') isInGate = !isInGate;
    else if (kind !== 'space' && kind !== 'comment') {
      const text = statement.slice(at, end);
      tokens.push({ kind, start: at, end, text, value: unquoted(kind, text) });
    }
    at = end;
  }
  return tokens;
}

/** The statement with spaces for its comments and for the marks around comments that run. */
export function withoutComments(statement: string, rules: LexicalRules): string {
  let kept = '';
  let isInGate = false;
  for (let at = 0; at < statement.length; ) {
    const { kind, end } = nextLexeme(statement, at, rules, isInGate);
    if (kind === 'gate') isInGate = !isInGate;
    kept += kind === 'gate' || kind === 'comment' ? ' ' : statement.slice(at, end);
    at = end;
  }
  return kept;
}

function unquoted(kind: Token['kind'], text: string): string {
  if (kind === 'word') return text.toLowerCase();
  if (kind !== 'name' && kind !== 'text') return text;
  const quote = text[0] ?? '';
  const close = quote === '[' ? ']' : quote;
  const inner = text.length > 1 && text.endsWith(close) ? text.slice(1, -1) : text.slice(1);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}
