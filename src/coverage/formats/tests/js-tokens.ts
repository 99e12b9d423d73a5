export interface JsToken {
  readonly kind: 'name' | 'string' | 'number' | 'mark' | 'regex' | 'comment';
  /** A string's content as written, without its quotes; a comment with its marks. */
  readonly text: string;
  readonly line: number;
}

const name = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/uy;
const number = /(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)n?/y;
/** After these a slash divides; after anything else it begins a regular expression. */
const beforeDivision = /^(?:name|string|number|regex)$/;
const keywords = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'new',
  'else',
  'do',
  'await',
  'yield',
]);

/**
 * Cuts JavaScript or TypeScript into tokens. What stands in `${}` of a template is cut like code; the rest of a template
 * is a string. Text that ends in the middle of something gives the tokens up to there: nothing is ever thrown.
 */
export function jsTokens(text: string): readonly JsToken[] {
  const tokens: JsToken[] = [];
  /** Depth of braces at which the template around goes on. */
  const templates: number[] = [];
  let depth = 0;
  let line = 1;
  let at = 0;

  function push(kind: JsToken['kind'], from: number, to: number, content = text.slice(from, to)): void {
    tokens.push({ kind, text: content, line });
    for (let index = from; index < to; index += 1) if (text.charCodeAt(index) === 10) line += 1;
    at = to;
  }

  function matched(pattern: RegExp): number {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].length ?? 0;
  }

  while (at < text.length) {
    const character = text[at] ?? '';
    const next = text[at + 1];
    if (character === '\n') {
      line += 1;
      at += 1;
    } else if (/\s/.test(character)) at += 1;
    else if (character === '/' && next === '/') push('comment', at, endOr(text.indexOf('\n', at)));
    else if (character === '/' && next === '*') {
      const end = text.indexOf('*/', at + 2);
      push('comment', at, end < 0 ? text.length : end + 2);
    } else if (character === '"' || character === "'") {
      const end = endOfString(at + 1, character);
      push('string', at, end, text.slice(at + 1, Math.max(at + 1, end - 1)));
    } else if (character === '`') template(at + 1);
    else if (character === '}' && templates.at(-1) === depth) {
      templates.pop();
      depth -= 1;
      push('mark', at, at + 1);
      template(at);
    } else if (character === '/' && !divides()) push('regex', at, endOfRegex(at + 1));
    else if (matched(name) > 0) push('name', at, at + matched(name));
    else if (/\d/.test(character)) push('number', at, at + Math.max(1, matched(number)));
    else {
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      push('mark', at, at + 1);
    }
  }
  return tokens;

  /** A stretch of a template, up to its end or to the next `${`. */
  function template(from: number): void {
    let end = from;
    while (end < text.length && text[end] !== '`' && !(text[end] === '$' && text[end + 1] === '{'))
      end += text[end] === '\\' ? 2 : 1;
    push('string', at, Math.min(end, text.length), text.slice(from, end));
    if (text[at] === '`') at += 1;
    else if (at < text.length) {
      depth += 1;
      templates.push(depth);
      push('mark', at, at + 2);
    }
  }

  function divides(): boolean {
    const before = tokens.findLast(({ kind }) => kind !== 'comment');
    if (!before) return false;
    if (before.kind === 'mark') return before.text === ')' || before.text === ']' || before.text === '}';
    return beforeDivision.test(before.kind) && !keywords.has(before.text);
  }

  function endOfString(from: number, quote: string): number {
    let end = from;
    while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
    return Math.min(text.length, text[end] === quote ? end + 1 : end);
  }

  function endOfRegex(from: number): number {
    let inClass = false;
    let end = from;
    for (; end < text.length && text[end] !== '\n'; end += text[end] === '\\' ? 2 : 1) {
      if (text[end] === '[') inClass = true;
      else if (text[end] === ']') inClass = false;
      else if (text[end] === '/' && !inClass) return Math.min(text.length, end + 1);
    }
    return Math.min(text.length, end);
  }

  function endOr(end: number): number {
    return end < 0 ? text.length : end;
  }
}
