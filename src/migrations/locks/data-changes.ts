import type { TreeNode } from '../sql/parse-tree.ts';
import { child, children, isNode, some, tableName, textAt } from '../sql/tree-access.ts';
import { effectOf, noEffect } from './effect.ts';
import type { OperationDraft } from './operation-draft.ts';
import { reachOf } from './row-reach.ts';

/** INSERT, UPDATE, DELETE and MERGE, those inside WITH included. */
export function dataChanges(tree: TreeNode, tag: string): readonly OperationDraft[] {
  const found: OperationDraft[] = [];
  const look = (kind: string, inner: TreeNode) => {
    const table = tableName(child(inner, 'relation'));
    if (kind === 'UpdateStmt' || kind === 'DeleteStmt') {
      const rows = reachOf(inner, children(inner, kind === 'UpdateStmt' ? 'fromClause' : 'usingClause'));
      // With a filter, an index decides whether the whole table is read.
      const scan = rows === 'all' ? true : 'unknown';
      if (kind === 'DeleteStmt') {
        const effect = { ...effectOf('delete_all'), scan } as const;
        found.push({ kind: 'delete', table, effect, rows, destroysData: true });
      } else {
        const columns = children(inner, 'targetList').map((item) => textAt(child(item, 'ResTarget'), 'name'));
        const effect = { ...effectOf('update_all'), scan } as const;
        const destroys = rows === 'all' ? { destroysData: true as const } : {};
        found.push({ kind: 'update', table, column: columns.join(', '), effect, rows, ...destroys });
      }
    }
    if (kind === 'MergeStmt')
      found.push({ kind: 'merge', table, effect: { ...effectOf('update_all'), scan: 'unknown' } });
    if (kind === 'InsertStmt') {
      const values = child(child(inner, 'selectStmt'), 'SelectStmt');
      const isSelect = isNode(inner.selectStmt) && children(values, 'valuesLists').length === 0;
      const sources = children(values, 'fromClause');
      found.push({
        kind: isSelect ? 'insert-select' : 'insert',
        table,
        effect: { ...noEffect, lock: 'ROW EXCLUSIVE' },
        ...(isSelect && sources.length > 0 ? { rows: reachOf(values, sources.slice(1)) } : {}),
      });
    }
    return false;
  };
  if (!/^(Insert|Update|Delete|Merge|Select|CreateTableAs)Stmt$/.test(tag)) return [];
  // A VALUES list holds no statement worth walking into, and it may have a hundred thousand rows.
  if (tag === 'InsertStmt' && !isNode(child(tree, tag).withClause)) look(tag, child(tree, tag));
  else some(tree, look);
  return found;
}
