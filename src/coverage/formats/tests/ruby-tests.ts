import type { TestCase } from '../../../core/test-facts.ts';
import { textKey } from '../name-key.ts';
import { type RubyLine, rubyLines } from './ruby-lines.ts';

const block =
  /^(?:RSpec\s*\.\s*)?([xf]?(?:describe|context)|(?:x|f)?feature|class|module)\b(?!\s*[=.])\s*(.*)$/;
const example =
  /^([xf]?(?:it|specify|example|scenario)|its|test|pending|skip|focus|should(?=[\s(]+""))\b(?!\s*[=.:,)])\s*(.*?)(?:\bdo\b(?:\s*\|[^|]*\|)?\s*$|\{\s*(.*)\}\s*$|\{\s*$)/;
/** Shoulda's `should respond_with :success`, which stands where a test does. */
const matcher = /^should(?:_not)?\s+\w/;
/** Minitest calls its methods without anything: one that takes parameters is a helper. */
const method = /^def\s+(test_\w+[?!]?)(?![\w?!]|\s*\(\s*[\w*&]|[ \t]+[\w*&])/;
const check =
  /\b(?:expect|is_expected|are_expected|assert|flunk|refute|assert_\w+|refute_\w+|must_\w+|wont_\w+|expect_any_instance_of)\b|\.\s*should(?:_not)?\b|(?:^|\{\s*)should(?:_not)?\b/g;

type State = TestCase['state'];

interface Scope {
  readonly indent: number;
  readonly name: string;
  readonly state: State;
  /** A module, whose methods are helpers unless it is called after the tests that it shares (`module LintTests`). */
  readonly isForHelpers: boolean;
}

/**
 * The tests of an RSpec or Minitest file: `it`, `specify`, `example`, `scenario` with their `x`, `f` and `skip:` forms, in
 * blocks of `describe`, `context` and classes, shoulda's `should "…"`, and methods `test_…`. Read from lines of code without comments and
 * strings, by indentation. A `skip if …` is no skip, because it depends on where the test runs.
 */
export function rubyTests(text: string): readonly TestCase[] {
  const lines = rubyLines(text);
  const tests: TestCase[] = [];
  let scopes: readonly Scope[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const own = lines[index];
    if (own === undefined) break;
    scopes = scopes.filter(({ indent }) => indent < own.indent);
    const [, kind] = block.exec(own.code) ?? [];
    if (kind !== undefined) {
      const name = titleOf(own);
      const isForHelpers = (kind === 'module' && !/Tests?$/.test(name)) || /^class\s*<</.test(own.code);
      scopes = [...scopes, { indent: own.indent, name, state: stateOf(kind, own), isForHelpers }];
      continue;
    }
    const found = exampleAt(own);
    if (found === undefined) continue;
    // Nothing calls a method of a module but what includes it.
    if (found.word === 'def' && scopes.length > 0 && scopes.every(({ isForHelpers }) => isForHelpers))
      continue;
    const { inline } = found;
    const body = inline === undefined ? bodyOf(lines, index) : [];
    const checked = [...body.map(({ code }) => code), ...(inline === undefined ? [] : [inline.code])];
    const skips = body.some(
      ({ code, indent }) =>
        indent === body[0]?.indent && /^(?:skip|pending)\b(?!.*\b(?:if|unless)\b)/.test(code),
    );
    const states = [...scopes.map(({ state }) => state), stateOf(found.word, own)];
    tests.push({
      name: [...scopes.map(({ name }) => name), found.name ?? titleOf(own)].join(' > '),
      lines: {
        start: own.line,
        end: lines[index + body.length + (inline === undefined ? 1 : 0)]?.line ?? own.line,
      },
      assertions: checked.reduce((sum, code) => sum + [...code.matchAll(check)].length, 0),
      state:
        skips || states.includes('skipped') ? 'skipped' : states.includes('focused') ? 'focused' : 'runs',
      body: textKey(
        inline === undefined
          ? body.map(({ indent, whole }) => `${indent - own.indent} ${whole}`).join('\n')
          : inline.whole,
      ).toString(36),
    });
    index += body.length;
  }
  return tests;
}

interface Example {
  /** What it is called with: `it`, `xit`, `pending` …; `def` for a method. */
  readonly word: string;
  /** Where its words do not say it. */
  readonly name?: string;
  /** What stands on the same line. */
  readonly inline?: Pick<RubyLine, 'code' | 'whole'>;
}

function exampleAt({ code, whole }: RubyLine): Example | undefined {
  const [, name] = method.exec(code) ?? [];
  if (name !== undefined) return { word: 'def', name };
  const [, word, , inBraces] = example.exec(code) ?? [];
  if (word === undefined) return matcher.test(code) ? { word: 'should', inline: { code, whole } } : undefined;
  if (inBraces === undefined) return { word };
  return { word, inline: { code: inBraces, whole: whole.slice(whole.indexOf('{')) } };
}

/** Lines deeper than the one that opens it: what stands at its depth again closes it. */
function bodyOf(lines: readonly RubyLine[], index: number): readonly RubyLine[] {
  const indent = lines[index]?.indent ?? 0;
  let end = index + 1;
  while ((lines[end]?.indent ?? -1) > indent) end += 1;
  return lines.slice(index + 1, end);
}

/** The words between the keyword and the block, without the quotes around them and without metadata. */
function titleOf({ code, whole: line }: RubyLine): string {
  const whole = line.slice(0, 1_000);
  const quoted = /(["'])((?:\\.|(?!\1).)*)\1/.exec(whole);
  if (quoted?.[2] !== undefined && /^\S+\s*\(?\s*""/.test(code)) return quoted[2].slice(0, 200);
  const [, rest = ''] = /^[\w.]+\s*(.*?)\s*(?:\bdo\b.*|\{.*)?$/.exec(whole) ?? [];
  return rest.slice(0, 200);
}

function stateOf(word: string, { code }: RubyLine): State {
  if (/^x|^(?:pending|skip)$/.test(word)) return 'skipped';
  if (/,\s*(?::(?:skip|pending)\b|(?:skip|pending):(?!\s*(?:false|nil)\b))/.test(code)) return 'skipped';
  if (/^f(?!eature)|^focus$/.test(word)) return 'focused';
  return /,\s*(?::focus\b|focus:\s*true)/.test(code) ? 'focused' : 'runs';
}
