import type { TreeNode } from './parse-tree.ts';

export function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key, or an empty one: absent and default are the same in the grammar's output. */
export function child(node: TreeNode, key: string): TreeNode {
  const value = node[key];
  return isNode(value) ? value : {};
}

export function children(node: TreeNode, key: string): readonly TreeNode[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function textAt(node: TreeNode, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

/** The tag of a wrapped node: `IndexStmt` of `{ "IndexStmt": { … } }`. */
export function tagOf(node: TreeNode): string {
  return Object.keys(node)[0] ?? '';
}

/** The words of a list of `{ "String": { "sval": "…" } }`. */
export function wordsAt(node: TreeNode, key: string): readonly string[] {
  return children(node, key).map((item) => textAt(child(item, 'String'), 'sval'));
}

/** `schema.name` as the statement writes it; `public` says nothing and is left out. */
export function qualified(parts: readonly string[]): string {
  const kept = parts.filter((part) => part !== '').slice(-2);
  return (kept.length === 2 && kept[0] === 'public' ? kept.slice(1) : kept).join('.');
}

/** Name of a RangeVar. */
export function tableName(rangeVar: TreeNode): string {
  return qualified([textAt(rangeVar, 'schemaname'), textAt(rangeVar, 'relname')]);
}

/** True when the node or anything below it satisfies the test; depth and number of nodes are those of one statement. */
export function some(node: unknown, test: (tag: string, inner: TreeNode) => boolean): boolean {
  const open: unknown[] = [node];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (isNode(next)) {
      for (const [key, value] of Object.entries(next)) {
        if (isNode(value) && test(key, value)) return true;
        if (typeof value === 'object') open.push(value);
      }
    }
  }
  return false;
}
