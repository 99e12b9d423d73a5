import type { Tristate } from '../../core/migration-facts.ts';
import { columnType, isPlainUsing, typeChange } from '../sql/column-type.ts';
import type { TreeNode } from '../sql/parse-tree.ts';
import type { KnownSchema } from '../sql/schema.ts';
import { child, isNode } from '../sql/tree-access.ts';
import { type Effect, effectOf, either } from './effect.ts';
import type { OperationDraft } from './operation-draft.ts';

/** ALTER COLUMN … TYPE: catalogue only, a look at every row for an index or a check, or a rewrite. */
export function changeType(
  definition: TreeNode,
  table: string,
  column: string,
  schema: KnownSchema,
): Pick<OperationDraft, 'effect' | 'unlessTimeZoneIsUtc'> {
  const effect = effectOfChange(definition, table, column, schema);
  const from = schema.tables.get(table)?.columns.get(column);
  const isTimeZone = from && typeChange(from, columnType(child(definition, 'typeName'))) === 'time-zone';
  return {
    effect,
    ...(isTimeZone && effect.rewrite === 'unknown' && { unlessTimeZoneIsUtc: true as const }),
  };
}

function effectOfChange(definition: TreeNode, table: string, column: string, schema: KnownSchema): Effect {
  const to = columnType(child(definition, 'typeName'));
  const rewrite = effectOf('type_int_to_bigint');
  if (!isPlainUsing(child(definition, 'raw_default'), column, to)) return rewrite;
  const from = schema.tables.get(table)?.columns.get(column);
  const domain = schema.types.get(to.name);
  if (domain?.kind === 'domain' && domain.hasCheck) return rewrite;
  if (!from) return either(effectOf('type_same_type'), rewrite);
  const change = typeChange(from, domain?.base ?? to);
  const isCollated = isNode(definition.collClause);
  const kept = withoutRewrite(isCollated || change === 'time-zone', table, column, schema);
  if (change === 'free' || (change === 'time-zone' && schema.isTimeZoneUtc)) return kept;
  if (change === 'rewrite' || (domain?.kind === 'enum' && from.name !== to.name)) return rewrite;
  return either(kept, rewrite);
}

/** The rows stay as they are; checks on the column are tried again, and where its order changes, indexes are built anew. */
function withoutRewrite(isReordered: boolean, table: string, column: string, schema: KnownSchema): Effect {
  const free = effectOf('type_same_type');
  const known = schema.tables.get(table);
  const constraints = [...(known?.constraints.values() ?? [])];
  const isChecked = constraints.some(
    ({ kind, columns }) => kind === 'CONSTR_CHECK' && columns.includes(column),
  );
  if (isChecked) return effectOf('type_checked_column');
  const indexed = isReordered ? isIndexed(table, column, schema) : false;
  if (indexed === true) return effectOf('type_timestamp_to_timestamptz_utc_indexed');
  if (indexed === false && known?.isComplete) return free;
  return either(free, effectOf('type_checked_column'));
}

function isIndexed(table: string, column: string, schema: KnownSchema): Tristate {
  const known = schema.tables.get(table);
  const byConstraint = [...(known?.constraints.values() ?? [])].some(
    ({ kind, columns }) => /^CONSTR_(PRIMARY|UNIQUE|EXCLUSION)$/.test(kind) && columns.includes(column),
  );
  const byIndex = [...schema.indexes].some(
    ([index, on]) => on === table && schema.indexColumns.get(index)?.includes(column),
  );
  return byConstraint || byIndex ? true : known?.isComplete ? false : 'unknown';
}
