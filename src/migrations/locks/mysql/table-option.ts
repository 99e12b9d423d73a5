import type { OperationDraft } from '../operation-draft.ts';
import type { AlterContext } from './alter-context.ts';
import { innodbEffect, unknownEffect } from './innodb-effect.ts';
import type { InnodbForm } from './innodb-form.ts';

/** `ENGINE=…`, `COMMENT=…` and the like; a value other than InnoDB for the engine leaves what is known here. */
export function tableOption(option: string, value: string, context: AlterContext): OperationDraft {
  const effect = (form: InnodbForm) => innodbEffect(form, context.server, context.asked);
  const { table } = context;
  switch (option) {
    case 'engine':
      return value === 'innodb'
        ? { kind: 'rebuild-table', table, effect: effect('rebuild') }
        : { kind: 'change-engine', table, effect: effect('change_engine') };
    case 'force':
      return { kind: 'rebuild-table', table, effect: effect('rebuild') };
    case 'row_format':
    case 'key_block_size':
    case 'page_compressed':
    case 'compression':
      return { kind: 'set-options', table, effect: effect('row_format') };
    case 'charset':
    case 'collate':
      return { kind: 'set-default-charset', table, effect: effect('default_charset') };
    case 'auto_increment':
      return { kind: 'set-auto-increment', table, effect: effect('auto_increment_value') };
    case 'order by':
      return { kind: 'order-by', table, effect: effect('order_by') };
    case 'comment':
      return { kind: 'comment', table, effect: effect('table_comment') };
    case 'system versioning':
    case 'encryption':
    case 'tablespace':
      return { kind: 'set-options', table, effect: unknownEffect };
    default:
      return { kind: 'set-options', table, effect: effect('table_comment') };
  }
}

/** PARTITION BY, DROP PARTITION and the like. */
export function partitionAction(
  action: string,
  name: string | undefined,
  context: AlterContext,
): OperationDraft {
  const forms: Readonly<Record<string, InnodbForm>> = {
    by: 'partition_by',
    remove: 'remove_partitioning',
    add: 'add_partition',
    drop: 'drop_partition',
    truncate: 'truncate_partition',
    reorganize: 'reorganize_partition',
    coalesce: 'reorganize_partition',
    rebuild: 'rebuild_partition',
  };
  const form = forms[action];
  const losesRows = action === 'drop' || action === 'truncate';
  const kind =
    action === 'by' ? 'partition-by' : action === 'remove' ? 'remove-partitioning' : `${action}-partition`;
  return {
    kind,
    table: context.table,
    ...(name === undefined ? {} : { name }),
    effect: form ? innodbEffect(form, context.server, context.asked) : unknownEffect,
    ...(losesRows ? { destroysData: true as const } : {}),
  };
}
