import { describe, expect, test } from 'vitest';
import { whoWaits } from '../../../src/migrations/measure/statement-finding.ts';
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

  test('a key without a constraint is renamed with its column', () => {
    const file =
      django(`        migrations.CreateModel("Entry", [("id", models.AutoField(primary_key=True)), ("book", models.ForeignKey("shop.Book", models.CASCADE, db_constraint=False))]),
        migrations.RenameField("entry", "book", "edition"),`);
    expect(
      file.operations
        .filter(({ kind }) => kind === 'rename-column')
        .map(({ column, name }) => [column, name]),
    ).toEqual([['book_id', 'edition_id']]);
  });

  test('who waits beside a key to the users is said without a table’s name: only the settings know it', () => {
    const file = django(
      '        migrations.AddField("order", "buyer", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)),',
    );
    const held = file.operations.find(({ alsoLocks }) => alsoLocks !== undefined);
    expect(held && whoWaits(held)).toBe('Reads and writes of `shop_order` and the table of users');
  });

  test('the order of rows is a column of its own, which is named', () => {
    expect(told(django('        migrations.AlterOrderWithRespectTo("order", "user"),'))).toEqual([
      'not analysed: `AlterOrderWithRespectTo`, with which the column `_order` comes or goes',
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

const gone = (table: string) => `drop-table ${table}, ACCESS EXCLUSIVE`;
const around = 'not analysed: code around statements that is decided when the migration runs';

describe('operations of Django that are put together', () => {
  const unknown = 'not analysed: `make`, an operation that Django itself does not know';
  const inClass = (body: string, head = '') =>
    told(
      only(
        readPrograms(
          {
            'shop/migrations/0001_step.py': `from django.db import migrations\n${head}\nclass Migration(migrations.Migration):\n${body.replace(/^/gm, '    ')}\n`,
          },
          { 'requirements.txt': 'psycopg' },
        ),
      ),
    );
  const drop = (model: string) => `migrations.DeleteModel("${model}")`;
  test.each([
    [
      'one after the other',
      `operations = [${drop('a')}]\noperations.append(${drop('b')})`,
      [gone('shop_a'), gone('shop_b')],
    ],
    ['as a list', `operations = []\noperations.extend([${drop('a')}])`, [gone('shop_a')]],
    ['beside a list that is not known', `operations = make() + [${drop('a')}]`, [gone('shop_a'), unknown]],
    [
      'added to a list that is not known',
      `operations = make()\noperations += [${drop('a')}]`,
      [gone('shop_a'), unknown],
    ],
    [
      'of a comprehension',
      'operations = [migrations.DeleteModel(m) for m in ("a", "b")]',
      [gone('shop_a'), gone('shop_b')],
    ],
    ['with a splat', `operations = [*[${drop('a')}], ${drop('b')}]`, [gone('shop_a'), gone('shop_b')]],
    [
      'in a loop',
      `operations = []\nfor m in models:\n    operations.append(migrations.DeleteModel(m))`,
      ['not analysed: operations that are put together when the migration runs'],
    ],
    [
      'under a condition',
      `if POSTGRES:\n    operations = [${drop('a')}]\nelse:\n    operations = [${drop('b')}]`,
      [
        gone('shop_a'),
        'not analysed: the other branch of a condition that is decided when the migration runs',
      ],
    ],
    [
      'in a method',
      `def __init__(self, *args):\n    pass`,
      ['not analysed: `__init__`, which this migration has of its own'],
    ],
  ])('%s', (_, body, expected) => expect(inClass(body)).toEqual(expected));

  test('in a list of the module that grows', () => {
    const head = 'steps = []\nfor m in models:\n    steps.append(migrations.DeleteModel(m))\n';
    expect(inClass('operations = steps', head)).toEqual([
      'not analysed: operations that are put together when the migration runs',
    ]);
  });
});

describe('what stands around statements of Alembic is followed or named', () => {
  test.each([
    ['a value that is returned', 'return op.drop_table("a")', [gone('a')]],
    ['a comprehension', '[op.drop_table(t) for t in ("a", "b")]', [gone('a'), gone('b')]],
    ['a comprehension over what is not known', '[op.drop_table(t) for t in names()]', [around]],
    ['a condition in one line', 'op.drop_table("a") if old else None', [around]],
    [
      'what happens in any case',
      'try:\n    op.drop_table("a")\nfinally:\n    op.drop_table("b")',
      [gone('a'), gone('b')],
    ],
    [
      'what happens after a failure',
      'try:\n    op.drop_table("a")\nexcept Error:\n    op.drop_table("b")',
      [gone('a'), around],
    ],
    [
      'rows that are read from what is deleted',
      'ids = op.get_bind().execute("DELETE FROM a").fetchall()',
      ['delete a, ROW EXCLUSIVE, scan true, all rows'],
    ],
    [
      'a connection and what is asked of it',
      'bind = op.get_bind()\nnames = sa.inspect(bind).get_table_names()',
      [],
    ],
    [
      'a list that grows',
      'ts = []\nts.append("a")\nfor t in ts:\n    op.drop_table(t)',
      ['not analysed: a loop whose items are only known when the migration runs'],
    ],
    [
      'a text that grows',
      's = "DROP TABLE a;"\ns += "DROP TABLE b;"\nop.execute(s)',
      ['not analysed: SQL that is put together when the migration runs'],
    ],
  ])('%s', (_, body, expected) => expect(told(alembic(body.replace(/^/gm, '    ')))).toEqual(expected));
});
