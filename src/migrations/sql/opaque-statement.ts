import type { TreeNode } from './parse-tree.ts';
import { child, children, some, tagOf, wordsAt } from './tree-access.ts';

/** Statements that hide others inside a text: what they do cannot be told from outside. */
export function isOpaque(tree: TreeNode): boolean {
  const tag = tagOf(tree);
  return tag === 'DoStmt' || tag === 'CallStmt' || tag === 'ExecuteStmt' || callsUnknown(tree);
}

function callsUnknown(tree: TreeNode): boolean {
  const select = child(tree, 'SelectStmt');
  if (tagOf(tree) !== 'SelectStmt' || children(select, 'fromClause').length > 0) return false;
  return some(children(select, 'targetList'), (tag, call) => {
    const name = wordsAt(call, 'funcname');
    return (
      tag === 'FuncCall' &&
      name[0] !== 'pg_catalog' &&
      !/^(setval|set_config|nextval|now|pg_\w+|current_\w+)$/.test(name.at(-1) ?? '')
    );
  });
}
