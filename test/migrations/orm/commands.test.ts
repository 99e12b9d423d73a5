import { expect, test } from 'vitest';
import { alembic, django, rails, sql } from './read-programs.ts';

test.each([
  [
    'add_index :a, :b, using: :gin, opclass: :gin_trgm_ops',
    'CREATE INDEX "index_a_on_b" ON "a" USING gin ("b" gin_trgm_ops)',
  ],
  [
    'add_index :a, :b, if_not_exists: true, include: :c',
    'CREATE INDEX IF NOT EXISTS "index_a_on_b" ON "a" ("b") INCLUDE ("c")',
  ],
  [
    'add_index :a, :b, unique: true, nulls_not_distinct: true',
    'CREATE UNIQUE INDEX "index_a_on_b" ON "a" ("b") NULLS NOT DISTINCT',
  ],
  [
    'remove_index :a, :b, algorithm: :concurrently, if_exists: true',
    'DROP INDEX CONCURRENTLY IF EXISTS "index_a_on_b"',
  ],
  [
    'add_column :a, :b, :string, array: true, default: []',
    `ALTER TABLE "a" ADD COLUMN "b" character varying[] DEFAULT '{}'`,
  ],
  [
    'add_column :a, :b, :virtual, type: :integer, as: "c * 2", stored: true',
    'ALTER TABLE "a" ADD COLUMN "b" integer GENERATED ALWAYS AS (c * 2) STORED',
  ],
  [
    'add_column :a, :b, :enum, enum_type: :state, null: false',
    'ALTER TABLE "a" ADD COLUMN "b" "state" NOT NULL',
  ],
  ['add_column "audit.a", :b, :datetime, precision: nil', 'ALTER TABLE "audit"."a" ADD COLUMN "b" timestamp'],
  [
    'add_column :a, :b, :datetime, default: -> { "now()" }',
    'ALTER TABLE "a" ADD COLUMN "b" timestamp(6) DEFAULT now()',
  ],
  [
    'change_column :a, :b, :integer, using: "b::integer", null: false',
    'ALTER TABLE "a" ALTER COLUMN "b" TYPE integer USING b::integer, ALTER COLUMN "b" SET NOT NULL',
  ],
  [
    'add_foreign_key :a, :people',
    'ALTER TABLE "a" ADD CONSTRAINT "fk_rails_a_person_id" FOREIGN KEY ("person_id") REFERENCES "people" ("id")',
  ],
  [
    'add_foreign_key :a, :b, column: :c, primary_key: :d, deferrable: :deferred',
    'ALTER TABLE "a" ADD CONSTRAINT "fk_rails_a_c" FOREIGN KEY ("c") REFERENCES "b" ("d") DEFERRABLE INITIALLY DEFERRED',
  ],
  [
    'add_unique_constraint :a, using_index: "i", name: "u"',
    'ALTER TABLE "a" ADD CONSTRAINT "u" UNIQUE USING INDEX "i"',
  ],
  [
    'add_exclusion_constraint :a, "r WITH &&", using: :gist, name: "e"',
    'ALTER TABLE "a" ADD CONSTRAINT "e" EXCLUDE USING gist (r WITH &&)',
  ],
  [
    'create_table(:a, primary_key: [:b, :c]) { |t| t.integer :b; t.integer :c }',
    'CREATE TABLE "a" ("b" integer, "c" integer, PRIMARY KEY ("b", "c"))',
  ],
  ['create_table(:a, id: false) { |t| t.inet :b }', 'CREATE TABLE "a" ("b" inet)'],
  [
    'create_table(:a, id: :uuid)',
    'CREATE TABLE "a" ("id" uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY)',
  ],
  [
    'create_table(:a, id: { type: :string, limit: 8 })',
    'CREATE TABLE "a" ("id" character varying(8) NOT NULL PRIMARY KEY)',
  ],
  ['change_column_null :a, :b, true', 'ALTER TABLE "a" ALTER COLUMN "b" DROP NOT NULL'],
  ['drop_table :a, if_exists: true, force: :cascade', 'DROP TABLE IF EXISTS "a" CASCADE'],
])('Rails: `%s`', (line, statement) => {
  expect(sql(rails(`    ${line}`))).toEqual([statement]);
});

test.each([
  [
    'migrations.AddField("a", "b", models.EmailField(null=True))',
    'ALTER TABLE "shop_a" ADD COLUMN "b" varchar(254) NULL',
  ],
  [
    'migrations.AddField("a", "b", models.GeneratedField(expression=F("c"), output_field=models.IntegerField(), db_persist=True))',
    `ALTER TABLE "shop_a" ADD COLUMN "b" integer GENERATED ALWAYS AS ('…') STORED`,
  ],
  [
    'migrations.AddField("a", "b", models.DateTimeField(db_default=Now()))',
    'ALTER TABLE "shop_a" ADD COLUMN "b" timestamp with time zone DEFAULT STATEMENT_TIMESTAMP() NOT NULL',
  ],
  [
    'migrations.AddIndex("a", models.Index(Lower("b"), name="i"))',
    'CREATE INDEX "i" ON "shop_a" ((lower("b")))',
  ],
  [
    'migrations.AddIndex("a", models.Index(fields=["-b"], name="i", condition=Q(c=1), include=["d"]))',
    `CREATE INDEX "i" ON "shop_a" ("b" DESC) INCLUDE ("d") WHERE '…'`,
  ],
  ['migrations.RemoveField("a", "b")', 'ALTER TABLE "shop_a" DROP COLUMN "b" CASCADE'],
  ['migrations.RenameIndex("a", new_name="n", old_name="o")', 'ALTER INDEX "o" RENAME TO "n"'],
  ['migrations.AlterModelTable("a", "b")', 'ALTER TABLE "shop_a" RENAME TO "b"'],
])('Django: `%s`', (operation, statement) => {
  const file = django(`        ${operation},`);
  expect(sql(file)).toEqual([statement]);
  expect(file.notAnalysed).toEqual([]);
});

test.each([
  ['op.create_index("i", "a", [sa.text("b DESC")])', 'CREATE INDEX "i" ON "a" (b DESC)'],
  [
    'op.create_index(op.f("i"), "a", ["b"], unique=True, postgresql_using="gist")',
    'CREATE UNIQUE INDEX "i" ON "a" USING gist ("b")',
  ],
  ['op.add_column("a", sa.Column("b", sa.ARRAY(sa.Text())))', 'ALTER TABLE "a" ADD COLUMN "b" TEXT[]'],
  [
    'op.add_column("a", sa.Column("b", sa.Integer(), sa.Computed("c * 2")))',
    'ALTER TABLE "a" ADD COLUMN "b" INTEGER GENERATED ALWAYS AS (c * 2) STORED',
  ],
  [
    'op.alter_column("a", "b", type_=sa.BigInteger(), postgresql_using="b::bigint")',
    'ALTER TABLE "a" ALTER COLUMN "b" TYPE BIGINT USING b::bigint',
  ],
  [
    'op.create_primary_key("p", "a", ["b", "c"])',
    'ALTER TABLE "a" ADD CONSTRAINT "p" PRIMARY KEY ("b", "c")',
  ],
  [
    'op.create_foreign_key(None, "a", "b", ["c"], ["id"], ondelete="SET NULL", deferrable=True)',
    'ALTER TABLE "a" ADD FOREIGN KEY("c") REFERENCES "b" ("id") ON DELETE SET NULL DEFERRABLE',
  ],
  ['op.drop_index(op.f("i"), table_name="a")', 'DROP INDEX "i"'],
  ['op.drop_constraint("c", table_name="a", schema="s")', 'ALTER TABLE "s"."a" DROP CONSTRAINT "c"'],
])('Alembic: `%s`', (line, statement) => {
  expect(sql(alembic(`    ${line}`))).toEqual([statement]);
});
