import type { InnodbForm, InnodbRow } from './innodb-form.ts';

/** How the rows below are known. */
export const provenance = {
  kind: 'documented',
  server: 'MySQL',
  versions: ['5.7', '8.0', '8.4'],
  date: '2026-11-22',
  sources: [
    'https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html',
    'https://dev.mysql.com/doc/refman/5.7/en/innodb-online-ddl-operations.html',
    // A check with a new column, which the manual leaves out.
    'https://bugs.mysql.com/bug.php?id=117450',
  ],
} as const;

const definition = { algorithm: 'INPLACE', work: 'definition', lock: 'NONE' } as const;
const rebuild = { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' } as const;
const scan = { algorithm: 'INPLACE', work: 'scan', lock: 'NONE' } as const;
const copy = { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' } as const;

/**
 * The manual's tables "Online DDL Support for … Operations": its columns In Place, Rebuilds Table, Permits Concurrent DML and
 * Only Modifies Metadata, and since which version Instant. What the manual does not answer is not here: a default computed
 * by a function other than the time.
 */
export const mysqlDocumented: Readonly<Partial<Record<InnodbForm, InnodbRow>>> = {
  add_column: { ...rebuild, instantFrom: 80_012 },
  add_column_positioned: { ...rebuild, instantFrom: 80_029 },
  add_column_positioned_beside_virtual: { ...rebuild, instantFrom: 80_029 },
  add_column_unique: rebuild,
  add_column_auto_increment: { ...rebuild, lock: 'SHARED' },
  add_column_virtual: { ...definition, instantFrom: 80_012 },
  add_column_stored: copy,
  add_column_with_check: copy,
  drop_column: { ...rebuild, instantFrom: 80_029 },
  rename_column: { ...definition, instantFrom: 80_028 },
  reorder_column: rebuild,
  set_default: { ...definition, instantFrom: 80_012 },
  set_not_null: rebuild,
  drop_not_null: rebuild,
  change_type: copy,
  widen_varchar: definition,
  append_enum: { ...definition, instantFrom: 80_012 },
  change_comment: definition,
  add_index: scan,
  add_unique: scan,
  add_fulltext: { ...scan, lock: 'SHARED' },
  add_spatial: { ...scan, lock: 'SHARED' },
  drop_index: definition,
  rename_index: definition,
  alter_index_visibility: definition,
  add_primary_key: rebuild,
  replace_primary_key: rebuild,
  drop_primary_key: copy,
  add_foreign_key: copy,
  add_foreign_key_unchecked: definition,
  drop_foreign_key: definition,
  add_check: copy,
  drop_check: definition,
  rename_table: { ...definition, instantFrom: 80_012 },
  convert_charset: copy,
  default_charset: rebuild,
  rebuild,
  change_engine: copy,
  row_format: rebuild,
  auto_increment_value: definition,
  table_comment: definition,
  order_by: copy,
  optimize: rebuild,
  partition_by: copy,
  remove_partitioning: copy,
  add_partition: definition,
  drop_partition: definition,
  truncate_partition: definition,
  reorganize_partition: { ...rebuild, lock: 'SHARED' },
  rebuild_partition: { ...rebuild, lock: 'SHARED' },
};
