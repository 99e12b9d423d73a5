import { manyCases, type TestCase } from '../../../core/test-facts.ts';
import { textKey } from '../name-key.ts';
import { type JsToken, jsTokens } from './js-tokens.ts';

const testNames = new Set(['it', 'test', 'xit', 'xtest', 'fit', 'specify']);
const blockNames = new Set(['describe', 'suite', 'context', 'xdescribe', 'fdescribe']);
const assertions = /^(?:expect|expectTypeOf|assert|assertType|should|chai|sinon)$/;

const opens = /^(?:[([{]|\$\{)$/;
const closes = /^[)\]}]$/;

type State = TestCase['state'];

interface Call {
  readonly isTest: boolean;
  readonly state: State;
  readonly title: string;
  readonly cases: number;
  /** Index of the parenthesis that opens its arguments. */
  readonly opens: number;
}

interface Open {
  readonly call: Call;
  readonly depth: number;
  readonly firstLine: number;
  readonly from: number;
  checks: number;
}

/**
 * The tests of a jest or vitest file (also mocha's and jasmine's words): `it`, `test` and their `.skip`, `.only`, `.todo`,
 * `.each`, in blocks of `describe`. Read from tokens, so that comments, strings and names that look alike do not count. A
 * test of `.each` is one test.
 */
export function jsTests(text: string): readonly TestCase[] {
  const tokens = jsTokens(text).filter(({ kind }) => kind !== 'comment');
  const closing = closingBrackets(tokens);
  const tests: TestCase[] = [];
  const open: Open[] = [];
  let depth = 0;
  const calls = new Map<number, Call>();
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'name') {
      const call = callAt(tokens, closing, index);
      if (call) calls.set(call.opens, call);
      else if (isAssertion(tokens, index)) count(open.at(-1), 1);
    } else if (token.kind === 'mark') {
      if (opens.test(token.text)) {
        depth += 1;
        const call = calls.get(index);
        if (call) open.push({ call, depth, firstLine: token.line, from: index, checks: 0 });
      } else if (closes.test(token.text)) {
        const last = open.at(-1);
        if (last?.depth === depth) {
          open.pop();
          count(open.at(-1), last.checks);
          if (last.call.isTest) tests.push(testOf(last, open, tokens.slice(last.from, index), token.line));
        }
        depth -= 1;
      }
    }
  }
  return tests.toSorted((a, b) => a.lines.start - b.lines.start);
}

function count(open: Open | undefined, checks: number): void {
  if (open) open.checks += checks;
}

function testOf(test: Open, around: readonly Open[], body: readonly JsToken[], lastLine: number): TestCase {
  const blocks = around.filter(({ call }) => !call.isTest).map(({ call }) => call);
  const states = [...blocks.map(({ state }) => state), test.call.state];
  const cases = [...blocks, test.call].reduce(
    (product, call) => Math.min(manyCases, product * call.cases),
    1,
  );
  return {
    name: [...blocks.map(({ title }) => title), test.call.title].join(' > '),
    lines: { start: test.firstLine, end: lastLine },
    assertions: test.checks,
    ...(cases !== 1 && { cases }),
    state: states.includes('skipped') ? 'skipped' : states.includes('focused') ? 'focused' : 'runs',
    body: textKey(
      body
        .slice(2)
        .map(({ kind, text }) => `${kind} ${text}`)
        .join('\n'),
    ).toString(36),
  };
}

/** `it(`, `it.skip(`, `it.each(…)(`, `` it.each`…`( ``, `describe.skipIf(…)(`; nothing behind a dot and no declaration. */
function callAt(
  tokens: readonly JsToken[],
  closing: ReadonlyMap<number, number>,
  index: number,
): Call | undefined {
  const name = tokens[index]?.text ?? '';
  const isTest = testNames.has(name);
  if (!isTest && !blockNames.has(name)) return undefined;
  const before = tokens[index - 1];
  if (before?.text === '.' || before?.text === 'function' || before?.text === '?.') return undefined;
  let state: State = name.startsWith('x') ? 'skipped' : name.startsWith('f') ? 'focused' : 'runs';
  let cases = 1;
  let at = index + 1;
  for (;;) {
    if (tokens[at]?.text === '.' && tokens[at + 1]?.kind === 'name') {
      const word = tokens[at + 1]?.text ?? '';
      if (word === 'skip' || word === 'todo') state = 'skipped';
      else if (word === 'only') state = 'focused';
      at += 2;
      if (word === 'each' || word === 'for') cases = casesAt(tokens, closing, at);
      if (word === 'each' || word === 'for' || word === 'skipIf' || word === 'runIf')
        at = behindArguments(tokens, closing, at);
      continue;
    }
    break;
  }
  if (tokens[at]?.kind !== 'mark' || tokens[at]?.text !== '(') return undefined;
  const first = tokens[at + 1];
  if (first === undefined || first.text === ')') return undefined;
  const title = first.kind === 'string' ? first.text.slice(0, 200) : first.text;
  return { isTest, state, title, cases, opens: at };
}

/** Of `each([…])`, its elements; what is no list written out, or a template, may have any number. */
function casesAt(tokens: readonly JsToken[], closing: ReadonlyMap<number, number>, from: number): number {
  const [opensCall, opensList] = [tokens[from], tokens[from + 1]];
  const end = closing.get(from + 1);
  if (opensCall?.text !== '(' || opensList?.text !== '[' || end === undefined) return manyCases;
  let commas = 0;
  for (let at = from + 2; at < end; at = (closing.get(at) ?? at) + 1) {
    if (tokens[at]?.text === ',') commas += 1;
    // `...more`
    else if (tokens[at]?.text.startsWith('.') && /^[,[]$/.test(tokens[at - 1]?.text ?? '')) return manyCases;
  }
  return Math.max(1, tokens[end - 1]?.text === ',' ? commas : commas + 1);
}

/** Past `(…)` or a template with whatever it holds. */
function behindArguments(
  tokens: readonly JsToken[],
  closing: ReadonlyMap<number, number>,
  from: number,
): number {
  if (tokens[from]?.kind !== 'string') return (closing.get(from) ?? tokens.length) + 1;
  let at = from + 1;
  while (tokens[at]?.text === '${') {
    at = (closing.get(at) ?? tokens.length) + 1;
    if (tokens[at]?.kind === 'string') at += 1;
  }
  return at;
}

/** Where each bracket is closed, by their indexes. Brackets that do not match close each other all the same. */
function closingBrackets(tokens: readonly JsToken[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'mark') continue;
    if (opens.test(text)) open.push(index);
    else if (closes.test(text)) {
      const start = open.pop();
      if (start !== undefined) closing.set(start, index);
    }
  }
  return closing;
}

/** `expect(…)`, `assert(…)`, `assert.equal(…)`, and `.expect(200)` of clients that check; not `expect.extend`. */
function isAssertion(tokens: readonly JsToken[], index: number): boolean {
  const [token, next, word, after] = tokens.slice(index, index + 4);
  if (token === undefined || !assertions.test(token.text)) return false;
  if (next?.text === '(') return true;
  if (next?.text !== '.' || word?.kind !== 'name') return false;
  if (token.text === 'expect') return /^(?:soft|poll|unreachable)$/.test(word.text) && after?.text === '(';
  return token.text === 'assert' && after?.text === '(';
}
