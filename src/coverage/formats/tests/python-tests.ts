import type { TestCase } from '../../../core/test-facts.ts';
import { textKey } from '../name-key.ts';

interface PythonLine {
  /** From 1; a statement over several lines has the first one's. */
  readonly line: number;
  readonly lastLine: number;
  readonly indent: number;
  /** Without comments; strings stand as `""`. */
  readonly code: string;
  /** As `code`, with the strings' contents. */
  readonly whole: string;
}

interface Scope {
  readonly indent: number;
  readonly name: string;
  readonly isClass: boolean;
  readonly isSkipped: boolean;
}

const skipMark =
  /^@(?:pytest\s*\.\s*mark\s*\.\s*(?:skip|xfail)\b|unittest\s*\.\s*(?:skip|expectedFailure)\b|skip\b)/;
const check =
  /(?:^|[;:]\s*)assert\b|\bself\s*\.\s*(?:assert\w+|fail)\s*\(|\bpytest\s*\.\s*(?:raises|warns|fail)\s*\(|\.\s*assert_\w+\s*\(/g;

/**
 * The tests of a pytest or unittest file: functions called `test…`, alone or in classes, with their marks. Read from lines
 * of code without comments and strings, by indentation. A parametrised test is one test; `skipif` is no skip, because
 * it depends on where it runs.
 */
export function pythonTests(text: string): readonly TestCase[] {
  const lines = pythonLines(text);
  const tests: TestCase[] = [];
  let scopes: readonly Scope[] = [];
  let marks: string[] = [];
  for (const [index, { indent, code, line }] of lines.entries()) {
    scopes = scopes.filter((scope) => scope.indent < indent);
    if (code.startsWith('@')) {
      marks.push(code);
      continue;
    }
    const [, keyword, name = ''] = /^(class|def|async\s+def)\s+([\p{L}\p{N}_]+)/u.exec(code) ?? [];
    const isSkipped = marks.some((mark) => skipMark.test(mark) && !/\.\s*skipif\b/.test(mark));
    marks = [];
    if (keyword === undefined) continue;
    const isClass = keyword === 'class';
    if (!isClass && name.startsWith('test') && scopes.every((scope) => scope.isClass)) {
      const body = bodyOf(lines, index);
      const skipsItself = body.some(
        (one) =>
          one.indent > indent && /^pytest\s*\.\s*skip\s*\(/.test(one.code) && one.indent === body[0]?.indent,
      );
      tests.push({
        name: [...scopes.map((scope) => scope.name), name].join(' > '),
        lines: { start: line, end: body.at(-1)?.lastLine ?? line },
        assertions: body.reduce((sum, one) => sum + [...one.code.matchAll(check)].length, 0),
        state: isSkipped || skipsItself || scopes.some((scope) => scope.isSkipped) ? 'skipped' : 'runs',
        body: textKey(body.map((one) => `${one.indent - indent} ${one.whole}`).join('\n')).toString(36),
      });
    }
    scopes = [...scopes, { indent, name, isClass, isSkipped }];
  }
  return tests;
}

function bodyOf(lines: readonly PythonLine[], index: number): readonly PythonLine[] {
  const { indent = 0, line = 0 } = lines[index] ?? {};
  const body: PythonLine[] = [];
  for (let next = index + 1; next < lines.length; next += 1) {
    const one = lines[next];
    if (one === undefined || one.indent <= indent) break;
    body.push(one);
  }
  const own = lines[index];
  // `def test_x(): assert y` has its body behind the colon.
  const inline = own && /:\s*(\S.*)$/.exec(own.code.slice(own.code.lastIndexOf(')') + 1))?.[1];
  return inline
    ? [{ line, lastLine: own.lastLine, indent: indent + 1, code: inline, whole: inline }, ...body]
    : body;
}

const wordEnd = /[\p{L}\p{N}_]$/u;
const stringStart = /(?:[rRbBuUfFtT]{0,3})("""|'''|"|')/y;

/** Logical lines: brackets and backslashes join, comments are dropped, strings keep only their quotes in `code`. */
function pythonLines(text: string): readonly PythonLine[] {
  const lines: PythonLine[] = [];
  let line = 1;
  let [code, whole] = ['', ''];
  /** What was kept last: asking the growing texts for it would make a long statement slow. */
  let before = '';
  let [start, indent, depth] = [1, 0, 0];
  let isAtStart = true;
  for (let at = 0; at <= text.length; ) {
    const character = text[at] ?? '\n';
    if (isAtStart && /[ \t\f]/.test(character)) {
      indent = character === '\t' ? (Math.floor(indent / 8) + 1) * 8 : indent + 1;
      at += 1;
      continue;
    }
    if (character === '\n' && (depth === 0 || at >= text.length)) {
      if (code.trim() !== '')
        lines.push({ line: start, lastLine: line, indent, code: code.trim(), whole: whole.trim() });
      [code, whole, before, indent, depth, isAtStart] = ['', '', '', 0, 0, true];
      line += 1;
      start = line;
      at += 1;
      continue;
    }
    isAtStart = false;
    if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      continue;
    }
    // A prefix belongs to a string only where a word begins.
    stringStart.lastIndex = wordEnd.test(before) ? text.length : at;
    const opened = stringStart.exec(text);
    if (opened) {
      const end = endOfString(text, at + opened[0].length, opened[1] ?? '"');
      const content = text.slice(at, end);
      code += '""';
      whole += content;
      before = '"';
      line += content.split('\n').length - 1;
      at = end;
      continue;
    }
    if (character === '\\' && text[at + 1] === '\n') {
      line += 1;
      at += 2;
      continue;
    }
    if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character)) depth = Math.max(0, depth - 1);
    if (character === '\n') line += 1;
    const kept = /\s/.test(character) ? ' ' : character;
    if (kept !== ' ' || before !== ' ') {
      code += kept;
      whole += kept;
    }
    before = kept;
    at += 1;
  }
  return lines;
}

function endOfString(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && !text.startsWith(quote, at)) {
    if (quote.length === 1 && text[at] === '\n') return at;
    at += text[at] === '\\' ? 2 : 1;
  }
  return Math.min(text.length, at + (at < text.length ? quote.length : 0));
}
