import type { TreeNode } from '../sql/parse-tree.ts';
import type { KnownSchema } from '../sql/schema.ts';
import { child, children, textAt } from '../sql/tree-access.ts';
import { effectOf, either } from './effect.ts';
import type { OperationDraft } from './operation-draft.ts';

/** CREATE INDEX, with what is known of the table's partitions. */
export function createIndex(statement: TreeNode, table: string, schema: KnownSchema): OperationDraft {
  const name = textAt(statement, 'idxname');
  const isOnly = child(statement, 'relation').inh !== true;
  const isConcurrent = statement.concurrent === true;
  const known = schema.tables.get(table);
  const build = effectOf('create_index');
  const alone = effectOf('create_index_on_partitioned_only');
  // ONLY spares the partitions of a partitioned table; on any other table it builds the whole index all the same.
  // Found to be there, it is left as it is; the lock is taken all the same.
  const isThere = statement.if_not_exists === true && schema.indexes.has(name);
  const ofOnly = known?.isPartitioned ? alone : known?.isComplete ? build : either(alone, build);
  return {
    kind: 'create-index',
    table,
    ...(name === '' ? {} : { name }),
    column: children(statement, 'indexParams')
      .map((item) => textAt(child(item, 'IndexElem'), 'name') || '(expression)')
      .join(', '),
    effect: isConcurrent
      ? effectOf('create_index_concurrently')
      : isThere
        ? { ...build, scan: false }
        : isOnly
          ? ofOnly
          : build,
    ...(isConcurrent ? { concurrently: true } : {}),
  };
}

/** REINDEX of an index or a table; of more than that, the table is empty. */
export function reindex(statement: TreeNode, relation: string, schema: KnownSchema): OperationDraft {
  const isConcurrent = children(statement, 'params').some(
    (item) => textAt(child(item, 'DefElem'), 'defname') === 'concurrently',
  );
  const kind = textAt(statement, 'kind');
  const isIndex = kind === 'REINDEX_OBJECT_INDEX';
  return {
    kind: 'reindex',
    table: isIndex ? (schema.indexes.get(relation.split('.').at(-1) ?? '') ?? '') : relation,
    name: isIndex ? relation : textAt(statement, 'name') || relation,
    effect: effectOf(isConcurrent ? 'reindex_index_concurrently' : 'reindex_table'),
    ...(isConcurrent ? { concurrently: true } : {}),
  };
}
