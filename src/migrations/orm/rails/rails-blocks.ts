import { type CodeNode, fieldOf, sourceOf } from '../code/code-node.ts';
import type { CodeBlock, CodeValue } from '../code/code-value.ts';
import { rubyCall, rubyValue } from '../code/ruby-values.ts';
import { itemsOf, mostRounds, plainName, type RailsWalk, whyUnknown } from './rails-calls.ts';
import { railsStatements } from './rails-commands.ts';
import type { BlockPart } from './table-block.ts';

/** Calls on the table inside a block, loops over known items carried out. */
export function readerOf(
  walk: RailsWalk,
  scope: Map<string, CodeValue>,
): (block: CodeBlock) => readonly BlockPart[] {
  return (block) => block.body.flatMap((node) => blockParts(walk, node, block, scope));
}

function blockParts(
  walk: RailsWalk,
  node: CodeNode,
  block: CodeBlock,
  scope: Map<string, CodeValue>,
): readonly BlockPart[] {
  const { program } = walk;
  if (node.type === 'if_modifier' || node.type === 'unless_modifier') {
    const body = fieldOf(node, 'body');
    return body ? blockParts(walk, body, block, scope) : [];
  }
  if (node.type === 'assignment') {
    const left = fieldOf(node, 'left');
    if (left) scope.set(sourceOf(program, left), rubyValue(program, fieldOf(node, 'right'), scope));
    return [];
  }
  if (/^(?:heredoc_body|string|nil)$/.test(node.type)) return [];
  if (node.type !== 'call')
    return [{ why: 'code in a table’s block that is decided when the migration runs', lines: node.lines }];
  const call = rubyCall(program, node, scope);
  const [table] = block.parameters;
  if (table === undefined ? /^(?:it|_1)\./.test(call.name) : call.name.startsWith(`${table}.`)) return [call];
  // `remove_column :orders, :note` inside the block is a call of the migration, sent then and there.
  const own = railsStatements(plainName(call.name), call, walk.context);
  if (own) return ['why' in own ? { why: own.why, lines: node.lines } : { sent: own, lines: node.lines }];
  const items = /\.each$/.test(call.name) ? itemsOf(call.receiver) : undefined;
  const inner = call.block;
  if (items && inner && walk.rounds + items.length <= mostRounds) {
    walk.rounds += items.length;
    return items.flatMap((item) => {
      const own = new Map(scope);
      const values = inner.parameters.length > 1 && item.kind === 'list' ? item.items : [item];
      inner.parameters.forEach((parameter, index) => {
        own.set(parameter, values[index] ?? { kind: 'none' });
      });
      return inner.body.flatMap((one) => blockParts(walk, one, block, own));
    });
  }
  return [{ why: whyUnknown(call), lines: node.lines }];
}
