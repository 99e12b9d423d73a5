import { type CodeNode, fieldOf, findAll, namedIn, type Program, sourceOf } from './code-node.ts';
import { type CodeCall, type CodeValue, none, type Scope } from './code-value.ts';
import { literalValue } from './literal-value.ts';

export interface RubyProgram extends Program {
  /** The text of a here document, by the place of its `<<~SQL`. */
  readonly heredocs: ReadonlyMap<number, CodeNode>;
  /** Names whose values are added to after they were given: what they hold in the end is only known when the migration runs. */
  readonly grown: ReadonlySet<string>;
}

const growing = /\b(\w+)[ \t]*(?:<<[ \t]|\.(?:push|append|concat|unshift|prepend|insert)\b|\+=)/g;

export function rubyProgram(source: string, root: CodeNode): RubyProgram {
  const all = findAll(root, ({ type }) => type === 'heredoc_beginning' || type === 'heredoc_body');
  const bodies = all.filter(({ type }) => type === 'heredoc_body');
  const beginnings = all.filter(({ type }) => type === 'heredoc_beginning');
  return {
    source,
    root,
    // Bodies stand in the order of their beginnings.
    heredocs: new Map(
      beginnings.flatMap(({ start }, at) => {
        const body = bodies[at];
        return body ? [[start, body] as const] : [];
      }),
    ),
    grown: new Set([...source.matchAll(growing)].map(([, name = '']) => name)),
  };
}

/** Methods that give back the same text or list, spacing aside. */
const same: ReadonlySet<string> = new Set([
  'squish', 'strip', 'strip_heredoc', 'freeze', 'to_s', 'to_sym', 'to_str', 'chomp', 'dup', 'html_safe', 'lstrip', 'rstrip',
]); // biome-ignore format: a list reads better in few lines

/** What a Ruby expression stands for. Total: whatever is not known is opaque. */
export function rubyValue(program: RubyProgram, node: CodeNode | undefined, scope: Scope): CodeValue {
  if (!node) return none;
  const opaque: CodeValue = { kind: 'opaque', source: sourceOf(program, node).slice(0, 200) };
  const value = (inner: CodeNode | undefined) => rubyValue(program, inner, scope);
  const literal = literalValue(program, node);
  if (literal) return literal;
  switch (node.type) {
    case 'simple_symbol':
      return { kind: 'text', text: sourceOf(program, node).slice(1) };
    case 'hash_key_symbol':
      return { kind: 'text', text: sourceOf(program, node) };
    case 'string':
    case 'delimited_symbol':
    case 'bare_string':
    case 'bare_symbol':
      return quotedText(program, node, scope) ?? opaque;
    case 'chained_string':
      return joined(namedIn(node).map(value)) ?? opaque;
    case 'heredoc_beginning':
      return heredocText(program, node, scope) ?? opaque;
    case 'array':
    case 'string_array':
    case 'symbol_array':
      return { kind: 'list', items: namedIn(node).map(value) };
    case 'hash':
      return { kind: 'map', entries: pairsOf(program, namedIn(node), scope) };
    case 'parenthesized_statements': {
      const [only, ...rest] = namedIn(node);
      return only && rest.length === 0 ? value(only) : opaque;
    }
    case 'lambda': {
      const body = namedIn(fieldOf(fieldOf(node, 'body'), 'body'));
      return { kind: 'lambda', gives: body.length === 1 ? value(body[0]) : undefined };
    }
    case 'binary': {
      const operator = sourceOf(program, fieldOf(node, 'operator') ?? node);
      const sides = [value(fieldOf(node, 'left')), value(fieldOf(node, 'right'))];
      if (operator === '+' && sides.every(({ kind }) => kind === 'list'))
        return { kind: 'list', items: sides.flatMap((side) => (side.kind === 'list' ? side.items : [])) };
      return (operator === '+' || operator === '<<' ? joined(sides) : undefined) ?? opaque;
    }
    case 'identifier':
    case 'constant':
    case 'scope_resolution':
    case 'instance_variable':
      return scope.get(sourceOf(program, node)) ?? opaque;
    case 'call': {
      const call = rubyCall(program, node, scope);
      if (call.receiver && same.has(call.name.slice(1)) && call.args.length === 0) return call.receiver;
      const known = call.args.length === 0 && !call.block && scope.get(call.name.replace(/\.freeze$/, ''));
      return known || call;
    }
    default:
      return opaque;
  }
}

/** A call as the migration makes it; the name has its receiver's words in front where those are names alone. */
export function rubyCall(program: RubyProgram, node: CodeNode, scope: Scope): CodeCall {
  const receiver = fieldOf(node, 'receiver');
  const method = fieldOf(node, 'method');
  const name = method ? sourceOf(program, method) : 'call';
  const isPlain = receiver !== undefined && /^[\w:.@]{1,200}$/.test(sourceOf(program, receiver));
  const prefix = receiver === undefined ? '' : isPlain ? sourceOf(program, receiver) : '';
  const given = namedIn(fieldOf(node, 'arguments'));
  const options = new Map(pairsOf(program, given, scope));
  const args: CodeValue[] = [];
  let hasMore = false;
  for (const argument of given) {
    if (argument.type === 'pair') continue;
    if (argument.type === 'hash_splat_argument' || argument.type === 'splat_argument') {
      const spread = rubyValue(program, namedIn(argument)[0], scope);
      if (argument.type === 'splat_argument' && spread.kind === 'list') args.push(...spread.items);
      else if (spread.kind === 'map') for (const [key, entry] of spread.entries) options.set(key, entry);
      else hasMore = true;
    } else if (argument.type !== 'block_argument') args.push(rubyValue(program, argument, scope));
    else hasMore = true;
  }
  // A hash in braces in the last place is taken for options too.
  const last = args.at(-1);
  if (last?.kind === 'map') {
    args.pop();
    for (const [key, entry] of last.entries) options.set(key, entry);
  }
  const block = fieldOf(node, 'block');
  const isKnown = receiver !== undefined && (!isPlain || scope.has(prefix) || same.has(name));
  return {
    kind: 'call',
    name: receiver === undefined ? name : `${prefix}.${name}`,
    ...(isKnown ? { receiver: rubyValue(program, receiver, scope) } : {}),
    args,
    options,
    hasMore,
    ...(block ? { block: { parameters: parametersOf(program, block), body: bodyOf(block) } } : {}),
    lines: node.lines,
  };
}

export function bodyOf(block: CodeNode | undefined): readonly CodeNode[] {
  const body = fieldOf(block, 'body');
  if (!body) return [];
  return /^(?:body_statement|block_body|then|begin)$/.test(body.type) ? namedIn(body) : [body];
}

function parametersOf(program: RubyProgram, block: CodeNode): readonly string[] {
  return namedIn(fieldOf(block, 'parameters')).map((parameter) => sourceOf(program, parameter));
}

function pairsOf(
  program: RubyProgram,
  nodes: readonly CodeNode[],
  scope: Scope,
): ReadonlyMap<string, CodeValue> {
  const entries = new Map<string, CodeValue>();
  for (const node of nodes) {
    if (node.type !== 'pair') continue;
    const key = rubyValue(program, fieldOf(node, 'key'), scope);
    if (key.kind === 'text') entries.set(key.text, rubyValue(program, fieldOf(node, 'value'), scope));
  }
  return entries;
}

function quotedText(program: RubyProgram, node: CodeNode, scope: Scope): CodeValue | undefined {
  const isPlain = /^(?:'|%q|:')/.test(sourceOf(program, node));
  const text = contentText(program, namedIn(node), scope, isPlain);
  const first = namedIn(node)[0];
  return text === undefined
    ? undefined
    : { kind: 'text', text, ...(first ? { firstLine: first.lines.start } : {}) };
}

function heredocText(program: RubyProgram, node: CodeNode, scope: Scope): CodeValue | undefined {
  const body = program.heredocs.get(node.start);
  if (!body) return undefined;
  const beginning = sourceOf(program, node);
  const parts = namedIn(body).filter(({ type }) => type !== 'heredoc_end');
  const text = contentText(program, parts, scope, beginning.includes("'"));
  if (text === undefined) return undefined;
  // The text begins behind the break of the line that opens it.
  const own = text.replace(/^\r?\n/, '').replace(/[ \t]*$/, '');
  return {
    kind: 'text',
    text: beginning.startsWith('<<~') ? withoutIndent(own) : own,
    firstLine: body.lines.start + 1,
  };
}

function contentText(
  program: RubyProgram,
  parts: readonly CodeNode[],
  scope: Scope,
  isPlain: boolean,
): string | undefined {
  let text = '';
  for (const part of parts) {
    if (part.type === 'interpolation') {
      const value = rubyValue(program, namedIn(part)[0], scope);
      if (value.kind !== 'text' && value.kind !== 'number') return undefined;
      text += value.text;
    } else if (part.type === 'escape_sequence') text += escaped(sourceOf(program, part));
    else {
      const own = sourceOf(program, part);
      text += isPlain ? own.replace(/\\(['\\])/g, '$1') : own;
    }
  }
  return text;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  s: ' ',
  '0': '\0',
  e: '\u001b',
};

function escaped(sequence: string): string {
  const code = /^\\(?:u\{?([\da-fA-F]{1,6})\}?|x([\da-fA-F]{1,2}))$/.exec(sequence);
  const point = Number.parseInt(code?.[1] ?? code?.[2] ?? '', 16);
  if (point <= 0x10ffff) return String.fromCodePoint(point);
  const char = sequence.slice(1);
  return char === '\n' ? '' : (escapes[char] ?? char);
}

function withoutIndent(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => /\S/.test(line)).map((line) => line.search(/\S/));
  const indent = indents.reduce((least, own) => Math.min(least, own), Number.POSITIVE_INFINITY);
  return Number.isFinite(indent)
    ? lines.map((line) => line.slice(Math.min(indent, line.search(/\S|$/)))).join('\n')
    : text;
}

/** Texts put together; undefined where one is not known. */
export function joined(values: readonly CodeValue[]): CodeValue | undefined {
  let text = '';
  for (const value of values) {
    if (value.kind !== 'text') return undefined;
    text += value.text;
  }
  const first = values[0];
  const line = first?.kind === 'text' ? first.firstLine : undefined;
  return { kind: 'text', text, ...(line === undefined ? {} : { firstLine: line }) };
}
