import { manyCases, type TestCase } from '../../../core/test-facts.ts';
import { textKey } from '../name-key.ts';
import { type BraceToken, braceTokens, closingMarks } from './brace-tokens.ts';
import { ginkgoSpecs } from './ginkgo-specs.ts';
import { isGoCheck, isGoSkip, isMark, isTesting } from './go-checks.ts';

const testName = /^(?:Test|Fuzz|Example)(?!\p{Ll})/u;
/** Subtests in subtests, so deep, count with the test around them. */
const deepest = 20;

interface Reading {
  readonly tokens: readonly BraceToken[];
  readonly closing: ReadonlyMap<number, number>;
  readonly tests: TestCase[];
  /** What the method of a suite calls itself. */
  readonly suite?: string;
}

interface Body {
  readonly name: string;
  /** Tests around it. */
  readonly level: number;
  readonly firstLine: number;
  /** Indexes of its braces. */
  readonly opens: number;
  readonly closes: number;
}

/**
 * The tests of a Go file: specs of Ginkgo, functions and suite methods `Test…`, `Fuzz…`, `Example…`, and subtests `t.Run("…", func …)` with a
 * literal name, which count apart from the test around them; those of a table count with it. A `t.Skip` inside a
 * condition is no skip, because it depends on where the test runs.
 */
export function goTests(text: string): readonly TestCase[] {
  const tokens = braceTokens(text, 'go');
  const closing = closingMarks(tokens);
  const tests: TestCase[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind === 'mark' && token.text === '{') index = closing.get(index) ?? index;
    if (token?.kind !== 'name' || token.text !== 'func') continue;
    const receiver = isMark(tokens[index + 1], '(') ? index + 1 : undefined;
    const at = receiver === undefined ? index + 1 : (closing.get(receiver) ?? tokens.length) + 1;
    const name = tokens[at]?.text ?? '';
    const opens = bodyAfter(tokens, closing, at + 1);
    if (opens === undefined) continue;
    const closes = closing.get(opens) ?? tokens.length - 1;
    if (tokens[at]?.kind === 'name' && testName.test(name) && name !== 'TestMain') {
      const suite = receiver === undefined ? undefined : tokens[receiver + 1]?.text;
      read(
        { name, level: 0, firstLine: token.line, opens, closes },
        { tokens, closing, tests, ...(suite !== undefined && { suite }) },
      );
    }
    index = closes;
  }
  if (text.includes('ginkgo')) tests.push(...ginkgoSpecs(tokens, closing));
  return tests.toSorted((a, b) => a.lines.start - b.lines.start);
}

function read({ name, level, firstLine, opens, closes }: Body, reading: Reading): void {
  const { tokens, closing, tests } = reading;
  const own: BraceToken[] = [];
  let [assertions, depth] = [0, 0];
  let [isSkipped, isTable] = [false, false];
  for (let index = opens + 1; index < closes; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    own.push(token);
    if (token.kind === 'mark') {
      if (token.text === '{') depth += 1;
      else if (token.text === '}') depth -= 1;
    }
    if (token.kind !== 'name') continue;
    const inner = level < deepest ? subtest(index, reading) : undefined;
    if (inner !== undefined) {
      read(inner, reading);
      index = inner.closes;
    } else if (token.text === 'Run' && isTesting(tokens[index - 2]?.text ?? '')) isTable = true;
    else if (isGoCheck(tokens, index, reading.suite)) assertions += 1;
    else if (depth === 0 && isGoSkip(tokens, index)) isSkipped = true;
  }
  tests.push({
    name,
    lines: { start: firstLine, end: tokens[closes]?.line ?? firstLine },
    assertions,
    ...(isTable && { cases: manyCases }),
    state: isSkipped ? 'skipped' : 'runs',
    body: textKey(own.map(({ kind, text }) => `${kind} ${text}`).join('\n')).toString(36),
  });

  /** `t.Run("name", func(t *testing.T) { … })` */
  function subtest(index: number, { suite }: Reading): Body | undefined {
    const [before, dot, run, bracket, title, comma, func] = tokens.slice(index - 2, index + 5);
    if (run?.text !== 'Run' || !isMark(dot, '.') || !isMark(bracket, '(') || title?.kind !== 'string') return;
    if (!isTesting(before?.text ?? '') && before?.text !== suite && !isMark(before, ')')) return;
    if (!isMark(comma, ',') || func?.text !== 'func') return;
    const at = bodyAfter(tokens, closing, index + 5);
    if (at === undefined) return;
    return {
      name: `${name} > ${title.text.slice(0, 200)}`,
      level: level + 1,
      firstLine: run.line,
      opens: at,
      closes: closing.get(at) ?? closes,
    };
  }
}

/** The brace behind the parameters and results that begin at `from`. */
function bodyAfter(
  tokens: readonly BraceToken[],
  closing: ReadonlyMap<number, number>,
  from: number,
): number | undefined {
  let at = from;
  // Type parameters come before the parameters.
  if (isMark(tokens[at], '[')) at = (closing.get(at) ?? tokens.length) + 1;
  if (!isMark(tokens[at], '(')) return undefined;
  at = (closing.get(at) ?? tokens.length) + 1;
  if (isMark(tokens[at], '(')) at = (closing.get(at) ?? tokens.length) + 1;
  for (; at < tokens.length; at += 1) {
    if (isMark(tokens[at], '{')) return at;
    // A result is a name, with dots, stars and brackets; anything else is no function with a body.
    if (tokens[at]?.kind === 'mark' && !/^[.*[\]]$/.test(tokens[at]?.text ?? '')) return undefined;
    if (tokens[at]?.text === 'func') return undefined;
  }
  return undefined;
}
