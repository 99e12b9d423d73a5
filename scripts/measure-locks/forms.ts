export interface Form {
  readonly id: string;
  /** Runs and commits first, on the tables of `schema`. */
  readonly setup?: string;
  /** Runs in the session that will run the statement. */
  readonly session?: string;
  readonly sql: string;
  /** The table the answer is about; `t` when absent. */
  readonly table?: string;
  /** First major that has the grammar for it; 12, the oldest that is measured, when absent. */
  readonly from?: number;
  /** PostgreSQL refuses it inside a transaction, so its locks are watched from another session. */
  readonly isOutside?: true;
}

/** What every form runs on: a few thousand rows, since an empty table hides a scan. */
export const schema = `
DROP SCHEMA IF EXISTS public CASCADE;
DROP SCHEMA IF EXISTS s9 CASCADE;
DROP ROLE IF EXISTS rr9;
CREATE SCHEMA public;
CREATE TABLE p(id bigint primary key);
INSERT INTO p SELECT g FROM generate_series(1, 100) g;
CREATE TABLE t(
  id bigserial primary key, id2 bigint, pid bigint, a int, vc50 varchar(50), tx text, ch char(10), n102 numeric(10,2),
  ts timestamp, tz timestamptz, ts3 timestamp(3), iv3 interval(3), js json, jb jsonb, cd cidr, vb varbit(32), xm text
);
INSERT INTO t(id2, pid, a, vc50, tx, ch, n102, ts, tz, ts3, iv3, js, jb, cd, vb)
  SELECT g, g % 100 + 1, g, 'v' || g % 30, 'tx', 'c', 1.5, now(), now(), now(), '1s', '{}', '{}', '10.0.0.0/8', '1010'
  FROM generate_series(1, 2000) g;
CREATE TABLE nopk(k bigint);
INSERT INTO nopk SELECT g FROM generate_series(1, 500) g;
CREATE TABLE pt(k int not null) PARTITION BY RANGE(k);
CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (100);
CREATE TABLE pt2 PARTITION OF pt FOR VALUES FROM (100) TO (200);
INSERT INTO pt SELECT g FROM generate_series(0, 199) g;`;

/** One form of statement each, with the set-up that decides what it does: the same statement has other effects on another. */
// biome-ignore format: one form a line reads as the table it is
export const forms: readonly Form[] = [
  { id: 'create_index', sql: 'CREATE INDEX i1 ON t(a)' },
  { id: 'create_index_concurrently', sql: 'CREATE INDEX CONCURRENTLY i1 ON t(a)', isOutside: true },
  { id: 'create_unique_index', sql: 'CREATE UNIQUE INDEX i1 ON t(id2)' },
  { id: 'drop_index', setup: 'CREATE INDEX i0 ON t(a)', sql: 'DROP INDEX i0' },
  { id: 'drop_index_concurrently', setup: 'CREATE INDEX i0 ON t(a)', sql: 'DROP INDEX CONCURRENTLY i0', isOutside: true },
  { id: 'reindex_index', setup: 'CREATE INDEX i0 ON t(a)', sql: 'REINDEX INDEX i0' },
  { id: 'reindex_table', sql: 'REINDEX TABLE t' },
  { id: 'reindex_index_concurrently', setup: 'CREATE INDEX i0 ON t(a)', sql: 'REINDEX INDEX CONCURRENTLY i0', isOutside: true },
  { id: 'rename_index', setup: 'CREATE INDEX i0 ON t(a)', sql: 'ALTER INDEX i0 RENAME TO i9' },
  { id: 'add_column_nullable', sql: 'ALTER TABLE t ADD COLUMN c int' },
  { id: 'add_column_const_default', sql: 'ALTER TABLE t ADD COLUMN c int DEFAULT 5' },
  { id: 'add_column_notnull_const_default', sql: 'ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 5' },
  { id: 'add_column_stable_default_now', sql: 'ALTER TABLE t ADD COLUMN c timestamptz DEFAULT now()' },
  { id: 'add_column_volatile_default_random', sql: 'ALTER TABLE t ADD COLUMN c float8 DEFAULT random()' },
  { id: 'add_column_volatile_default_clock_timestamp', sql: 'ALTER TABLE t ADD COLUMN c timestamptz DEFAULT clock_timestamp()' },
  { id: 'add_column_volatile_default_uuid', sql: 'ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid()', from: 13 },
  { id: 'add_column_user_stable_func_default', setup: 'CREATE FUNCTION fs() RETURNS int LANGUAGE sql STABLE AS $$select 1$$', sql: 'ALTER TABLE t ADD COLUMN c int DEFAULT fs()' },
  { id: 'add_column_notnull_no_default', sql: 'ALTER TABLE t ADD COLUMN c int NOT NULL' },
  { id: 'add_column_serial', sql: 'ALTER TABLE t ADD COLUMN c serial' },
  { id: 'add_column_identity', sql: 'ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS IDENTITY' },
  { id: 'add_column_generated_stored', sql: 'ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a*2) STORED' },
  { id: 'add_column_generated_virtual', sql: 'ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a*2) VIRTUAL', from: 18 },
  { id: 'add_column_inline_check', sql: 'ALTER TABLE t ADD COLUMN c int CHECK (c > 0)' },
  { id: 'add_column_inline_check_with_default', sql: 'ALTER TABLE t ADD COLUMN c int DEFAULT 1 CHECK (c > 0)' },
  { id: 'add_column_inline_references', sql: 'ALTER TABLE t ADD COLUMN c bigint REFERENCES p(id)' },
  { id: 'add_column_inline_references_default', sql: 'ALTER TABLE t ADD COLUMN c bigint DEFAULT 1 REFERENCES p(id)' },
  { id: 'add_column_inline_unique', sql: 'ALTER TABLE t ADD COLUMN c int UNIQUE' },
  { id: 'add_column_inline_pk', sql: 'ALTER TABLE nopk ADD COLUMN c bigserial PRIMARY KEY', table: 'nopk' },
  { id: 'add_column_domain_with_check', setup: 'CREATE DOMAIN dpos AS int CHECK (VALUE > 0)', sql: 'ALTER TABLE t ADD COLUMN c dpos' },
  { id: 'add_column_domain_with_check_default', setup: 'CREATE DOMAIN dpos AS int CHECK (VALUE > 0)', sql: 'ALTER TABLE t ADD COLUMN c dpos DEFAULT 1' },
  { id: 'add_column_domain_nocheck', setup: 'CREATE DOMAIN dplain AS int', sql: 'ALTER TABLE t ADD COLUMN c dplain' },
  { id: 'drop_column', sql: 'ALTER TABLE t DROP COLUMN a' },
  { id: 'drop_column_indexed', setup: 'CREATE INDEX i0 ON t(a)', sql: 'ALTER TABLE t DROP COLUMN a' },
  { id: 'rename_column', sql: 'ALTER TABLE t RENAME COLUMN a TO aa' },
  { id: 'rename_table', sql: 'ALTER TABLE t RENAME TO t9', table: 't9' },
  { id: 'rename_constraint', setup: 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a>=0)', sql: 'ALTER TABLE t RENAME CONSTRAINT ck TO ck9' },
  { id: 'set_schema', setup: 'CREATE SCHEMA s9', sql: 'ALTER TABLE t SET SCHEMA s9' },
  { id: 'set_default', sql: 'ALTER TABLE t ALTER COLUMN a SET DEFAULT 3' },
  { id: 'drop_default', sql: 'ALTER TABLE t ALTER COLUMN a DROP DEFAULT' },
  { id: 'set_not_null', sql: 'ALTER TABLE t ALTER COLUMN a SET NOT NULL' },
  { id: 'set_not_null_with_valid_check', setup: 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a IS NOT NULL)', sql: 'ALTER TABLE t ALTER COLUMN a SET NOT NULL' },
  { id: 'set_not_null_with_notvalid_check', setup: 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a IS NOT NULL) NOT VALID', sql: 'ALTER TABLE t ALTER COLUMN a SET NOT NULL' },
  { id: 'add_not_null_constraint_not_valid', sql: 'ALTER TABLE t ADD CONSTRAINT nn NOT NULL a NOT VALID', from: 18 },
  { id: 'validate_not_null_constraint', setup: 'ALTER TABLE t ADD CONSTRAINT nn NOT NULL a NOT VALID', sql: 'ALTER TABLE t VALIDATE CONSTRAINT nn', from: 18 },
  { id: 'drop_not_null', setup: 'ALTER TABLE t ALTER COLUMN a SET NOT NULL', sql: 'ALTER TABLE t ALTER COLUMN a DROP NOT NULL' },
  { id: 'type_int_to_bigint', sql: 'ALTER TABLE t ALTER COLUMN a TYPE bigint' },
  { id: 'type_int_to_bigint_indexed', setup: 'CREATE INDEX i0 ON t(a)', sql: 'ALTER TABLE t ALTER COLUMN a TYPE bigint' },
  { id: 'type_bigint_to_int', sql: 'ALTER TABLE t ALTER COLUMN id2 TYPE int' },
  { id: 'type_varchar_widen', sql: 'ALTER TABLE t ALTER COLUMN vc50 TYPE varchar(100)' },
  { id: 'type_varchar_widen_indexed', setup: 'CREATE INDEX i0 ON t(vc50)', sql: 'ALTER TABLE t ALTER COLUMN vc50 TYPE varchar(100)' },
  { id: 'type_varchar_narrow', sql: 'ALTER TABLE t ALTER COLUMN vc50 TYPE varchar(40)' },
  { id: 'type_varchar_unlimited', sql: 'ALTER TABLE t ALTER COLUMN vc50 TYPE varchar' },
  { id: 'type_varchar_to_text', sql: 'ALTER TABLE t ALTER COLUMN vc50 TYPE text' },
  { id: 'type_varchar_to_text_indexed', setup: 'CREATE INDEX i0 ON t(vc50)', sql: 'ALTER TABLE t ALTER COLUMN vc50 TYPE text' },
  { id: 'type_text_to_varchar', sql: 'ALTER TABLE t ALTER COLUMN tx TYPE varchar' },
  { id: 'type_text_to_varchar_n', sql: 'ALTER TABLE t ALTER COLUMN tx TYPE varchar(255)' },
  { id: 'type_char_to_text', sql: 'ALTER TABLE t ALTER COLUMN ch TYPE text' },
  { id: 'type_numeric_widen_precision', sql: 'ALTER TABLE t ALTER COLUMN n102 TYPE numeric(12,2)' },
  { id: 'type_numeric_unconstrained', sql: 'ALTER TABLE t ALTER COLUMN n102 TYPE numeric' },
  { id: 'type_numeric_change_scale', sql: 'ALTER TABLE t ALTER COLUMN n102 TYPE numeric(12,4)' },
  { id: 'type_timestamp_to_timestamptz_utc', session: "SET timezone='UTC'", sql: 'ALTER TABLE t ALTER COLUMN ts TYPE timestamptz' },
  { id: 'type_timestamp_to_timestamptz_nonutc', session: "SET timezone='Europe/Oslo'", sql: 'ALTER TABLE t ALTER COLUMN ts TYPE timestamptz' },
  { id: 'type_timestamp_to_timestamptz_using', session: "SET timezone='UTC'", sql: "ALTER TABLE t ALTER COLUMN ts TYPE timestamptz USING ts AT TIME ZONE 'UTC'" },
  { id: 'type_timestamptz_to_timestamp_utc', session: "SET timezone='UTC'", sql: 'ALTER TABLE t ALTER COLUMN tz TYPE timestamp' },
  { id: 'type_timestamp_precision_widen', sql: 'ALTER TABLE t ALTER COLUMN ts3 TYPE timestamp(6)' },
  { id: 'type_timestamp_precision_narrow', sql: 'ALTER TABLE t ALTER COLUMN ts TYPE timestamp(3)' },
  { id: 'type_interval_widen', sql: 'ALTER TABLE t ALTER COLUMN iv3 TYPE interval(6)' },
  { id: 'type_int_to_text', sql: 'ALTER TABLE t ALTER COLUMN a TYPE text' },
  { id: 'type_json_to_jsonb', sql: 'ALTER TABLE t ALTER COLUMN js TYPE jsonb' },
  { id: 'type_jsonb_to_json', sql: 'ALTER TABLE t ALTER COLUMN jb TYPE json' },
  { id: 'type_cidr_to_inet', sql: 'ALTER TABLE t ALTER COLUMN cd TYPE inet' },
  { id: 'type_varbit_widen', sql: 'ALTER TABLE t ALTER COLUMN vb TYPE varbit(64)' },
  { id: 'type_xml_to_text', sql: 'ALTER TABLE t ALTER COLUMN xm TYPE text' },
  { id: 'type_text_to_citext_like_domain_nocheck', setup: 'CREATE DOMAIN dtext AS text', sql: 'ALTER TABLE t ALTER COLUMN tx TYPE dtext' },
  { id: 'type_text_to_domain_check', setup: "CREATE DOMAIN dtextc AS text CHECK (VALUE <> 'x')", sql: 'ALTER TABLE t ALTER COLUMN tx TYPE dtextc' },
  { id: 'type_text_to_enum', setup: "CREATE TYPE en AS ENUM ('tx')", sql: 'ALTER TABLE t ALTER COLUMN tx TYPE en USING tx::en' },
  { id: 'type_collation_change', sql: 'ALTER TABLE t ALTER COLUMN tx TYPE text COLLATE "C"' },
  { id: 'type_same_type', sql: 'ALTER TABLE t ALTER COLUMN a TYPE int' },
  { id: 'type_using_noop', sql: 'ALTER TABLE t ALTER COLUMN vc50 TYPE text USING vc50::text' },
  { id: 'add_check', sql: 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a >= 0)' },
  { id: 'add_check_not_valid', sql: 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a >= 0) NOT VALID' },
  { id: 'validate_check', setup: 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a >= 0) NOT VALID', sql: 'ALTER TABLE t VALIDATE CONSTRAINT ck' },
  { id: 'add_fk', sql: 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p(id)' },
  { id: 'add_fk_not_valid', sql: 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p(id) NOT VALID' },
  { id: 'validate_fk', setup: 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p(id) NOT VALID', sql: 'ALTER TABLE t VALIDATE CONSTRAINT fk' },
  { id: 'drop_fk', setup: 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p(id)', sql: 'ALTER TABLE t DROP CONSTRAINT fk' },
  { id: 'add_unique', sql: 'ALTER TABLE t ADD CONSTRAINT uq UNIQUE (id2)' },
  { id: 'add_unique_using_index', setup: 'CREATE UNIQUE INDEX uqi ON t(id2)', sql: 'ALTER TABLE t ADD CONSTRAINT uq UNIQUE USING INDEX uqi' },
  { id: 'add_pk', sql: 'ALTER TABLE nopk ADD PRIMARY KEY (k)', table: 'nopk' },
  { id: 'add_pk_using_index_nullable', setup: 'CREATE UNIQUE INDEX pki ON nopk(k)', sql: 'ALTER TABLE nopk ADD CONSTRAINT pk9 PRIMARY KEY USING INDEX pki', table: 'nopk' },
  { id: 'add_pk_using_index_notnull', setup: 'CREATE UNIQUE INDEX pki ON nopk(k); ALTER TABLE nopk ALTER k SET NOT NULL', sql: 'ALTER TABLE nopk ADD CONSTRAINT pk9 PRIMARY KEY USING INDEX pki', table: 'nopk' },
  { id: 'add_exclusion', sql: 'ALTER TABLE t ADD CONSTRAINT ex EXCLUDE (id2 WITH =)' },
  { id: 'drop_check', setup: 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a >= 0)', sql: 'ALTER TABLE t DROP CONSTRAINT ck' },
  { id: 'drop_pk', sql: 'ALTER TABLE t DROP CONSTRAINT t_pkey' },
  { id: 'enum_add_value', setup: "CREATE TYPE en AS ENUM ('x'); ALTER TABLE t ADD COLUMN e en", sql: "ALTER TYPE en ADD VALUE 'y'" },
  { id: 'enum_add_value_and_use_same_tx', setup: "CREATE TYPE en AS ENUM ('x'); ALTER TABLE t ADD COLUMN e en", sql: "ALTER TYPE en ADD VALUE 'y'; UPDATE t SET e='y' WHERE id=1" },
  { id: 'enum_rename_value', setup: "CREATE TYPE en AS ENUM ('x'); ALTER TABLE t ADD COLUMN e en", sql: "ALTER TYPE en RENAME VALUE 'x' TO 'z'" },
  { id: 'domain_add_constraint', setup: 'CREATE DOMAIN dd AS int; ALTER TABLE t ADD COLUMN dcol dd', sql: 'ALTER DOMAIN dd ADD CONSTRAINT dck CHECK (VALUE > 0)' },
  { id: 'domain_add_constraint_not_valid', setup: 'CREATE DOMAIN dd AS int; ALTER TABLE t ADD COLUMN dcol dd', sql: 'ALTER DOMAIN dd ADD CONSTRAINT dck CHECK (VALUE > 0) NOT VALID' },
  { id: 'domain_validate', setup: 'CREATE DOMAIN dd AS int; ALTER TABLE t ADD COLUMN dcol dd; ALTER DOMAIN dd ADD CONSTRAINT dck CHECK (VALUE > 0) NOT VALID', sql: 'ALTER DOMAIN dd VALIDATE CONSTRAINT dck' },
  { id: 'create_table_with_fk', sql: 'CREATE TABLE newt (id int primary key, tid bigint references t(id))', table: 'newt' },
  { id: 'create_table_plain', sql: 'CREATE TABLE newt (id int primary key)', table: 'newt' },
  { id: 'create_table_like', sql: 'CREATE TABLE newt (LIKE t INCLUDING ALL)', table: 'newt' },
  { id: 'create_table_as', sql: 'CREATE TABLE newt AS SELECT * FROM t', table: 'newt' },
  { id: 'create_table_partition_of', sql: 'CREATE TABLE part_new PARTITION OF pt FOR VALUES FROM (1000) TO (2000)', table: 'pt' },
  { id: 'create_table_partition_of_with_default_part', setup: 'CREATE TABLE pt_def PARTITION OF pt DEFAULT; INSERT INTO pt SELECT 5000+g FROM generate_series(1,1000) g', sql: 'CREATE TABLE part_new PARTITION OF pt FOR VALUES FROM (1000) TO (2000)', table: 'pt' },
  { id: 'attach_partition', setup: 'CREATE TABLE newp (k int not null); INSERT INTO newp SELECT 1000+g FROM generate_series(0,900) g', sql: 'ALTER TABLE pt ATTACH PARTITION newp FOR VALUES FROM (1000) TO (2000)', table: 'pt' },
  { id: 'attach_partition_with_check', setup: 'CREATE TABLE newp (k int not null, CHECK (k >= 1000 AND k < 2000)); INSERT INTO newp SELECT 1000+g FROM generate_series(0,900) g', sql: 'ALTER TABLE pt ATTACH PARTITION newp FOR VALUES FROM (1000) TO (2000)', table: 'pt' },
  { id: 'detach_partition', sql: 'ALTER TABLE pt DETACH PARTITION pt1', table: 'pt' },
  { id: 'detach_partition_concurrently', sql: 'ALTER TABLE pt DETACH PARTITION pt1 CONCURRENTLY', table: 'pt', from: 14, isOutside: true },
  { id: 'create_index_on_partitioned', sql: 'CREATE INDEX pi ON pt(k)', table: 'pt' },
  { id: 'create_index_on_partitioned_only', sql: 'CREATE INDEX pi ON ONLY pt(k)', table: 'pt' },
  { id: 'create_index_concurrently_on_partitioned', sql: 'CREATE INDEX CONCURRENTLY pi ON pt(k)', table: 'pt', isOutside: true },
  { id: 'fk_not_valid_on_partitioned', sql: 'ALTER TABLE pt ADD CONSTRAINT fkp FOREIGN KEY (k) REFERENCES p(id) NOT VALID', table: 'pt' },
  { id: 'create_trigger', setup: 'CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$begin return new; end$$', sql: 'CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE PROCEDURE tf()' },
  { id: 'drop_trigger', setup: 'CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$begin return new; end$$; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE PROCEDURE tf()', sql: 'DROP TRIGGER tr ON t' },
  { id: 'disable_trigger', setup: 'CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$begin return new; end$$; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE PROCEDURE tf()', sql: 'ALTER TABLE t DISABLE TRIGGER tr' },
  { id: 'enable_rls', sql: 'ALTER TABLE t ENABLE ROW LEVEL SECURITY' },
  { id: 'create_policy', sql: 'CREATE POLICY pol ON t USING (true)' },
  { id: 'create_rule', sql: 'CREATE RULE rl AS ON DELETE TO t DO INSTEAD NOTHING' },
  { id: 'set_unlogged', sql: 'ALTER TABLE t SET UNLOGGED' },
  { id: 'set_fillfactor', sql: 'ALTER TABLE t SET (fillfactor=80)' },
  { id: 'set_autovacuum_param', sql: 'ALTER TABLE t SET (autovacuum_vacuum_scale_factor=0.1)' },
  { id: 'set_statistics', sql: 'ALTER TABLE t ALTER COLUMN a SET STATISTICS 500' },
  { id: 'set_storage', sql: 'ALTER TABLE t ALTER COLUMN tx SET STORAGE EXTERNAL' },
  { id: 'set_compression', sql: 'ALTER TABLE t ALTER COLUMN tx SET COMPRESSION pglz', from: 14 },
  { id: 'set_access_method', sql: 'ALTER TABLE t SET ACCESS METHOD heap', from: 15 },
  { id: 'set_tablespace_same', sql: 'ALTER TABLE t SET TABLESPACE pg_default' },
  { id: 'replica_identity', sql: 'ALTER TABLE t REPLICA IDENTITY FULL' },
  { id: 'cluster', sql: 'CLUSTER t USING t_pkey' },
  { id: 'vacuum_full', sql: 'VACUUM FULL t', isOutside: true },
  { id: 'vacuum', sql: 'VACUUM t', isOutside: true },
  { id: 'analyze', sql: 'ANALYZE t' },
  { id: 'truncate', sql: 'TRUNCATE t' },
  { id: 'truncate_cascade', setup: 'CREATE TABLE ch2(tid bigint references t(id))', sql: 'TRUNCATE t CASCADE' },
  { id: 'drop_table', sql: 'DROP TABLE t' },
  { id: 'drop_table_with_outgoing_fk', setup: 'CREATE TABLE ch2(tid bigint references t(id))', sql: 'DROP TABLE ch2', table: 'ch2' },
  { id: 'drop_table_cascade_incoming', setup: 'CREATE TABLE ch2(tid bigint references t(id))', sql: 'DROP TABLE t CASCADE' },
  { id: 'comment_on_table', sql: "COMMENT ON TABLE t IS 'x'" },
  { id: 'comment_on_column', sql: "COMMENT ON COLUMN t.a IS 'x'" },
  { id: 'grant', sql: 'GRANT SELECT ON t TO PUBLIC' },
  { id: 'owner', setup: 'CREATE ROLE rr9', sql: 'ALTER TABLE t OWNER TO rr9' },
  { id: 'create_statistics', sql: 'CREATE STATISTICS st9 (dependencies) ON a, id2 FROM t' },
  { id: 'create_view', sql: 'CREATE VIEW vv AS SELECT * FROM t', table: 'vv' },
  { id: 'create_or_replace_view', setup: 'CREATE VIEW vv AS SELECT * FROM t', sql: 'CREATE OR REPLACE VIEW vv AS SELECT * FROM t', table: 'vv' },
  { id: 'drop_view', setup: 'CREATE VIEW vv AS SELECT * FROM t', sql: 'DROP VIEW vv', table: 'vv' },
  { id: 'create_matview', sql: 'CREATE MATERIALIZED VIEW mv AS SELECT * FROM t', table: 'mv' },
  { id: 'refresh_matview', setup: 'CREATE MATERIALIZED VIEW mv AS SELECT * FROM t', sql: 'REFRESH MATERIALIZED VIEW mv', table: 'mv' },
  { id: 'refresh_matview_concurrently', setup: 'CREATE MATERIALIZED VIEW mv AS SELECT * FROM t; CREATE UNIQUE INDEX mvi ON mv(id)', sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY mv', table: 'mv' },
  { id: 'update_all', sql: 'UPDATE t SET a = a + 1' },
  { id: 'delete_all', sql: 'DELETE FROM t' },
  { id: 'lock_table', sql: 'LOCK TABLE t' },
  { id: 'add_generated_identity_to_existing', setup: 'ALTER TABLE t ALTER a SET NOT NULL', sql: 'ALTER TABLE t ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY' },
  { id: 'drop_expression', setup: 'ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (a*2) STORED', sql: 'ALTER TABLE t ALTER COLUMN g DROP EXPRESSION', from: 13 },
  { id: 'set_expression', setup: 'ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (a*2) STORED', sql: 'ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (a*3)', from: 17 },
  { id: 'inherit', setup: 'CREATE TABLE par (LIKE t)', sql: 'ALTER TABLE t INHERIT par' },
  { id: 'alter_sequence_as_bigint', setup: 'CREATE SEQUENCE sq AS int', sql: 'ALTER SEQUENCE sq AS bigint', table: 'sq' },
  { id: 'add_column_and_set_not_null_same_stmt', sql: 'ALTER TABLE t ADD COLUMN c int DEFAULT 1, ALTER COLUMN a SET NOT NULL' },
  { id: 'alter_fk_not_enforced', setup: 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p(id)', sql: 'ALTER TABLE t ALTER CONSTRAINT fk NOT ENFORCED', from: 18 },
  { id: 'alter_fk_deferrable', setup: 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p(id)', sql: 'ALTER TABLE t ALTER CONSTRAINT fk DEFERRABLE' },
];
