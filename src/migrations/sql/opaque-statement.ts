import type { TreeNode } from './parse-tree.ts';
import { child, children, some, tagOf, textAt, wordsAt } from './tree-access.ts';

/** Why what a statement does cannot be told from outside; undefined where it can. */
export function whyOpaque(tree: TreeNode): string | undefined {
  switch (tagOf(tree)) {
    case 'DoStmt':
    case 'CallStmt':
    case 'ExecuteStmt':
      return insideServer;
    case 'DropStmt':
      return takesColumns(child(tree, 'DropStmt'))
        ? '`DROP … CASCADE`, which takes the columns along that are made of what it drops'
        : undefined;
    case 'DropOwnedStmt':
      return '`DROP OWNED`, which drops whatever the role owns';
    case 'AlterTableMoveAllStmt':
      return '`ALTER … ALL IN TABLESPACE`, which writes all relations there again';
    default:
      return callsUnknown(tree) ? insideServer : undefined;
  }
}

export const insideServer = 'code that runs inside the server (DO, CALL or a function)';

function takesColumns(drop: TreeNode): boolean {
  return (
    textAt(drop, 'behavior') === 'DROP_CASCADE' &&
    /^OBJECT_(?:TYPE|DOMAIN|EXTENSION)$/.test(textAt(drop, 'removeType'))
  );
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
