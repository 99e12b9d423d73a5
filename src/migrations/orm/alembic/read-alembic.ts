import { type CodeNode, fieldOf, findAll, namedIn, type Program, sourceOf } from '../code/code-node.ts';
import { type CodeCall, type CodeValue, lastName, textOf, withoutGrowth } from '../code/code-value.ts';
import { grownNames, pythonComments, pythonScope } from '../code/python-program.ts';
import { pythonCall, pythonValue } from '../code/python-values.ts';
import { syntaxFaults } from '../code/syntax-faults.ts';
import type { OrmInput, OrmRead } from '../orm-reader.ts';
import { sqlText } from '../sql-text.ts';
import { alembicStatements, inBatch } from './alembic-operations.ts';
import {
  harmless,
  isSqlCall,
  leave,
  type Names,
  opName,
  runSql,
  runType,
  send,
  touches,
  type Walk,
} from './alembic-sql.ts';

/** How often a loop over known items is carried out, and how deep functions call each other. Chosen by us. */
const mostRounds = 200;

const mostCalls = 8;

const aroundStatements = 'code around statements that is decided when the migration runs';

/**
 * An Alembic migration: `upgrade()`, its batches and blocks, functions of the file that are called there and loops over
 * items that stand in it. Source: Alembic 1.14, "Operation Reference"; `PGDDLCompiler` of SQLAlchemy 2.0.
 */
export function readAlembic(input: OrmInput): OrmRead {
  const program: Program = { source: input.source, root: input.tree };
  const functions = new Map(
    namedIn(input.tree)
      .map((node) => (node.type === 'decorated_definition' ? (fieldOf(node, 'definition') ?? node) : node))
      .filter(({ type }) => type === 'function_definition')
      .map((node) => [sourceOf(program, fieldOf(node, 'name') ?? node), node] as const),
  );
  const walk: Walk = {
    program,
    functions,
    grown: grownNames(program),
    context: { text: sqlText(input.dialect), made: new Set() },
    statements: [],
    left: [...syntaxFaults(input.tree)],
    isOutside: false,
    rounds: 0,
    calls: 0,
  };
  const upgrade = functions.get('upgrade');
  const scope = pythonScope(program);
  if (upgrade) runBody(walk, bodyOf(upgrade), new Map(scope));
  else walk.left.push({ lines: input.tree.lines, why: 'a migration without `upgrade`' });
  const downgrade = functions.get('downgrade');
  return {
    statements: walk.statements,
    comments: pythonComments(program),
    notAnalysed: walk.left,
    wayBack:
      downgrade && doesSomething(program, downgrade)
        ? 'down-step'
        : upgrade && !doesSomething(program, upgrade)
          ? 'unknown'
          : 'none',
  };
}

function bodyOf(node: CodeNode | undefined): readonly CodeNode[] {
  return namedIn(fieldOf(node, 'body'));
}

/** Neither `pass` nor `raise` nor a text alone. */
function doesSomething(program: Program, definition: CodeNode): boolean {
  const body = bodyOf(definition).filter(
    (node) =>
      !(node.type === 'expression_statement' && /^(?:string|ellipsis)$/.test(namedIn(node)[0]?.type ?? '')),
  );
  return (
    body.some(({ type }) => !/^(?:pass_statement|raise_statement|comment)$/.test(type)) &&
    !/^raise\b/.test(sourceOf(program, body[0] ?? definition))
  );
}

function runBody(walk: Walk, nodes: readonly CodeNode[], scope: Names): void {
  for (const node of nodes) runNode(walk, node, scope);
}

function runNode(walk: Walk, node: CodeNode, scope: Names): void {
  switch (node.type) {
    case 'expression_statement':
      for (const inner of namedIn(node)) runExpression(walk, inner, scope);
      return;
    case 'return_statement':
      if (touches(walk, node)) for (const inner of namedIn(node)) runExpression(walk, inner, scope);
      return;
    case 'with_statement':
      runWith(walk, node, scope);
      return;
    case 'for_statement':
      runLoop(walk, node, scope);
      return;
    // A condition guards against a second run, as a rule: what it holds is taken to happen.
    case 'if_statement': {
      runBody(walk, namedIn(fieldOf(node, 'consequence')), scope);
      const others = node.children.filter(({ type }) => type === 'else_clause' || type === 'elif_clause');
      for (const other of others)
        if (touches(walk, other))
          leave(walk, other.lines, 'the other branch of a condition that is decided when the migration runs');
      return;
    }
    case 'try_statement':
      for (const part of namedIn(node)) {
        if (part.type === 'block') runBody(walk, namedIn(part), scope);
        else if (part.type === 'finally_clause') runBody(walk, namedIn(part), scope);
        else if (touches(walk, part)) leave(walk, part.lines, aroundStatements);
      }
      return;
    case 'block':
      runBody(walk, namedIn(node), scope);
      return;
    case 'function_definition':
    case 'class_definition':
    case 'pass_statement':
    case 'import_statement':
    case 'import_from_statement':
    case 'raise_statement':
    case 'assert_statement':
    case 'ERROR':
      return;
    default:
      if (touches(walk, node)) leave(walk, node.lines, aroundStatements);
  }
}

function runExpression(walk: Walk, node: CodeNode, scope: Names): void {
  const { program } = walk;
  if (node.type === 'call') runCall(walk, pythonCall(program, node, scope), scope);
  else if (node.type === 'assignment') assign(walk, node, scope);
  else if (touches(walk, node)) {
    const value = pythonValue(program, node, scope);
    const calls =
      value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'call' ? item : [])) : [];
    if (value.kind !== 'list' || calls.length < value.items.length) leave(walk, node.lines, aroundStatements);
    for (const call of calls) runCall(walk, call, scope);
  }
}

function assign(walk: Walk, node: CodeNode, scope: Names): void {
  const left = fieldOf(node, 'left');
  const right = fieldOf(node, 'right');
  const value = pythonValue(walk.program, right, scope);
  const name = left ? sourceOf(walk.program, left) : '';
  if (right?.type === 'call') {
    let call = pythonCall(walk.program, right, scope);
    // `conn.execute("…").fetchall()`
    while (!isSqlCall(call, scope) && call.receiver?.kind === 'call') call = call.receiver;
    if (isSqlCall(call, scope) || alembicStatements(opName(call.name) ?? '', call, walk.context))
      runCall(walk, call, scope);
    else if (walk.functions.has(call.name)) runCall(walk, call, scope);
    else if (touches(walk, right)) leave(walk, node.lines, aroundStatements);
  } else if (right && right.type !== 'lambda' && touches(walk, right))
    leave(walk, node.lines, aroundStatements);
  if (left) scope.set(name, withoutGrowth(name, value, walk.grown));
}

function runCall(walk: Walk, call: CodeCall, scope: Names): void {
  const { context } = walk;
  const owner = call.name.slice(0, Math.max(0, call.name.lastIndexOf('.')));
  const batch = scope.get(`batch ${owner}`);
  const name = batch ? lastName(call.name) : opName(call.name);
  if (isSqlCall(call, scope)) {
    runSql(walk, call);
    return;
  }
  if (name !== undefined) {
    const told = alembicStatements(name, batch ? inBatch(name, call, batch) : call, context);
    if (told) {
      if ('why' in told) leave(walk, call.lines, told.why);
      else for (const sql of told) send(walk, sql, call.lines);
      return;
    }
    if (name === 'f' || harmless.test(call.name)) return;
    leave(walk, call.lines, `\`${call.name.slice(0, 60)}\`, an operation that Alembic itself does not know`);
    return;
  }
  if (runType(walk, call)) return;
  const own = walk.functions.get(call.name);
  if (own) {
    runOwn(walk, call, own, scope);
    return;
  }
  if (harmless.test(call.name)) return;
  leave(
    walk,
    call.lines,
    `\`${call.name.slice(0, 60)}\`, code whose statements are only known when the migration runs`,
  );
}

function runWith(walk: Walk, node: CodeNode, scope: Names): void {
  const { program } = walk;
  const own = new Map(scope);
  let isOutside = false;
  for (const item of findAll(node, ({ type }) => type === 'with_item', true)) {
    const value = fieldOf(item, 'value');
    const inner = value?.type === 'as_pattern' ? namedIn(value)[0] : value;
    const alias = value?.type === 'as_pattern' ? fieldOf(value, 'alias') : undefined;
    const call = inner?.type === 'call' ? pythonCall(program, inner, scope) : undefined;
    if (call && /(?:^|\.)batch_alter_table$/.test(call.name)) {
      const table = call.args[0] ?? call.options.get('table_name') ?? { kind: 'none' };
      const schema = textOf(call.options.get('schema'));
      const name = textOf(table);
      const whole: CodeValue =
        schema !== undefined && name !== undefined ? { kind: 'text', text: `${schema}.${name}` } : table;
      if (alias) own.set(`batch ${sourceOf(program, alias)}`, whole);
    } else if (call && lastName(call.name) === 'autocommit_block') isOutside = true;
    else if (alias && call) own.set(sourceOf(program, alias), call);
  }
  const before = walk.isOutside;
  walk.isOutside = before || isOutside;
  runBody(walk, bodyOf(node), own);
  walk.isOutside = before;
}

function runLoop(walk: Walk, node: CodeNode, scope: Names): void {
  const { program } = walk;
  const left = fieldOf(node, 'left');
  const value = pythonValue(program, fieldOf(node, 'right'), scope);
  const items = value.kind === 'list' ? value.items : undefined;
  if (!left || !items || walk.rounds + items.length > mostRounds) {
    if (touches(walk, node))
      leave(walk, node.lines, 'a loop whose items are only known when the migration runs');
    return;
  }
  walk.rounds += items.length;
  const names = left.type === 'identifier' ? [left] : namedIn(left);
  for (const item of items) {
    const own = new Map(scope);
    names.forEach((name, at) => {
      own.set(
        sourceOf(program, name),
        names.length > 1 && item.kind === 'list' ? (item.items[at] ?? { kind: 'none' }) : item,
      );
    });
    runBody(walk, bodyOf(node), own);
  }
}

function runOwn(walk: Walk, call: CodeCall, definition: CodeNode, scope: Names): void {
  if (walk.calls >= mostCalls || walk.rounds >= mostRounds) {
    leave(walk, call.lines, `functions that call each other more than ${mostCalls} deep`);
    return;
  }
  const own = new Map(scope);
  namedIn(fieldOf(definition, 'parameters')).forEach((parameter, at) => {
    const name = sourceOf(walk.program, fieldOf(parameter, 'name') ?? namedIn(parameter)[0] ?? parameter);
    const given = call.args[at] ?? call.options.get(name);
    const fallback = fieldOf(parameter, 'value');
    own.set(
      name,
      given ?? (fallback ? pythonValue(walk.program, fallback, own) : { kind: 'opaque', source: name }),
    );
  });
  walk.calls += 1;
  walk.rounds += 1;
  runBody(walk, bodyOf(definition), own);
  walk.calls -= 1;
}
