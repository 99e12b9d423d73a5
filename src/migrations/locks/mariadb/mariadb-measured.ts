import type { InnodbForm, InnodbRow } from '../mysql/innodb-form.ts';

/** How the rows below are known. */
export const provenance = {
  kind: 'measured',
  server: 'MariaDB',
  versions: ['10.11.19'],
  date: '2026-11-22',
} as const;

/**
 * The cheapest ALGORITHM and LOCK that the server accepts for each form, and whether it then read the table or wrote it anew
 * (pages read, the table's number in InnoDB), while another session tried to write. Written by `npm run measure-locks`; the
 * forms with their set-up are in test/migrations/locks/mariadb-measured.json. Later versions copy with LOCK=NONE
 * (`innodb-effect.ts`).
 */
// biome-ignore format: one form a line reads as the table it is
export const mariadbMeasured: Readonly<Partial<Record<InnodbForm, InnodbRow>>> = {
  add_column: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  add_column_positioned: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  add_column_positioned_beside_virtual: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  add_column_auto_increment: { algorithm: 'INPLACE', work: 'rebuild', lock: 'SHARED' },
  add_column_virtual: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  add_column_stored: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  add_column_default_uuid: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  add_column_with_check: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  add_column_unique: { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' },
  add_foreign_key: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  drop_column: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  rename_column: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  reorder_column: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  set_default: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  set_not_null: { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' },
  drop_not_null: { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' },
  change_type: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  widen_varchar: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  append_enum: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  change_comment: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  add_index: { algorithm: 'NOCOPY', work: 'scan', lock: 'NONE' },
  add_unique: { algorithm: 'NOCOPY', work: 'scan', lock: 'NONE' },
  add_fulltext: { algorithm: 'INPLACE', work: 'rebuild', lock: 'SHARED' },
  add_spatial: { algorithm: 'NOCOPY', work: 'scan', lock: 'SHARED' },
  drop_index: { algorithm: 'NOCOPY', work: 'definition', lock: 'NONE' },
  rename_index: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  alter_index_visibility: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  add_primary_key: { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' },
  replace_primary_key: { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' },
  drop_primary_key: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  add_foreign_key_unchecked: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  drop_foreign_key: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  add_check: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  drop_check: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  rename_table: { algorithm: 'INSTANT', work: 'definition', lock: 'EXCLUSIVE' },
  convert_charset: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  default_charset: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  rebuild: { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' },
  change_engine: { algorithm: 'INSTANT', work: 'rebuild', lock: 'SHARED' },
  row_format: { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' },
  auto_increment_value: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  table_comment: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  order_by: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  optimize: { algorithm: 'INPLACE', work: 'rebuild', lock: 'NONE' },
  partition_by: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  remove_partitioning: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  add_partition: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  drop_partition: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  truncate_partition: { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' },
  reorganize_partition: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
  rebuild_partition: { algorithm: 'COPY', work: 'rebuild', lock: 'SHARED' },
};
