import { manyCases, type TestCase } from '../../../core/test-facts.ts';
import { textKey } from '../name-key.ts';
import type { BraceToken } from './brace-tokens.ts';
import { isGoCheck, isMark } from './go-checks.ts';

const words = /^([FPX]?)(?:(Describe(?:TableSubtree)?|Context|When)|(It|Specify)|(DescribeTable)|(Entry))$/;
/** What projects write around them: `SIGDescribe(…)`, `framework.ConformanceIt(…)`. */
const wrappers = /^(?:(\p{Lu}\w*Describe)|(ConformanceIt))$/u;
const longestTitle = 200;
/** Blocks in blocks, so deep, are read no further. */
const deepest = 50;

interface Call {
  readonly kind: 'block' | 'spec' | 'table' | 'entry';
  readonly isTable: boolean;
  readonly state: TestCase['state'];
  readonly title: string;
  /** Indexes of its parentheses, and of what stands behind the title. */
  readonly opens: number;
  readonly closes: number;
  readonly behindTitle: number;
}

/**
 * The specs of a Ginkgo file: `It` and `Specify` in blocks of `Describe`, `Context` and `When`; a table (`DescribeTable`)
 * with what its function checks, and each `Entry` of it. `F`, `P` and `X` before a word, and the decorators `Focus` and
 * `Pending`, focus and skip; so does a `Skip(…)` outside of any condition.
 */
export function ginkgoSpecs(
  tokens: readonly BraceToken[],
  closing: ReadonlyMap<number, number>,
): readonly TestCase[] {
  const specs: TestCase[] = [];
  let around: readonly Call[] = [];
  for (const [index, token] of tokens.entries()) {
    while ((around.at(-1)?.closes ?? index) < index) around = around.slice(0, -1);
    if (token.kind !== 'name') continue;
    const call = callAt(tokens, closing, index);
    if (call === undefined || around.length >= deepest) continue;
    const last = around.at(-1);
    // A spec holds no other one, and a table nothing but its entries.
    if (call.kind === 'entry' ? !last?.isTable : last && last.kind !== 'block') continue;
    if (call.kind !== 'block') specs.push(specOf(tokens, closing, call, around));
    around = [...around, call];
  }
  return specs;
}

function callAt(
  tokens: readonly BraceToken[],
  closing: ReadonlyMap<number, number>,
  index: number,
): Call | undefined {
  const name = tokens[index]?.text ?? '';
  const [, letter = '', block, spec, table, entry] = words.exec(name) ?? [];
  const [, ownBlock = block, ownSpec = spec] = wrappers.exec(name) ?? [];
  const kind = ownBlock ? 'block' : ownSpec ? 'spec' : table ? 'table' : entry ? 'entry' : undefined;
  if (kind === undefined || !isMark(tokens[index + 1], '(')) return undefined;
  const opens = index + 1;
  const closes = closing.get(opens);
  // `func Describe(…) {` declares one.
  if (closes === undefined || tokens[index - 1]?.text === 'func' || isMark(tokens[closes + 1], '{'))
    return undefined;
  let behindTitle = opens + 1;
  while (behindTitle < closes && !isMark(tokens[behindTitle], ','))
    behindTitle = (closing.get(behindTitle) ?? behindTitle) + 1;
  // A title alone is a call of something else, as `ctx.When(x)` may be.
  if (behindTitle >= closes && kind !== 'entry') return undefined;
  const decorators = argumentsOf(tokens, closing, behindTitle, closes);
  const isPending = letter === 'P' || letter === 'X' || decorators.includes('Pending');
  const isFocused = letter === 'F' || decorators.includes('Focus');
  return {
    kind,
    isTable: name.includes('Table'),
    state: isPending ? 'skipped' : isFocused ? 'focused' : 'runs',
    title: titleOf(tokens.slice(opens + 1, Math.min(behindTitle, opens + longestTitle))),
    opens,
    closes,
    behindTitle,
  };
}

/** The words among the arguments that are nothing but one, with or without their package. */
function argumentsOf(
  tokens: readonly BraceToken[],
  closing: ReadonlyMap<number, number>,
  from: number,
  to: number,
): readonly string[] {
  const words: string[] = [];
  for (let at = from; at < to; at = (closing.get(at) ?? at) + 1)
    if (tokens[at]?.kind === 'name' && /^[,)]$/.test(tokens[at + 1]?.text ?? ''))
      words.push(tokens[at]?.text ?? '');
  return words;
}

function titleOf(tokens: readonly BraceToken[]): string {
  return tokens
    .map(({ text }) => text)
    .join(tokens.length === 1 ? '' : ' ')
    .slice(0, longestTitle);
}

function specOf(
  tokens: readonly BraceToken[],
  closing: ReadonlyMap<number, number>,
  { kind, state, title, opens, behindTitle, closes }: Call,
  around: readonly Call[],
): TestCase {
  const own: BraceToken[] = [];
  let assertions = 0;
  let [depth, entries] = [0, 0];
  let isSkipped = false;
  for (let index = behindTitle + 1; index < closes; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    // Entries stand for themselves.
    const inner = token.kind === 'name' ? callAt(tokens, closing, index) : undefined;
    if (inner?.kind === 'entry') {
      entries += 1;
      index = inner.closes;
      continue;
    }
    own.push(token);
    if (isMark(token, '{')) depth += 1;
    else if (isMark(token, '}')) depth -= 1;
    if (token.kind !== 'name') continue;
    if (isGoCheck(tokens, index)) assertions += 1;
    else if (depth === 1 && token.text === 'Skip' && isMark(tokens[index + 1], '(')) isSkipped = true;
  }
  const states = [...around.map((block) => block.state), state];
  return {
    name: [...around.map((block) => block.title), title].join(' > '),
    lines: { start: tokens[opens]?.line ?? 1, end: tokens[closes]?.line ?? tokens[opens]?.line ?? 1 },
    assertions,
    // Entries that stand elsewhere may be any number.
    ...(kind === 'table' && entries !== 1 && { cases: entries || manyCases }),
    state:
      isSkipped || states.includes('skipped') ? 'skipped' : states.includes('focused') ? 'focused' : 'runs',
    body: textKey(own.map(({ kind, text }) => `${kind} ${text}`).join('\n')).toString(36),
  };
}
