/** How strings and names are written: Go has raw strings in backticks, Kotlin has names in them. */
export type BraceLanguage = 'go' | 'java' | 'kotlin';

export interface BraceToken {
  readonly kind: 'name' | 'string' | 'number' | 'mark';
  /** A string's content as written, without its quotes. */
  readonly text: string;
  readonly line: number;
}

const name = /[\p{ID_Start}_$][\p{ID_Continue}$]*/uy;
const number = /\d[\w.]*/y;

/**
 * Cuts Go, Java or Kotlin into tokens, without comments. Text that ends in the middle of something gives the tokens up to
 * there: nothing is ever thrown.
 */
export function braceTokens(text: string, language: BraceLanguage): readonly BraceToken[] {
  const tokens: BraceToken[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') {
      line += 1;
      at += 1;
    } else if (/\s/.test(character)) at += 1;
    else if (text.startsWith('//', at)) at = endOr(text.indexOf('\n', at));
    else if (text.startsWith('/*', at)) skipTo(endOr(text.indexOf('*/', at + 2), 2));
    else if (language !== 'go' && text.startsWith('"""', at)) push('string', 3, endOfTextBlock(at + 3), 3);
    else if (character === '"') push('string', 1, endOfString(at + 1, '"'), 1);
    else if (character === "'") push('string', 1, endOfString(at + 1, "'"), 1);
    else if (character === '`' && language !== 'java')
      push(language === 'go' ? 'string' : 'name', 1, endOr(text.indexOf('`', at + 1), 1), 1);
    else if (matched(name) > 0) push('name', 0, at + matched(name), 0);
    else if (/\d/.test(character)) push('number', 0, at + Math.max(1, matched(number)), 0);
    else push('mark', 0, at + 1, 0);
  }
  return tokens;

  /** `quotes` characters at either end are no content. */
  function push(kind: BraceToken['kind'], opening: number, end: number, closing: number): void {
    const content = text.slice(at + opening, Math.max(at + opening, end - closing));
    tokens.push({ kind, text: content, line });
    skipTo(end);
  }

  function skipTo(end: number): void {
    for (; at < end; at += 1) if (text.charCodeAt(at) === 10) line += 1;
  }

  function matched(pattern: RegExp): number {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].length ?? 0;
  }

  function endOr(end: number, more = 0): number {
    return end < 0 ? text.length : end + more;
  }

  function endOfTextBlock(from: number): number {
    let end = from;
    while (end < text.length && !text.startsWith('"""', end))
      end += text[end] === '\\' && language === 'java' ? 2 : 1;
    return Math.min(text.length, end + 3);
  }

  /** Kotlin's `${…}` may hold quotes of its own. A string that is not closed ends with its line. */
  function endOfString(from: number, quote: string): number {
    let end = from;
    let depth = 0;
    while (end < text.length && text[end] !== '\n' && (depth > 0 || text[end] !== quote)) {
      if (text[end] === '\\') end += 1;
      else if (language === 'kotlin' && text.startsWith('${', end)) {
        depth += 1;
        end += 1;
      } else if (depth > 0 && text[end] === quote) end = endOfInner(end + 1, quote) - 1;
      else if (depth > 0 && text[end] === '{') depth += 1;
      else if (depth > 0 && text[end] === '}') depth -= 1;
      end += 1;
    }
    return Math.min(text.length, text[end] === quote ? end + 1 : end);
  }

  /** A string inside of `${…}`, read without looking for further ones in it. */
  function endOfInner(from: number, quote: string): number {
    let end = from;
    while (end < text.length && text[end] !== '\n' && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
    return text[end] === quote ? end + 1 : end;
  }
}

/** Where each bracket is closed, by their indexes. Brackets that do not match close each other all the same. */
export function closingMarks(tokens: readonly BraceToken[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'mark') continue;
    if (text === '(' || text === '{' || text === '[') open.push(index);
    else if (text === ')' || text === '}' || text === ']') {
      const start = open.pop();
      if (start !== undefined) closing.set(start, index);
    }
  }
  return closing;
}
