import type { InnodbForm } from '../../src/migrations/locks/mysql/innodb-form.ts';

/** One form of statement on the table `t`, with what must stand there first. */
export interface MariadbForm {
  readonly id: string;
  /** The row that the rules read for it; absent where they answer "unknown". */
  readonly form?: InnodbForm;
  readonly setup?: string;
  readonly session?: string;
  /** A place for `ALGORITHM=…, LOCK=…` stands as {asked}; without one, the statement takes no such clause. */
  readonly sql: string;
}

/** The tables on which every form is measured. `t` is a copy of `seed`, which is filled once. */
export const schema = `
CREATE TABLE p(id bigint PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE seed(
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, a int, b int NOT NULL DEFAULT 0, k bigint NOT NULL DEFAULT 0,
  v50 varchar(50), v100 varchar(100), e enum('x','y'), tx text, d datetime, pid bigint, g point NOT NULL,
  KEY ib(b)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;`;

const virtualColumn = 'ALTER TABLE t ADD COLUMN vg int GENERATED ALWAYS AS (a + 1) VIRTUAL';
/** A partitioned table takes no geometry. */
const noGeometry = 'ALTER TABLE t DROP COLUMN g';
const byRange =
  'ALTER TABLE t DROP COLUMN g; ALTER TABLE t PARTITION BY RANGE(id) (PARTITION p0 VALUES LESS THAN (50000), PARTITION p1 VALUES LESS THAN (1000000))';

export const mariadbForms: readonly MariadbForm[] = [
  { id: 'add_column', form: 'add_column', sql: 'ALTER TABLE t ADD COLUMN c int{asked}' },
  { id: 'add_column_not_null_default', form: 'add_column', sql: 'ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 5{asked}' },
  { id: 'add_column_not_null_no_default', form: 'add_column', sql: 'ALTER TABLE t ADD COLUMN c int NOT NULL{asked}' },
  { id: 'add_column_default_now', form: 'add_column', sql: 'ALTER TABLE t ADD COLUMN c datetime DEFAULT now(){asked}' },
  { id: 'add_column_first', form: 'add_column_positioned', sql: 'ALTER TABLE t ADD COLUMN c int FIRST{asked}' },
  { id: 'add_column_after', form: 'add_column_positioned', sql: 'ALTER TABLE t ADD COLUMN c int AFTER a{asked}' },
  { id: 'add_column_first_beside_virtual', form: 'add_column_positioned_beside_virtual', setup: virtualColumn, sql: 'ALTER TABLE t ADD COLUMN c int FIRST{asked}' },
  { id: 'add_column_auto_increment', form: 'add_column_auto_increment', setup: 'ALTER TABLE t MODIFY id bigint NOT NULL', sql: 'ALTER TABLE t ADD COLUMN c int NOT NULL AUTO_INCREMENT, ADD UNIQUE INDEX uc(c){asked}' },
  { id: 'add_column_virtual', form: 'add_column_virtual', sql: 'ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a + 2) VIRTUAL{asked}' },
  { id: 'add_column_stored', form: 'add_column_stored', sql: 'ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a + 2) STORED{asked}' },
  { id: 'add_column_default_uuid', form: 'add_column_default_uuid', sql: 'ALTER TABLE t ADD COLUMN c char(36) DEFAULT (uuid()){asked}' },
  { id: 'add_column_default_rand', sql: 'ALTER TABLE t ADD COLUMN c double DEFAULT (rand()){asked}' },
  { id: 'add_column_default_sum', sql: 'ALTER TABLE t ADD COLUMN c int DEFAULT (2 + 5){asked}' },
  { id: 'add_column_with_check', form: 'add_column_with_check', sql: 'ALTER TABLE t ADD COLUMN c int CHECK (c > 0){asked}' },
  { id: 'add_column_unique', form: 'add_column_unique', sql: 'ALTER TABLE t ADD COLUMN c int UNIQUE{asked}' },
  { id: 'add_column_references', form: 'add_foreign_key', sql: 'ALTER TABLE t ADD COLUMN c bigint REFERENCES p(id){asked}' },
  { id: 'drop_column', form: 'drop_column', sql: 'ALTER TABLE t DROP COLUMN tx{asked}' },
  { id: 'drop_column_virtual', form: 'add_column_virtual', setup: virtualColumn, sql: 'ALTER TABLE t DROP COLUMN vg{asked}' },
  { id: 'rename_column', form: 'rename_column', sql: 'ALTER TABLE t RENAME COLUMN d TO d2{asked}' },
  { id: 'change_column_rename', form: 'rename_column', sql: 'ALTER TABLE t CHANGE d d2 datetime{asked}' },
  { id: 'reorder_column', form: 'reorder_column', sql: 'ALTER TABLE t MODIFY d datetime FIRST{asked}' },
  { id: 'set_default', form: 'set_default', sql: 'ALTER TABLE t ALTER COLUMN b SET DEFAULT 7{asked}' },
  { id: 'drop_default', form: 'set_default', sql: 'ALTER TABLE t ALTER COLUMN b DROP DEFAULT{asked}' },
  { id: 'modify_default', form: 'set_default', sql: 'ALTER TABLE t MODIFY b int NOT NULL DEFAULT 9{asked}' },
  { id: 'set_not_null', form: 'set_not_null', setup: 'UPDATE t SET v50 = 1 WHERE v50 IS NULL', sql: 'ALTER TABLE t MODIFY v50 varchar(50) NOT NULL{asked}' },
  { id: 'drop_not_null', form: 'drop_not_null', sql: 'ALTER TABLE t MODIFY b int{asked}' },
  { id: 'int_to_bigint', form: 'change_type', sql: 'ALTER TABLE t MODIFY b bigint NOT NULL DEFAULT 0{asked}' },
  { id: 'signed_to_unsigned', form: 'change_type', sql: 'ALTER TABLE t MODIFY b int unsigned NOT NULL DEFAULT 0{asked}' },
  { id: 'varchar_wider_within_255_bytes', form: 'widen_varchar', sql: 'ALTER TABLE t MODIFY v50 varchar(63){asked}' },
  { id: 'varchar_wider_across_255_bytes', form: 'change_type', sql: 'ALTER TABLE t MODIFY v50 varchar(64){asked}' },
  { id: 'varchar_wider_beyond_255_bytes', form: 'widen_varchar', sql: 'ALTER TABLE t MODIFY v100 varchar(200){asked}' },
  { id: 'varchar_narrower', form: 'change_type', sql: 'ALTER TABLE t MODIFY v100 varchar(90){asked}' },
  { id: 'varchar_to_text', form: 'change_type', sql: 'ALTER TABLE t MODIFY v50 text{asked}' },
  { id: 'datetime_to_timestamp', form: 'change_type', sql: 'ALTER TABLE t MODIFY d timestamp NULL{asked}' },
  { id: 'column_charset', form: 'change_type', sql: 'ALTER TABLE t MODIFY v50 varchar(50) CHARACTER SET latin1{asked}' },
  { id: 'append_enum', form: 'append_enum', sql: "ALTER TABLE t MODIFY e enum('x','y','z'){asked}" },
  { id: 'insert_enum', form: 'change_type', sql: "ALTER TABLE t MODIFY e enum('x','m','y'){asked}" },
  { id: 'column_comment', form: 'change_comment', sql: "ALTER TABLE t MODIFY a int COMMENT 'of a thing'{asked}" },
  { id: 'add_index', form: 'add_index', sql: 'ALTER TABLE t ADD INDEX ia(a){asked}' },
  { id: 'create_index', form: 'add_index', sql: 'CREATE INDEX ia ON t(a){asked}' },
  { id: 'add_unique', form: 'add_unique', sql: 'ALTER TABLE t ADD UNIQUE INDEX uk(k){asked}' },
  { id: 'create_unique_index', form: 'add_unique', sql: 'CREATE UNIQUE INDEX uk ON t(k){asked}' },
  { id: 'add_fulltext', form: 'add_fulltext', sql: 'ALTER TABLE t ADD FULLTEXT INDEX ft(v100){asked}' },
  { id: 'create_fulltext_index', form: 'add_fulltext', sql: 'CREATE FULLTEXT INDEX ft ON t(v100){asked}' },
  { id: 'add_spatial', form: 'add_spatial', sql: 'ALTER TABLE t ADD SPATIAL INDEX sg(g){asked}' },
  { id: 'drop_index', form: 'drop_index', sql: 'ALTER TABLE t DROP INDEX ib{asked}' },
  { id: 'drop_index_on', form: 'drop_index', sql: 'DROP INDEX ib ON t{asked}' },
  { id: 'rename_index', form: 'rename_index', sql: 'ALTER TABLE t RENAME INDEX ib TO ib2{asked}' },
  { id: 'ignore_index', form: 'alter_index_visibility', sql: 'ALTER TABLE t ALTER INDEX ib IGNORED{asked}' },
  { id: 'add_primary_key', form: 'add_primary_key', setup: 'ALTER TABLE t MODIFY id bigint NOT NULL, DROP PRIMARY KEY', sql: 'ALTER TABLE t ADD PRIMARY KEY (id){asked}' },
  { id: 'replace_primary_key', form: 'replace_primary_key', setup: 'ALTER TABLE t MODIFY id bigint NOT NULL', sql: 'ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (k){asked}' },
  { id: 'drop_primary_key', form: 'drop_primary_key', setup: 'ALTER TABLE t MODIFY id bigint NOT NULL', sql: 'ALTER TABLE t DROP PRIMARY KEY{asked}' },
  { id: 'add_foreign_key', form: 'add_foreign_key', sql: 'ALTER TABLE t ADD CONSTRAINT fp FOREIGN KEY (pid) REFERENCES p(id){asked}' },
  { id: 'add_foreign_key_unchecked', form: 'add_foreign_key_unchecked', session: 'SET foreign_key_checks=0', setup: 'ALTER TABLE t ADD INDEX ip(pid)', sql: 'ALTER TABLE t ADD CONSTRAINT fp FOREIGN KEY (pid) REFERENCES p(id){asked}' },
  { id: 'drop_foreign_key', form: 'drop_foreign_key', setup: 'ALTER TABLE t ADD CONSTRAINT fp FOREIGN KEY (pid) REFERENCES p(id)', sql: 'ALTER TABLE t DROP FOREIGN KEY fp{asked}' },
  { id: 'add_check', form: 'add_check', sql: 'ALTER TABLE t ADD CONSTRAINT ca CHECK (b >= 0){asked}' },
  { id: 'drop_check', form: 'drop_check', setup: 'ALTER TABLE t ADD CONSTRAINT ca CHECK (b >= 0)', sql: 'ALTER TABLE t DROP CONSTRAINT ca{asked}' },
  { id: 'rename_table', form: 'rename_table', sql: 'ALTER TABLE t RENAME TO t2{asked}' },
  { id: 'rename_table_statement', form: 'rename_table', sql: 'RENAME TABLE t TO t2' },
  { id: 'convert_charset', form: 'convert_charset', sql: 'ALTER TABLE t CONVERT TO CHARACTER SET latin1{asked}' },
  { id: 'default_charset', form: 'default_charset', sql: 'ALTER TABLE t DEFAULT CHARSET=latin1{asked}' },
  { id: 'force', form: 'rebuild', sql: 'ALTER TABLE t FORCE{asked}' },
  { id: 'same_engine', form: 'rebuild', sql: 'ALTER TABLE t ENGINE=InnoDB{asked}' },
  { id: 'change_engine', form: 'change_engine', sql: 'ALTER TABLE t ENGINE=Aria{asked}' },
  { id: 'row_format', form: 'row_format', sql: 'ALTER TABLE t ROW_FORMAT=COMPACT{asked}' },
  { id: 'auto_increment_value', form: 'auto_increment_value', sql: 'ALTER TABLE t AUTO_INCREMENT=9000000{asked}' },
  { id: 'table_comment', form: 'table_comment', sql: "ALTER TABLE t COMMENT='of things'{asked}" },
  { id: 'order_by', form: 'order_by', sql: 'ALTER TABLE t ORDER BY a{asked}' },
  { id: 'optimize', form: 'optimize', sql: 'OPTIMIZE TABLE t' },
  { id: 'partition_by', form: 'partition_by', setup: noGeometry, sql: 'ALTER TABLE t PARTITION BY HASH(id) PARTITIONS 4' },
  { id: 'remove_partitioning', form: 'remove_partitioning', setup: byRange, sql: 'ALTER TABLE t REMOVE PARTITIONING' },
  { id: 'add_partition', form: 'add_partition', setup: byRange, sql: 'ALTER TABLE t ADD PARTITION (PARTITION p2 VALUES LESS THAN (2000000))' },
  { id: 'drop_partition', form: 'drop_partition', setup: byRange, sql: 'ALTER TABLE t DROP PARTITION p0' },
  { id: 'truncate_partition', form: 'truncate_partition', setup: byRange, sql: 'ALTER TABLE t TRUNCATE PARTITION p0' },
  { id: 'reorganize_partition', form: 'reorganize_partition', setup: byRange, sql: 'ALTER TABLE t REORGANIZE PARTITION p0 INTO (PARTITION p0a VALUES LESS THAN (30000), PARTITION p0b VALUES LESS THAN (50000))' },
  { id: 'rebuild_partition', form: 'rebuild_partition', setup: byRange, sql: 'ALTER TABLE t REBUILD PARTITION p0' },
]; // biome-ignore format: one form a line reads as the table it is
