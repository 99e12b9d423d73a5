/** What a change of a definition can be for InnoDB; each is a row of the tables beside this file. */
export type InnodbForm =
  | 'add_column'
  | 'add_column_positioned'
  | 'add_column_positioned_beside_virtual'
  | 'add_column_unique'
  | 'add_column_auto_increment'
  | 'add_column_virtual'
  | 'add_column_stored'
  | 'add_column_default_uuid'
  | 'add_column_with_check'
  | 'drop_column'
  | 'rename_column'
  | 'reorder_column'
  | 'set_default'
  | 'set_not_null'
  | 'drop_not_null'
  | 'change_type'
  | 'widen_varchar'
  | 'append_enum'
  | 'change_comment'
  | 'add_index'
  | 'add_unique'
  | 'add_fulltext'
  | 'add_spatial'
  | 'drop_index'
  | 'rename_index'
  | 'alter_index_visibility'
  | 'add_primary_key'
  | 'replace_primary_key'
  | 'drop_primary_key'
  | 'add_foreign_key'
  | 'add_foreign_key_unchecked'
  | 'drop_foreign_key'
  | 'add_check'
  | 'drop_check'
  | 'rename_table'
  | 'convert_charset'
  | 'default_charset'
  | 'rebuild'
  | 'change_engine'
  | 'row_format'
  | 'auto_increment_value'
  | 'table_comment'
  | 'order_by'
  | 'optimize'
  | 'partition_by'
  | 'remove_partitioning'
  | 'add_partition'
  | 'drop_partition'
  | 'truncate_partition'
  | 'reorganize_partition'
  | 'rebuild_partition';

/**
 * How a server carries a form out where the statement does not say. `work`: on the definition alone, a scan of the table,
 * or a table written anew. `lock`: what others may do meanwhile, in the words of the LOCK clause.
 */
export interface InnodbRow {
  readonly algorithm: 'INSTANT' | 'NOCOPY' | 'INPLACE' | 'COPY';
  readonly work: 'definition' | 'scan' | 'rebuild';
  readonly lock: 'NONE' | 'SHARED' | 'EXCLUSIVE';
  /** From this version on (80029 for 8.0.29) it is INSTANT. */
  readonly instantFrom?: number;
}
