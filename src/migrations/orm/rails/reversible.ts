import type { CodeNode } from '../code/code-node.ts';
import { type RubyProgram, rubyCall } from '../code/ruby-values.ts';

const noScope = new Map<string, never>();

/**
 * Whether Rails can turn a `change` around by itself. Source: Rails 7.1, `ActiveRecord::Migration::CommandRecorder`: these
 * commands raise `ActiveRecord::IrreversibleMigration`, with the arguments that make them reversible missing.
 */
export function isReversible(
  program: RubyProgram,
  body: readonly CodeNode[],
  methods: ReadonlyMap<string, CodeNode>,
): boolean {
  const seen = new Set<CodeNode>();
  return body.every((node) => isNodeReversible(program, node, methods, seen));
}

function isNodeReversible(
  program: RubyProgram,
  node: CodeNode,
  methods: ReadonlyMap<string, CodeNode>,
  seen: Set<CodeNode>,
): boolean {
  if (node.type === 'call') {
    const call = rubyCall(program, node, noScope);
    const name = call.name.slice(call.name.lastIndexOf('.') + 1);
    // What both ways are written for needs no turning around; `up_only` does nothing on the way back.
    if (name === 'reversible' || name === 'up_only') return true;
    if (isIrreversible(name, call.args.length, call.options, call.block !== undefined)) return false;
    const own = methods.get(name);
    if (own && !seen.has(own)) {
      seen.add(own);
      if (!own.children.every((child) => isNodeReversible(program, child, methods, seen))) return false;
    }
  }
  return node.children.every((child) => isNodeReversible(program, child, methods, seen));
}

function isIrreversible(
  name: string,
  args: number,
  options: ReadonlyMap<string, unknown>,
  hasBlock: boolean,
): boolean {
  switch (name) {
    case 'execute':
    case 'exec_query':
    case 'change_column':
      return true;
    case 'change':
      return args > 1;
    case 'remove_column':
      return args < 3 && !options.has('type');
    case 'remove_columns':
      return !options.has('type');
    case 'remove_index':
      return args < 2 && !options.has('column');
    case 'drop_table':
      return !hasBlock;
    case 'change_column_default':
    case 'change_column_comment':
    case 'change_table_comment':
      return !(options.has('from') && options.has('to'));
    case 'remove_foreign_key':
      return args < 2 && !options.has('to_table');
    case 'remove_check_constraint':
      return args < 2 && !options.has('expression');
    case 'update_all':
    case 'delete_all':
      return false;
    case 'drop_enum':
      return args < 2;
    default:
      return false;
  }
}
