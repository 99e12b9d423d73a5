import type { BraceToken } from './brace-tokens.ts';

/** `testing.T` under the names it is usually given. */
const testing = /^(?:t|tt|tb|st|ts|f|T)$/;
const failing = /^(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/;
const skipping = /^(?:Skip|Skipf|SkipNow)$/;
/** testify, quicktest and the like, called as `assert.Equal(…)`. */
const checkers = /^(?:assert|require|is|qt|must|check|td)$/;
/** What a testify suite checks with by itself: `s.Equal(…)`. */
const suiteChecks =
  /^(?:(?:Not?)?(?:Equal|Error|Nil|Empty|Contains|Same|Zero|Panics|Implements|Regexp|Exactly)|True|False|Len|Greater|Less|Positive|Negative|IsType|InDelta|InEpsilon|ElementsMatch|Subset|Condition|Eventually|Never|JSONEq|YAMLEq|FileExists|DirExists|WithinDuration|Fail|FailNow)/;
/** Gomega's, quicktest's and a project's own: `Expect(…)`, `c.Assert(…)`, `test.AssertEquals(…)`. */
const matchers = /^(?:Eventually|Consistently|Ω|(?:Assert|Require|Expect)(?:\p{Lu}\w*)?)$/u;

/** Does the call whose name stands at `index` check something? `suite` is what the method of a suite calls itself. */
export function isGoCheck(tokens: readonly BraceToken[], index: number, suite?: string): boolean {
  const [before, dot, word, bracket, next] = tokens.slice(Math.max(0, index - 2), index + 3);
  if (index < 2 || word === undefined || !isMark(bracket, '(')) return false;
  // `s.Require()` alone checks nothing; what is called on it does.
  if (matchers.test(word.text)) return !isMark(next, ')') || isMark(tokens[index + 3], '.');
  if (!isMark(dot, '.') || before?.kind === undefined) return false;
  if (failing.test(word.text) && isOfTesting(tokens, index)) return true;
  if (checkers.test(before.text)) return /^\p{Lu}/u.test(word.text) && word.text !== 'New';
  return before.text === suite && suite !== undefined && suiteChecks.test(word.text);
}

/** `t.Skip(…)` or `s.T().Skip(…)`. */
export function isGoSkip(tokens: readonly BraceToken[], index: number): boolean {
  return skipping.test(tokens[index]?.text ?? '') && isOfTesting(tokens, index);
}

/** A variable that holds a `testing.T`, by its usual names. */
export function isTesting(name: string): boolean {
  return testing.test(name);
}

/** Behind `t.` or `s.T().`. */
function isOfTesting(tokens: readonly BraceToken[], index: number): boolean {
  if (!isMark(tokens[index - 1], '.')) return false;
  if (isMark(tokens[index - 2], ')')) return tokens[index - 4]?.text === 'T';
  return testing.test(tokens[index - 2]?.text ?? '');
}

export function isMark(token: BraceToken | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}
