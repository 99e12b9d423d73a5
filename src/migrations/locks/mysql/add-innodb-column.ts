import type { ColumnDefinition } from '../../sql/dialects/dialect-statement.ts';
import type { KnownSchema, KnownTable } from '../../sql/schema.ts';
import { both, type Effect } from '../effect.ts';
import type { OperationDraft } from '../operation-draft.ts';
import type { AlterContext } from './alter-context.ts';
import { innodbEffect, instant, unknownEffect } from './innodb-effect.ts';
import type { InnodbForm } from './innodb-form.ts';

/** ADD COLUMN, with the index or key that stands behind the column's name. */
export function addInnodbColumn(
  column: ColumnDefinition,
  isRepeatable: boolean,
  context: AlterContext,
): readonly OperationDraft[] {
  const { table, schema } = context;
  const effect = (form: InnodbForm) => innodbEffect(form, context.server, context.asked);
  const isThere = isRepeatable && schema.tables.get(table)?.columns.has(column.name) === true;
  let total = isThere ? instant : effect(formOf(column, schema.tables.get(table)));
  if (!isThere && column.hasCheck) total = worse(total, effect('add_column_with_check'));
  if (!isThere && column.defaultTo?.kind === 'expression') {
    const isUuid = /\buuid\s*\(/i.test(column.defaultTo.text);
    total = worse(total, isUuid ? effect('add_column_default_uuid') : unknownEffect);
  }
  const add: OperationDraft = {
    kind: 'add-column',
    table,
    column: column.name,
    effect: total,
    ...repeatable({ isRepeatable }),
  };
  const isIndexed = (column.isUnique || column.isPrimary) && !isThere;
  const index: readonly OperationDraft[] = isIndexed
    ? [
        {
          kind: column.isPrimary ? 'add-primary-key' : 'add-unique',
          table,
          column: column.name,
          effect: effect(column.isPrimary ? 'add_primary_key' : 'add_unique'),
          isUnique: true,
        },
      ]
    : [];
  // MariaDB takes REFERENCES behind a column for a key; MySQL reads it and forgets it.
  const key: readonly OperationDraft[] =
    column.references !== undefined && context.server.kind === 'mariadb' && !isThere
      ? [{ kind: 'add-foreign-key', table, column: column.name, effect: effect(foreignKeyForm(schema)) }]
      : [];
  return [add, ...index, ...key];
}

function formOf(column: ColumnDefinition, table: KnownTable | undefined): InnodbForm {
  if (column.isAutoIncrement) return 'add_column_auto_increment';
  if (column.generated === 'stored') return 'add_column_stored';
  if (column.generated === 'virtual') return 'add_column_virtual';
  if (column.isUnique || column.isPrimary) return 'add_column_unique';
  if (column.position === undefined) return 'add_column';
  return [...(table?.definitions?.values() ?? [])].some(isVirtual)
    ? 'add_column_positioned_beside_virtual'
    : 'add_column_positioned';
}

export function isVirtual(column: ColumnDefinition | undefined): boolean {
  return column?.generated === 'virtual';
}

/** What takes longer, of two things that a statement does in one go; a refusal is one of the whole. */
function worse(a: Effect, b: Effect): Effect {
  if (a.lock === 'none') return a;
  if (b.lock === 'none') return b;
  const order = ['EXCLUSIVE METADATA', 'SHARED UPGRADABLE METADATA', 'unknown', 'SHARED NO WRITE METADATA'];
  // A definition alone is the cheapest of all, although its instant is exclusive.
  const lock = order.indexOf(a.lock) >= order.indexOf(b.lock) ? a.lock : b.lock;
  return { ...both({ ...a, lock: 'none' }, { ...b, lock: 'none' }), lock };
}

/** Without its check of existing rows, a key is a matter of the definition. */
export function foreignKeyForm({ ignoresForeignKeys }: KnownSchema): InnodbForm {
  return ignoresForeignKeys ? 'add_foreign_key_unchecked' : 'add_foreign_key';
}

export function repeatable({ isRepeatable }: { readonly isRepeatable: boolean }): {
  readonly isRepeatable?: true;
} {
  return isRepeatable ? { isRepeatable: true } : {};
}
