import { manyCases, type TestCase } from '../../../core/test-facts.ts';
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
  readonly cases: number;
}

const skipMark =
  /^@(?:pytest\s*\.\s*mark\s*\.\s*(?:skip|xfail)\b|unittest\s*\.\s*(?:skip|expectedFailure)\b|skip\b)/;
const mayDefine = /^(?:class|def|async)\b/;
const definition = /^(class|def|async\s+def)\s+([\p{L}\p{N}_]+)/u;
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
  const scopes: Scope[] = [];
  let marks: string[] = [];
  for (const [index, { indent, code, line }] of lines.entries()) {
    while ((scopes.at(-1)?.indent ?? -1) >= indent) scopes.pop();
    if (code.startsWith('@')) {
      marks.push(code);
      continue;
    }
    const [, keyword, name = ''] = mayDefine.test(code) ? (definition.exec(code) ?? []) : [];
    const isSkipped = marks.some((mark) => skipMark.test(mark) && !/\.\s*skipif\b/.test(mark));
    const cases = marks.reduce((product, mark) => Math.min(manyCases, product * casesOf(mark)), 1);
    if (marks.length > 0) marks = [];
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
        ...casesWith(scopes, cases),
        body: textKey(body.map((one) => `${one.indent - indent} ${one.whole}`).join('\n')).toString(36),
      });
    }
    scopes.push({ indent, name, isClass, isSkipped, cases });
  }
  return tests;
}

function casesWith(scopes: readonly Scope[], own: number): Pick<TestCase, 'cases'> {
  const cases = scopes.reduce((product, scope) => Math.min(manyCases, product * scope.cases), own);
  return cases === 1 ? {} : { cases };
}

/** `@pytest.mark.parametrize("a", [1, 2])` has two. */
function casesOf(mark: string): number {
  const opened = /\bparametrize\s*\(/.exec(mark);
  if (!opened) return 1;
  let [depth, argument, commas] = [0, 0, 0];
  let isLiteral = false;
  let last = '';
  for (let at = opened.index + opened[0].length; at < mark.length; at += 1) {
    const character = mark[at] ?? '';
    if (character === ' ') continue;
    if (/[([{]/.test(character)) {
      // `[…]` is the whole argument, and not behind a name as in `range(9)`.
      if (depth === 0 && argument === 1 && /[,=]/.test(last) && character !== '{') isLiteral = true;
      depth += 1;
    } else if (/[)\]}]/.test(character)) {
      if (depth === 1 && argument === 1 && isLiteral) return Math.max(1, last === ',' ? commas : commas + 1);
      depth -= 1;
      if (depth < 0) break;
    } else if (character === ',') {
      if (depth === 0) argument += 1;
      else if (depth === 1 && argument === 1) commas += 1;
    }
    last = character;
  }
  return manyCases;
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

/** What means nothing to the cutting into lines. */
const plainText = /[^\n#'"\\]+/y;
const brackets = /[()[\]{}]/g;
const oddSpace = /\s{2}|[^\S ]/;
const indentation = /[ \t\f]*/y;

/** Logical lines: brackets and backslashes join, comments are dropped, strings keep only their quotes in `code`. */
function pythonLines(text: string): readonly PythonLine[] {
  const lines: PythonLine[] = [];
  let line = 1;
  let [code, whole] = ['', ''];
  /** Asking the growing texts for their end would make a long statement slow. */
  let endsInSpace = false;
  let [start, indent, depth] = [1, 0, 0];
  let at = 0;
  beginLine();
  while (at < text.length) {
    const from = at;
    const character = text[from] ?? '';
    if (character === '\n') {
      line += 1;
      at += 1;
      if (depth > 0) keep(' ');
      else {
        endLine(line - 1);
        beginLine();
      }
    } else if (character === '#') at = endOr(text.indexOf('\n', from), text);
    else if (character === '"' || character === "'") {
      const three = character.repeat(3);
      const quote = text.startsWith(three, from) ? three : character;
      at = endOfString(text, from + quote.length, quote);
      const content = text.slice(from, at);
      code += '""';
      whole += content;
      endsInSpace = false;
      if (content.includes('\n')) line += content.split('\n').length - 1;
    } else if (character === '\\' && text[from + 1] === '\n') {
      line += 1;
      at += 2;
    } else {
      plainText.lastIndex = from;
      const plain = plainText.exec(text)?.[0] ?? character;
      at += plain.length;
      for (const bracket of plain.match(brackets) ?? [])
        depth = '([{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
      keep(plain);
    }
  }
  endLine(line);
  return lines;

  function keep(plain: string): void {
    const single = oddSpace.test(plain) ? plain.replaceAll(/\s+/g, ' ') : plain;
    const kept = endsInSpace && single.startsWith(' ') ? single.slice(1) : single;
    if (kept === '') return;
    code += kept;
    whole += kept;
    endsInSpace = kept.endsWith(' ');
  }

  function beginLine(): void {
    [code, whole, endsInSpace, depth, start] = ['', '', false, 0, line];
    indentation.lastIndex = at;
    const margin = indentation.exec(text)?.[0] ?? '';
    at += margin.length;
    indent = /^ *$/.test(margin) ? margin.length : columnsOf(margin);
  }

  function endLine(lastLine: number): void {
    if (code.trim() !== '')
      lines.push({ line: start, lastLine, indent, code: code.trim(), whole: whole.trim() });
  }
}

/** A tab goes on to the next of every eight columns. */
function columnsOf(margin: string): number {
  let columns = 0;
  for (const character of margin)
    columns = character === '\t' ? (Math.floor(columns / 8) + 1) * 8 : columns + 1;
  return columns;
}

function endOr(end: number, text: string): number {
  return end < 0 ? text.length : end;
}

const inString = /[\\\n'"]/g;

/** A string of one quote ends with its line at the latest. */
function endOfString(text: string, from: number, quote: string): number {
  inString.lastIndex = from;
  for (let found = inString.exec(text); found; found = inString.exec(text)) {
    if (found[0] === '\\') inString.lastIndex += 1;
    else if (text.startsWith(quote, found.index)) return found.index + quote.length;
    else if (found[0] === '\n' && quote.length === 1) return found.index;
  }
  return text.length;
}
