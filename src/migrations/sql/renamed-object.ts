import type { TreeNode } from './parse-tree.ts';
import { child, qualified, textAt, wordsAt } from './tree-access.ts';

/** The type or function that ALTER … RENAME TO names, as it was called before; undefined for anything else. */
export function renamedObject(
  statement: TreeNode,
): { readonly kind: 'type' | 'function'; readonly name: string } | undefined {
  const object = child(statement, 'object');
  switch (textAt(statement, 'renameType')) {
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { kind: 'type', name: qualified(wordsAt(child(object, 'List'), 'items')) };
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
      return { kind: 'function', name: qualified(wordsAt(child(object, 'ObjectWithArgs'), 'objname')) };
    default:
      return undefined;
  }
}

/** Whether an operation renames what queries name and what is no table: `NameUses.table` is its name then. */
export function isNamedObject(kind: string): boolean {
  return kind === 'rename-type' || kind === 'rename-function';
}
