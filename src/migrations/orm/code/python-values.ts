import { type CodeNode, fieldOf, namedIn, type Program, sourceOf } from './code-node.ts';
import { type CodeCall, type CodeValue, none, type Scope } from './code-value.ts';
import { literalValue } from './literal-value.ts';
import { joined } from './ruby-values.ts';

/** What a Python expression stands for. Total: whatever is not known is opaque. */
export function pythonValue(program: Program, node: CodeNode | undefined, scope: Scope): CodeValue {
  if (!node) return none;
  const opaque: CodeValue = { kind: 'opaque', source: sourceOf(program, node).slice(0, 200) };
  const value = (inner: CodeNode | undefined) => pythonValue(program, inner, scope);
  const literal = literalValue(program, node);
  if (literal) return literal;
  switch (node.type) {
    case 'string':
      return stringText(program, node, scope) ?? opaque;
    case 'concatenated_string':
      return joined(namedIn(node).map(value)) ?? opaque;
    case 'binary_operator': {
      const operator = sourceOf(program, fieldOf(node, 'operator') ?? node);
      const sides = [value(fieldOf(node, 'left')), value(fieldOf(node, 'right'))];
      if (operator === '+' && sides.some(({ kind }) => kind === 'list'))
        return { kind: 'list', items: sides.flatMap(spread) };
      return (operator === '+' ? joined(sides) : undefined) ?? opaque;
    }
    case 'list':
    case 'tuple':
    case 'set': {
      const items = namedIn(node).flatMap((item) =>
        item.type === 'list_splat' ? spread(value(namedIn(item)[0])) : [value(item)],
      );
      return { kind: 'list', items };
    }
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
      return comprehension(program, node, scope) ?? opaque;
    case 'dictionary':
      return { kind: 'map', entries: entriesOf(program, node, scope) };
    case 'parenthesized_expression':
      return value(namedIn(node)[0]);
    case 'lambda':
      return { kind: 'lambda', gives: value(fieldOf(node, 'body')) };
    case 'identifier':
    case 'attribute':
      return scope.get(sourceOf(program, node)) ?? opaque;
    case 'call': {
      const call = pythonCall(program, node, scope);
      const [first] = call.args;
      // `op.f` marks a name as whole.
      if (/(?:^|\.)(?:dedent|f)$/.test(call.name) && first?.kind === 'text') return first;
      if (/\.(?:strip|lstrip|rstrip)$/.test(call.name) && call.receiver?.kind === 'text')
        return call.receiver;
      return call;
    }
    default:
      return opaque;
  }
}

/** The items of a list; one that is not known stands for those of anything else. */
function spread(value: CodeValue): readonly CodeValue[] {
  return value.kind === 'list' ? value.items : [value];
}

/** How many items of a comprehension are told one by one. Chosen by us. */
const mostItems = 200;

/** `[f(name) for name in names]` over items that are known; without a condition. */
function comprehension(program: Program, node: CodeNode, scope: Scope): CodeValue | undefined {
  const clauses = namedIn(node).slice(1);
  const [clause, more] = clauses;
  const body = fieldOf(node, 'body');
  const left = fieldOf(clause, 'left');
  if (clause?.type !== 'for_in_clause' || more || !body || !left) return undefined;
  const over = pythonValue(program, fieldOf(clause, 'right'), scope);
  if (over.kind !== 'list' || over.items.length > mostItems) return undefined;
  const names = left.type === 'identifier' ? [left] : namedIn(left);
  const items = over.items.map((item) => {
    const own = new Map(scope);
    names.forEach((name, at) => {
      const part = names.length > 1 && item.kind === 'list' ? item.items[at] : item;
      own.set(sourceOf(program, name), part ?? none);
    });
    return pythonValue(program, body, own);
  });
  return { kind: 'list', items };
}

/** A call as the migration makes it, with its dotted name. */
export function pythonCall(program: Program, node: CodeNode, scope: Scope): CodeCall {
  const callee = fieldOf(node, 'function');
  const dotted = callee ? sourceOf(program, callee) : '';
  const isPlain = /^[\w.]{1,200}$/.test(dotted);
  const inner = callee?.type === 'attribute' ? fieldOf(callee, 'object') : undefined;
  const args: CodeValue[] = [];
  const options = new Map<string, CodeValue>();
  let hasMore = false;
  for (const argument of namedIn(fieldOf(node, 'arguments'))) {
    if (argument.type === 'keyword_argument') {
      const name = fieldOf(argument, 'name');
      if (name) options.set(sourceOf(program, name), pythonValue(program, fieldOf(argument, 'value'), scope));
    } else if (argument.type === 'list_splat' || argument.type === 'dictionary_splat') {
      const spread = pythonValue(program, namedIn(argument)[0], scope);
      if (spread.kind === 'list') args.push(...spread.items);
      else if (spread.kind === 'map') for (const [key, entry] of spread.entries) options.set(key, entry);
      else hasMore = true;
    } else args.push(pythonValue(program, argument, scope));
  }
  const attribute = callee ? fieldOf(callee, 'attribute') : undefined;
  return {
    kind: 'call',
    name: isPlain ? dotted : `.${attribute ? sourceOf(program, attribute) : ''}`,
    ...(isPlain && !(inner && scope.has(sourceOf(program, inner)))
      ? {}
      : { receiver: pythonValue(program, inner, scope) }),
    args,
    options,
    hasMore,
    lines: node.lines,
  };
}

function entriesOf(program: Program, node: CodeNode, scope: Scope): ReadonlyMap<string, CodeValue> {
  const entries = new Map<string, CodeValue>();
  for (const pair of namedIn(node)) {
    if (pair.type !== 'pair') continue;
    const key = pythonValue(program, fieldOf(pair, 'key'), scope);
    if (key.kind === 'text') entries.set(key.text, pythonValue(program, fieldOf(pair, 'value'), scope));
  }
  return entries;
}

function stringText(program: Program, node: CodeNode, scope: Scope): CodeValue | undefined {
  const opening = node.children.find(({ type }) => type === 'string_start');
  const prefix = opening ? sourceOf(program, opening).toLowerCase() : '';
  if (/^b|^rb/.test(prefix)) return undefined;
  const isRaw = /^[^'"]*r/.test(prefix);
  let text = '';
  let firstLine: number | undefined;
  for (const part of namedIn(node)) {
    if (part.type === 'interpolation') {
      const value = pythonValue(program, fieldOf(part, 'expression'), scope);
      if (value.kind !== 'text' && value.kind !== 'number') return undefined;
      text += value.text;
    } else if (part.type === 'string_content') {
      firstLine ??= part.lines.start;
      const own = sourceOf(program, part);
      text += isRaw ? own : unescaped(own);
    }
  }
  if (/^[^'"]*f/.test(prefix)) text = text.replace(/\{\{/g, '{').replace(/\}\}/g, '}');
  return { kind: 'text', text, ...(firstLine === undefined ? {} : { firstLine }) };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g,
    (whole, ...codes) => {
      const [x, u, wide, char] = codes as (string | undefined)[];
      const point = Number.parseInt(x ?? u ?? wide ?? '', 16);
      if (point <= 0x10ffff) return String.fromCodePoint(point);
      return char === undefined ? whole : (escapes[char] ?? (/['"\\]/.test(char) ? char : whole));
    },
  );
}
