import { manyCases, type TestCase } from '../../../core/test-facts.ts';
import { textKey } from '../name-key.ts';
import { type BraceToken, braceTokens, closingMarks } from './brace-tokens.ts';

const testMark = /^(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property|Example)$/;
const skipMark = /^(?:Disabled|Ignore|Ignored)$/;
const types = /^(?:class|interface|object|record|enum)$/;
const checkCall =
  /^(?:assert\p{Lu}\w*|assert|fail|verify\w*|coVerify\w*|confirmVerified|andExpect\w*|expect\p{Lu}\w*|expectThrows)$/u;
/** Kotest and AssertJ's BDD words, also without a bracket behind them: `sum shouldBe 3`. */
const checkWord = /^should(?:\p{Lu}\w*)?$/u;

/** Words of a chain that name what is checked, or how it is compared. */
const describing =
  /^(?:as|describedAs|withFailMessage|overridingErrorMessage|named|using\w*|with\w*Message)$/;

/** Tokens between the angle brackets of a call. */
const longestTypes = 20;

/** Classes around a test that its name tells. */
const mostNamed = 20;

interface Annotation {
  readonly name: string;
  /** Words between its brackets. */
  readonly words: readonly string[];
}

interface Scope {
  readonly name: string;
  /** It or a class around it is. */
  readonly isSkipped: boolean;
  readonly closes: number;
}

/**
 * The tests of a JUnit 4 or 5, TestNG or kotlin.test file: methods with `@Test` and its kin, in classes. `@Disabled`,
 * `@Ignore` and TestNG's `enabled = false`, on the method or a class around it, skip; `@DisabledOnOs` and the like do not,
 * because they depend on where the test runs. A parametrised test is one test.
 */
export function junitTests(text: string, language: 'java' | 'kotlin'): readonly TestCase[] {
  const tokens = braceTokens(text, language);
  const closing = closingMarks(tokens);
  const tests: TestCase[] = [];
  const scopes: Scope[] = [];
  let marks: Annotation[] = [];
  let marksLine = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    while ((scopes.at(-1)?.closes ?? Number.POSITIVE_INFINITY) <= index) scopes.pop();
    if (isMark(token, '@') && tokens[index + 1]?.kind === 'name' && tokens[index + 1]?.text !== 'interface') {
      const { annotation, end } = annotationAt(tokens, closing, index + 1);
      if (marks.length === 0) marksLine = token.line;
      marks.push(annotation);
      index = end;
      continue;
    }
    if (token.kind === 'name' && types.test(token.text) && tokens[index + 1]?.kind === 'name') {
      const opens = nextBrace(tokens, closing, index + 2);
      if (opens === undefined) continue;
      scopes.push({
        name: tokens[index + 1]?.text ?? '',
        isSkipped: isSkipped(marks) || scopes.at(-1)?.isSkipped === true,
        closes: closing.get(opens) ?? tokens.length,
      });
      marks = [];
      index = opens;
      continue;
    }
    const isMethod = token.kind === 'name' && isMark(tokens[index + 1], '(');
    if (isMethod && marks.some(({ name }) => testMark.test(name))) {
      const behind = (closing.get(index + 1) ?? index + 1) + 1;
      const opens = nextBrace(tokens, closing, behind);
      const closes = opens === undefined ? endOfExpression(tokens, closing, behind) : closing.get(opens);
      const body = tokens.slice(opens === undefined ? behind : opens + 1, closes);
      if (closes === undefined || (opens === undefined && body.length === 0)) {
        marks = [];
        continue;
      }
      tests.push({
        name: [...scopes.slice(-mostNamed).map((scope) => scope.name), token.text.slice(0, 200)].join(' > '),
        lines: { start: marksLine, end: tokens[closes]?.line ?? token.line },
        assertions: checksIn(body),
        ...casesOf(marks),
        state: isSkipped(marks) || scopes.at(-1)?.isSkipped === true ? 'skipped' : 'runs',
        body: textKey(body.map(({ kind, text: word }) => `${kind} ${word}`).join('\n')).toString(36),
      });
      marks = [];
      index = opens === undefined ? closes - 1 : closes;
    } else if (isMark(token, ';') || isMark(token, '}') || /^va[lr]$/.test(token.text)) marks = [];
    else if (isMark(token, '{')) {
      marks = [];
      // The body of a method that is no test, or an initialiser: classes inside of it are left out.
      if (scopes.length > 0) index = closing.get(index) ?? index;
    }
  }
  return tests;
}

/** `@org.junit.jupiter.api.Test(…)`: its last name and the words in its brackets. `from` is its first name. */
function annotationAt(
  tokens: readonly BraceToken[],
  closing: ReadonlyMap<number, number>,
  from: number,
): { readonly annotation: Annotation; readonly end: number } {
  let at = from;
  // `@file:JvmName`, `@get:Rule`
  while ((isMark(tokens[at + 1], '.') || isMark(tokens[at + 1], ':')) && tokens[at + 2]?.kind === 'name')
    at += 2;
  const name = tokens[at]?.text ?? '';
  if (!isMark(tokens[at + 1], '(')) return { annotation: { name, words: [] }, end: at };
  const end = closing.get(at + 1) ?? tokens.length;
  return { annotation: { name, words: tokens.slice(at + 2, end).map(({ text }) => text) }, end };
}

/** `@ValueSource(ints = {1, 2})` and `@CsvSource` have as many as values; other sources may have any number. */
function casesOf(marks: readonly Annotation[]): Pick<TestCase, 'cases'> {
  if (!marks.some(({ name }) => name === 'ParameterizedTest')) return {};
  const words = marks.find(({ name }) => /^(?:Value|Csv)Source$/.test(name))?.words ?? [];
  const values = words.slice(words.findIndex((word) => /^[{[]$/.test(word)) + 1);
  const commas = values.filter((word) => word === ',').length;
  return { cases: values.length === 0 ? manyCases : commas + 1 };
}

function isSkipped(marks: readonly Annotation[]): boolean {
  return marks.some(
    ({ name, words }) =>
      skipMark.test(name) || (name === 'Test' && words.join(' ').includes('enabled = false')),
  );
}

/** The brace that opens a body, with brackets before it skipped; undefined for an abstract or an empty one. */
function nextBrace(
  tokens: readonly BraceToken[],
  closing: ReadonlyMap<number, number>,
  from: number,
): number | undefined {
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || endsDeclaration(token)) return undefined;
    if (isMark(token, '{')) return at;
    if (isMark(token, '(')) at = closing.get(at) ?? tokens.length;
  }
  return undefined;
}

/** Kotlin's `fun x() = assertTrue(y)`: up to where the next declaration begins. Undefined for a method without a body. */
function endOfExpression(
  tokens: readonly BraceToken[],
  closing: ReadonlyMap<number, number>,
  from: number,
): number | undefined {
  if (!isMark(tokens[from], '=')) return undefined;
  let at = from;
  while (at < tokens.length && !endsDeclaration(tokens[at])) {
    if (isMark(tokens[at], '(')) at = closing.get(at) ?? tokens.length;
    at += 1;
  }
  return at;
}

function endsDeclaration(token: BraceToken | undefined): boolean {
  if (token?.kind === 'name')
    return /^(?:fun|class|interface|va[lr]|private|internal|override)$/.test(token.text);
  return token?.kind === 'mark' && /^[;}@]$/.test(token.text);
}

/** AssertJ, Truth and assertk chain what they check: `assertThat(x).isNotNull().isEqualTo(3)` are two. */
function checksIn(body: readonly BraceToken[]): number {
  const closing = closingMarks(body);
  let checks = 0;
  for (const [index, token] of body.entries()) {
    if (token.kind !== 'name') continue;
    if (token.text === 'assert' || checkWord.test(token.text)) checks += 1;
    else if (checkCall.test(token.text)) {
      const opens = opensCall(body, index + 1);
      if (opens === undefined) continue;
      checks += /^assertThat\w*$/.test(token.text) ? Math.max(1, chained(body, closing, opens)) : 1;
    }
  }
  return checks;
}

/** `verify(…)`, `verify { … }`, `assertFailsWith<Refused> { … }`: where its arguments begin. */
function opensCall(body: readonly BraceToken[], from: number): number | undefined {
  let at = from;
  if (isMark(body[at], '<')) {
    let depth = 1;
    while (depth > 0 && at < from + longestTypes) {
      at += 1;
      if (isMark(body[at], '<')) depth += 1;
      else if (isMark(body[at], '>')) depth -= 1;
    }
    at += 1;
  }
  return isMark(body[at], '(') || isMark(body[at], '{') ? at : undefined;
}

/** Calls behind the one whose arguments open here, less those that only describe. */
function chained(body: readonly BraceToken[], closing: ReadonlyMap<number, number>, opens: number): number {
  let calls = 0;
  let at = (closing.get(opens) ?? body.length) + 1;
  while (isMark(body[at], '.') && body[at + 1]?.kind === 'name') {
    const call = opensCall(body, at + 2);
    if (call === undefined) break;
    if (!describing.test(body[at + 1]?.text ?? '')) calls += 1;
    at = (closing.get(call) ?? body.length) + 1;
  }
  return calls;
}

function isMark(token: BraceToken | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}
