import type { TreeNode } from '../sql/parse-tree.ts';
import type { KnownSchema } from '../sql/schema.ts';
import { child, children, qualified, textAt, wordsAt } from '../sql/tree-access.ts';
import { type Effect, effectOf } from './effect.ts';
import type { OperationDraft } from './operation-draft.ts';

/** DROP of whatever holds rows or hangs on a table. */
export function dropOperations(
  statement: TreeNode,
  schema: KnownSchema,
  concurrently: { readonly concurrently?: true },
): readonly OperationDraft[] {
  const kind = textAt(statement, 'removeType');
  return children(statement, 'objects').flatMap((object): readonly OperationDraft[] => {
    const words = wordsAt(child(object, 'List'), 'items');
    const name = qualified(words);
    switch (kind) {
      case 'OBJECT_TABLE': {
        const constraints = [...(schema.tables.get(name)?.constraints.values() ?? [])];
        const referenced = constraints.flatMap(({ references }) =>
          references && references !== name ? [references] : [],
        );
        const isCascade = textAt(statement, 'behavior') === 'DROP_CASCADE';
        const referencing = isCascade
          ? [...schema.tables].flatMap(([other, table]) =>
              other !== name && [...table.constraints.values()].some(({ references }) => references === name)
                ? [other]
                : [],
            )
          : [];
        const alsoLocks = [...new Set([...referenced, ...referencing])].map((table) => ({
          table,
          lock: 'ACCESS EXCLUSIVE' as const,
        }));
        const also = alsoLocks.length === 0 ? {} : { alsoLocks };
        return [
          { kind: 'drop-table', table: name, effect: effectOf('drop_table'), destroysData: true, ...also },
        ];
      }
      case 'OBJECT_INDEX': {
        const form = concurrently.concurrently ? 'drop_index_concurrently' : 'drop_index';
        return [
          {
            kind: 'drop-index',
            table: schema.indexes.get(words.at(-1) ?? '') ?? '',
            name,
            effect: effectOf(form),
            ...concurrently,
          },
        ];
      }
      case 'OBJECT_TRIGGER':
      case 'OBJECT_POLICY':
      case 'OBJECT_RULE': {
        const what = kind.slice('OBJECT_'.length).toLowerCase();
        return [
          {
            kind: `drop-${what}`,
            table: qualified(words.slice(0, -1)),
            name: words.at(-1) ?? '',
            effect: effectOf('drop_trigger'),
          },
        ];
      }
      case 'OBJECT_VIEW':
        return [{ kind: 'drop-view', table: name, effect: effectOf('drop_view') }];
      case 'OBJECT_MATVIEW':
        return [{ kind: 'drop-materialized-view', table: name, effect: effectOf('drop_view') }];
      case 'OBJECT_SCHEMA': {
        const isCascade = textAt(statement, 'behavior') === 'DROP_CASCADE';
        const schemaName = textAt(child(object, 'String'), 'sval');
        const unknown: Effect = { lock: 'ACCESS EXCLUSIVE', rewrite: false, scan: false };
        return isCascade
          ? [{ kind: 'drop-schema', table: '', name: schemaName, effect: unknown, destroysData: true }]
          : [];
      }
      default:
        return [];
    }
  });
}
