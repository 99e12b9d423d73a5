import { type CodeNode, fieldOf, namedIn, sourceOf } from '../code/code-node.ts';
import {
  type CodeBlock,
  type CodeCall,
  type CodeValue,
  type Scope,
  withoutGrowth,
} from '../code/code-value.ts';
import { bodyOf, rubyCall, rubyValue } from '../code/ruby-values.ts';
import { readerOf } from './rails-blocks.ts';
import {
  bareCall,
  callsSchema,
  executes,
  guards,
  harmless,
  isStatement,
  itemsOf,
  leave,
  mostCalls,
  mostRounds,
  plainName,
  type RailsWalk,
  runSql,
  takeTable,
  whyUnknown,
  wrappers,
} from './rails-calls.ts';
import { changeTable } from './rails-change-table.ts';
import { railsStatements } from './rails-commands.ts';
import { createTable } from './rails-tables.ts';

const aroundStatements = 'code around statements that is decided when the migration runs';

/** Carries statements out, in a scope of their own. */
export function runBody(walk: RailsWalk, nodes: readonly CodeNode[], scope: Scope): void {
  const own = new Map(scope);
  for (const node of nodes) runNode(walk, node, own);
}

function runNode(walk: RailsWalk, node: CodeNode, scope: Map<string, CodeValue>): void {
  const { program } = walk;
  switch (node.type) {
    case 'assignment': {
      const left = fieldOf(node, 'left');
      const right = fieldOf(node, 'right');
      if (right?.type === 'call' && isStatement(walk, rubyCall(program, right, scope)))
        runNode(walk, right, scope);
      else if (right && callsSchema(walk, right)) {
        // `ids = tables.map { |table| drop_table table }`
        if (right.type === 'call') runNode(walk, right, scope);
        else leave(walk, node.lines, aroundStatements);
      }
      const name = left ? sourceOf(program, left) : '';
      if (left) scope.set(name, withoutGrowth(name, rubyValue(program, right, scope), program.grown));
      return;
    }
    case 'call':
    case 'identifier':
      runCall(walk, node.type === 'call' ? rubyCall(program, node, scope) : bareCall(program, node), scope);
      return;
    // A condition guards against a second run, as a rule: what it holds is taken to happen.
    case 'if':
    case 'unless':
    case 'if_modifier':
    case 'unless_modifier': {
      const body = fieldOf(node, 'consequence') ?? fieldOf(node, 'body');
      const condition = fieldOf(node, 'condition');
      if (body) runBody(walk, body.type === 'then' ? namedIn(body) : [body], scope);
      const other = fieldOf(node, 'alternative');
      if (other && !guards.test(condition ? sourceOf(program, condition) : ''))
        leave(walk, other.lines, 'the other branch of a condition that is decided when the migration runs');
      return;
    }
    case 'begin':
    case 'body_statement':
    case 'block_body':
    case 'parenthesized_statements':
      runBody(walk, namedIn(node), scope);
      return;
    case 'return':
      runBody(walk, namedIn(namedIn(node)[0]), scope);
      return;
    case 'heredoc_body':
    case 'heredoc_end':
    case 'nil':
    case 'true':
    case 'false':
    case 'string':
    case 'class':
    case 'module':
    case 'method':
    case 'singleton_method':
    case 'yield':
      return;
    case 'ERROR':
      return;
    default:
      if (callsSchema(walk, node)) leave(walk, node.lines, aroundStatements);
  }
}

export function runCall(walk: RailsWalk, call: CodeCall, scope: Map<string, CodeValue>): void {
  const name = plainName(call.name);
  if (executes.test(call.name)) {
    runSql(walk, call);
    return;
  }
  if (name === 'create_table' || name === 'create_join_table') {
    takeTable(
      walk,
      call,
      createTable(call, name === 'create_join_table', walk.context, readerOf(walk, scope)),
    );
    return;
  }
  if (name === 'change_table') {
    takeTable(walk, call, changeTable(call, walk.context, readerOf(walk, scope)));
    return;
  }
  if (name === 'reversible' && call.block) {
    runUpBlocks(walk, call.block, scope);
    return;
  }
  if (/^(?:\w+\.)down$/.test(name) && call.block) return;
  if ((wrappers.test(name) || /^\w+\.up$/.test(name)) && call.block) {
    runBody(walk, call.block.body, scope);
    return;
  }
  if (/\.(?:each|each_with_index|map|each_pair|each_key)$/.test(name) && call.block) {
    runLoop(walk, call, call.block, scope);
    return;
  }
  const told = railsStatements(name, call, walk.context);
  if (told) {
    if ('why' in told) leave(walk, call.lines, told.why);
    else for (const sql of told) walk.statements.push({ sql, lines: call.lines });
    return;
  }
  const own = walk.methods.get(name);
  if (own) {
    runOwn(walk, call, own, scope);
    return;
  }
  if (harmless.test(name)) return;
  if (name === 'revert') {
    leave(walk, call.lines, '`revert`, which undoes what another block or migration does');
    return;
  }
  leave(walk, call.lines, whyUnknown(call));
}

function runUpBlocks(walk: RailsWalk, block: CodeBlock, scope: Map<string, CodeValue>): void {
  const [direction] = block.parameters;
  for (const node of block.body) {
    const call = node.type === 'call' ? rubyCall(walk.program, node, scope) : undefined;
    if (call?.name === `${direction}.down`) continue;
    if (call?.name === `${direction}.up`) {
      if (call.block) runBody(walk, call.block.body, scope);
      continue;
    }
    runNode(walk, node, scope);
  }
}

function runLoop(walk: RailsWalk, call: CodeCall, block: CodeBlock, scope: Map<string, CodeValue>): void {
  const items = itemsOf(call.receiver);
  if (!items || walk.rounds + items.length > mostRounds) {
    leave(walk, call.lines, 'a loop whose items are only known when the migration runs');
    return;
  }
  walk.rounds += items.length;
  items.forEach((item, at) => {
    const own = new Map(scope);
    const values = /_with_index$/.test(call.name)
      ? [item, { kind: 'number', text: String(at) } as const]
      : block.parameters.length > 1 && item.kind === 'list'
        ? item.items
        : [item];
    block.parameters.forEach((parameter, index) => {
      own.set(parameter, values[index] ?? { kind: 'none' });
    });
    runBody(walk, block.body, own);
  });
}

function runOwn(walk: RailsWalk, call: CodeCall, method: CodeNode, scope: Map<string, CodeValue>): void {
  if (walk.calls >= mostCalls || walk.rounds >= mostRounds) {
    leave(walk, call.lines, `methods that call each other more than ${mostCalls} deep`);
    return;
  }
  const parameters = namedIn(fieldOf(method, 'parameters'));
  const own = new Map([...scope].filter(([name]) => /^[A-Z]/.test(name)));
  parameters.forEach((parameter, at) => {
    const name = sourceOf(walk.program, fieldOf(parameter, 'name') ?? parameter);
    const given = call.args[at] ?? call.options.get(name);
    const fallback = fieldOf(parameter, 'value');
    if (given) own.set(name, given);
    else if (fallback) own.set(name, rubyValue(walk.program, fallback, own));
  });
  walk.calls += 1;
  walk.rounds += 1;
  runBody(walk, bodyOf(method), own);
  walk.calls -= 1;
}
