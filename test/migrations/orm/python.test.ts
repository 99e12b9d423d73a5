import { describe, expect, test } from 'vitest';
import { alembic, django, only, readPrograms, sql, told } from './read-programs.ts';

describe('Django', () => {
  test('a field of a model that was not read is an open question', () => {
    const file = django('        migrations.AlterField("order", "state", models.TextField()),');
    expect(told(file)).toEqual([
      'not analysed: `AlterField` of a field whose earlier migration was not read',
    ]);
  });

  test('a field that may be empty now gives its key up and takes it again', () => {
    const file =
      django(`        migrations.CreateModel("Order", [("id", models.AutoField(primary_key=True)), ("user", models.ForeignKey("shop.User", models.CASCADE))]),
        migrations.AlterField("order", "user", models.ForeignKey("shop.User", models.CASCADE, null=True)),`);
    expect(file.operations.filter(({ lines }) => lines.start === 7).map(({ kind }) => kind)).toEqual([
      'drop-constraint',
      'drop-not-null',
      'add-foreign-key',
    ]);
  });

  test('operations of the state alone send nothing', () => {
    const file = django(
      '        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Order")]),',
    );
    expect(told(file)).toEqual([]);
  });

  test('a model that Django does not manage has no table to change', () => {
    const file =
      django(`        migrations.CreateModel("Report", [("id", models.AutoField(primary_key=True))], options={"managed": False}),
        migrations.AddField("report", "total", models.IntegerField()),`);
    expect(told(file)).toEqual([]);
  });

  test.each([
    ['RunSQL without its other half', 'migrations.RunSQL("DROP TABLE a")', 'none'],
    ['RunSQL with it', 'migrations.RunSQL("DROP TABLE a", migrations.RunSQL.noop)', 'down-step'],
    ['RunPython without its other half', 'migrations.RunPython(fill)', 'none'],
    ['a schema operation', 'migrations.DeleteModel("a")', 'down-step'],
  ])('the way back of %s', (_, operation, way) => {
    expect(django(`        ${operation},`).wayBack).toBe(way);
  });

  test('`atomic = False` sends each operation alone', () => {
    const file = django('        migrations.RunSQL("ANALYZE a"),', '    atomic = False\n');
    expect(file.transaction).toBe('no-transaction');
    expect(file.operations[0]?.inTransaction).toBe(false);
  });

  test('an operation of the application is named', () => {
    expect(told(django('        shop.migrations.Shuffle("a"),'))).toEqual([
      'not analysed: `Shuffle`, an operation that Django itself does not know',
    ]);
  });

  test('files run in the order of what they come after', () => {
    const file = (after: string) =>
      `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${after}]\n    operations = []\n`;
    const read = readPrograms({
      'shop/migrations/0001_z.py': file(''),
      'shop/migrations/0002_a.py': file('("shop", "0002_b")'),
      'shop/migrations/0002_b.py': file('("shop", "0001_z"), ("auth", "0001_initial")'),
    });
    expect(read.map(({ version, after }) => [version, after])).toEqual([
      ['0001_z', []],
      ['0002_b', ['0001_z']],
      ['0002_a', ['0002_b']],
    ]);
  });
});

describe('Alembic', () => {
  test('a block that commits first runs outside of the transaction', () => {
    const file = alembic(`    op.execute("UPDATE a SET b = 1 WHERE c = 2")
    with op.get_context().autocommit_block():
        op.create_index("i", "a", ["b"], postgresql_concurrently=True)
    op.drop_table("c")`);
    expect(file.operations.map(({ inTransaction }) => inTransaction)).toEqual([true, false, true]);
    const [before, , after] = file.operations;
    expect(after?.transaction).not.toBe(before?.transaction);
  });

  test('a server default is a constant, or SQL in `sa.text`', () => {
    const file =
      alembic(`    op.add_column("a", sa.Column("b", sa.DateTime(), server_default=sa.text("now()")))
    op.add_column("a", sa.Column("c", sa.String(), server_default="now()"))`);
    expect(sql(file)).toEqual([
      'ALTER TABLE "a" ADD COLUMN "b" TIMESTAMP WITHOUT TIME ZONE DEFAULT now()',
      `ALTER TABLE "a" ADD COLUMN "c" VARCHAR DEFAULT 'now()'`,
    ]);
  });

  test('a schema stands in front of its table', () => {
    const [operation] = alembic('    op.drop_column("a", "b", schema="audit")').operations;
    expect(operation).toMatchObject({ table: 'audit.a', column: 'b' });
  });

  test.each([
    ['def downgrade():\n    pass\n', 'none'],
    ['def downgrade():\n    """Nothing to do"""\n', 'none'],
    ['def downgrade():\n    raise NotImplementedError\n', 'none'],
    ['def downgrade():\n    op.create_table("a")\n', 'down-step'],
    ['', 'none'],
  ])('the way back of %j', (rest, way) => {
    expect(alembic('    op.drop_table("a")', rest).wayBack).toBe(way);
  });

  test.each([
    ['op.execute(f"DROP TABLE {name}")', 'SQL that is put together when the migration runs'],
    ['op.get_bind().execute(table.update().values(a=1))', 'rows that are read or changed through SQLAlchemy'],
    ['op.bulk_insert(table, rows)', '`bulk_insert`, rows that are put in through SQLAlchemy'],
    ['op.create_trigger("a")', '`op.create_trigger`, an operation that Alembic itself does not know'],
    [
      'session.query(User).update({"a": 1})',
      '`.update`, code whose statements are only known when the migration runs',
    ],
    ['fill(op.get_bind())', '`fill`, code whose statements are only known when the migration runs'],
  ])('`%s` is named', (line, why) => {
    expect(told(alembic(`    ${line}`))).toEqual([`not analysed: ${why}`]);
  });

  test('a file in a folder of its year belongs to the folder above', () => {
    const source =
      'from alembic import op\nrevision = "a"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n';
    expect(only(readPrograms({ 'db/versions/2024/a.py': source })).folder).toBe('db/versions');
  });
});
