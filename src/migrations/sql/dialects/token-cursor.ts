import type { Token } from './token.ts';

/** A place in a list of words, moved on by the functions below. */
export interface TokenCursor {
  readonly tokens: readonly Token[];
  at: number;
}

export function cursorOn(tokens: readonly Token[]): TokenCursor {
  return { tokens, at: 0 };
}

export function isAtEnd({ tokens, at }: TokenCursor): boolean {
  return at >= tokens.length;
}

export function current({ tokens, at }: TokenCursor): Token | undefined {
  return tokens[at];
}

/** Whether these words stand here. A quoted name is no word. */
export function standsAt(cursor: TokenCursor, words: string): boolean {
  return words.split(' ').every((word, offset) => isWordOrSymbol(cursor.tokens[cursor.at + offset], word));
}

/** Moves behind these words where they stand here. */
export function take(cursor: TokenCursor, words: string): boolean {
  if (!standsAt(cursor, words)) return false;
  cursor.at += words.split(' ').length;
  return true;
}

/** Moves behind whichever of these stands here, and says which. */
export function takeOne(cursor: TokenCursor, choices: readonly string[]): string | undefined {
  return choices.find((words) => take(cursor, words));
}

/** A name, quoted or not; a text in double quotes is one too. As written, without its quotes. */
export function takeName(cursor: TokenCursor): string | undefined {
  const token = current(cursor);
  const isName = token?.kind === 'name' || token?.kind === 'word' || token?.kind === 'text';
  if (!token || !isName) return undefined;
  cursor.at += 1;
  return token.kind === 'word' ? token.text : token.value;
}

/** `table` or `database.table`. */
export function takeTable(cursor: TokenCursor): string | undefined {
  const first = takeName(cursor);
  if (first === undefined || !take(cursor, '.')) return first;
  const second = takeName(cursor);
  return second === undefined ? undefined : `${first}.${second}`;
}

/** What stands between the parentheses that open here, without them; undefined where none opens or none closes. */
export function takeGroup(cursor: TokenCursor): readonly Token[] | undefined {
  if (!standsAt(cursor, '(')) return undefined;
  let depth = 0;
  for (let at = cursor.at; at < cursor.tokens.length; at += 1) {
    if (isWordOrSymbol(cursor.tokens[at], '(')) depth += 1;
    if (isWordOrSymbol(cursor.tokens[at], ')')) depth -= 1;
    if (depth === 0) {
      const inner = cursor.tokens.slice(cursor.at + 1, at);
      cursor.at = at + 1;
      return inner;
    }
  }
  return undefined;
}

/** Parts between commas that stand in no parentheses; an empty list has none. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  if (tokens.length === 0) return [];
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isWordOrSymbol(token, '(')) depth += 1;
    if (isWordOrSymbol(token, ')')) depth -= 1;
    if (depth === 0 && isWordOrSymbol(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** As written, with one space between words. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

function isWordOrSymbol(token: Token | undefined, value: string): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && token.value === value;
}
