import { describe, expect, test } from 'vitest';
import { readMigrations } from '../../../src/migrations/read-migrations.ts';
import { schemaAfter } from '../schema-after.ts';
import { only, parsers, rails, readPrograms, sql, told } from './read-programs.ts';

describe('what a table gets by the version of Rails', () => {
  test.each([
    ['4.2', 'serial', 'timestamp', ''],
    ['5.0', 'serial', 'timestamp', ' NOT NULL'],
    ['5.1', 'bigserial', 'timestamp', ' NOT NULL'],
    ['6.0', 'bigserial', 'timestamp(6)', ' NOT NULL'],
    ['7.1', 'bigserial', 'timestamp(6)', ' NOT NULL'],
  ])('Rails %s', (version, id, time, tail) => {
    const file = rails('    create_table :orders do |t|\n      t.timestamps\n    end', version);
    expect(sql(file)).toEqual([
      `CREATE TABLE "orders" ("id" ${id} PRIMARY KEY, "created_at" ${time}${tail}, "updated_at" ${time}${tail})`,
    ]);
  });

  test('a time has a precision since 7.0', () => {
    const time = (version: string) => sql(rails('    add_column :orders, :paid_at, :datetime', version));
    expect(time('6.1')).toEqual(['ALTER TABLE "orders" ADD COLUMN "paid_at" timestamp']);
    expect(time('7.0')).toEqual(['ALTER TABLE "orders" ADD COLUMN "paid_at" timestamp(6)']);
  });

  test('a reference has no index of its own before 5.0', () => {
    const kinds = (version: string) =>
      rails('    add_reference :orders, :user', version).operations.map(({ kind }) => kind);
    expect(kinds('4.2')).toEqual(['add-column']);
    expect(kinds('5.0')).toEqual(['add-column', 'create-index']);
  });
});

describe('transactions', () => {
  test('`disable_ddl_transaction!` sends each call alone', () => {
    const file = rails(
      '    add_index :orders, :state, algorithm: :concurrently',
      '7.1',
      '  disable_ddl_transaction!\n\n',
    );
    expect(file.transaction).toBe('no-transaction');
    expect(file.operations[0]).toMatchObject({ concurrently: true, inTransaction: false });
  });

  test('a text of two statements is a transaction of its own even then', () => {
    const body =
      '    execute "CREATE INDEX CONCURRENTLY a ON t (a); CREATE INDEX CONCURRENTLY b ON t (b)"\n    execute "DROP TABLE u"';
    const file = rails(body, '7.1', '  disable_ddl_transaction!\n\n');
    expect(file.operations.map(({ inTransaction }) => inTransaction)).toEqual([true, true, false]);
  });

  test('what follows `commit_db_transaction` runs outside of one', () => {
    const body =
      '    drop_table :a\n    commit_db_transaction\n    add_index :orders, :state, algorithm: :concurrently';
    expect(rails(body).operations.map(({ inTransaction }) => inTransaction)).toEqual([true, false]);
  });

  test('`algorithm: :concurrently` inside the transaction is seen', () => {
    const [index] = rails('    add_index :orders, :state, algorithm: :concurrently').operations;
    expect(index).toMatchObject({ concurrently: true, inTransaction: true });
  });
});

describe('the way back', () => {
  test.each([
    ['a column whose type is known', 'remove_column :orders, :note, :text', 'down-step'],
    ['a column whose type is not', 'remove_column :orders, :note', 'none'],
    ['SQL', 'execute "ANALYZE orders"', 'none'],
    ['SQL with its other half', 'reversible { |dir| dir.up { execute "ANALYZE orders" } }', 'down-step'],
    [
      'a default with both values',
      'change_column_default :orders, :state, from: nil, to: "open"',
      'down-step',
    ],
    ['a default with one', 'change_column_default :orders, :state, "open"', 'none'],
    ['a table that is dropped', 'drop_table :orders', 'none'],
    ['a table that can be made again', 'drop_table(:orders) { |t| t.string :state }', 'down-step'],
  ])('%s', (_, line, way) => {
    expect(rails(`    ${line}`).wayBack).toBe(way);
  });

  test('`down` that raises is none', () => {
    const source =
      'class Step < ActiveRecord::Migration[7.1]\n  def up\n    drop_table :orders\n  end\n\n  def down\n    raise ActiveRecord::IrreversibleMigration\n  end\nend\n';
    expect(only(readPrograms({ 'db/migrate/20240101000000_step.rb': source })).wayBack).toBe('none');
  });
});

describe('what is known without running anything', () => {
  test('constants, lists and own methods', () => {
    const source = `class Step < ActiveRecord::Migration[7.1]
  TABLES = %i[orders refunds].freeze

  def change
    TABLES.each { |table| flag(table) }
  end

  private

  def flag(table, name: :is_test)
    add_column table, name, :boolean, default: false
  end
end
`;
    const file = only(readPrograms({ 'db/migrate/20240101000000_step.rb': source }));
    expect(file.operations.map(({ table, column, lines }) => [table, column, lines.start])).toEqual([
      ['orders', 'is_test', 11],
      ['refunds', 'is_test', 11],
    ]);
  });

  test('a heredoc has the lines of the file', () => {
    const file = rails(
      '    execute <<~SQL.squish\n      UPDATE orders SET state = 1;\n\n      DROP TABLE old_orders;\n    SQL',
    );
    expect(file.operations.map(({ kind, lines }) => [kind, lines.start])).toEqual([
      ['update', 4],
      ['drop-table', 6],
    ]);
  });

  test.each([
    [
      'SQL with a value of its own',
      'execute "DELETE FROM orders WHERE id = #{id}"',
      'SQL that is put together when the migration runs',
    ],
    [
      'a table that is computed',
      'drop_table table_name',
      'a name that is only known when the migration runs',
    ],
    [
      'options that are computed',
      'add_index :orders, :state, **options',
      '`add_index` with arguments that are only known when the migration runs',
    ],
    [
      'rows',
      'Order.where(state: nil).update_all(state: 1)',
      '`.update_all`, code that reads or changes rows through classes of the application',
    ],
    [
      'a method of a gem',
      'add_concurrent_index :orders, :state',
      '`add_concurrent_index`, which Rails itself does not know',
    ],
    [
      'a loop',
      'tables.each { |table| drop_table table }',
      'a loop whose items are only known when the migration runs',
    ],
    ['a view in a file', 'create_view :sales', '`create_view`, whose SQL stands in `db/views/`'],
  ])('%s is named', (_, line, why) => {
    expect(told(rails(`    ${line}`))).toEqual([`not analysed: ${why}`]);
  });

  test.each(['say "done"', 'Order.reset_column_information', 'puts "x"'])('`%s` does nothing', (line) => {
    expect(told(rails(`    ${line}`))).toEqual([]);
  });
});

describe('where a file belongs', () => {
  const source = 'class Step < ActiveRecord::Migration[7.1]\n  def change\n    drop_table :a\n  end\nend\n';
  test.each([
    ['db/migrate/20240101000000_a.rb', 'db'],
    ['db/post_migrate/20240101000000_a.rb', 'db'],
    ['db/animals_migrate/20240101000000_a.rb', 'db/animals_migrate'],
    ['engines/billing/db/migrate/20240101000000_a.rb', 'engines/billing/db'],
  ])('%s', (path, folder) => {
    expect(only(readPrograms({ [path]: source })).folder).toBe(folder);
  });

  test.each([
    ['a settings file', { 'config/database.yml': 'x:\n  adapter: mysql2\n' }, 'mysql'],
    ['drivers', { Gemfile: 'gem "pg"\n' }, 'postgresql'],
    ['two drivers', { Gemfile: 'gem "pg"\ngem "mysql2"\n' }, 'unknown'],
    ['nothing', {}, 'unknown'],
  ])('its database by %s', (_, companions, dialect) => {
    const file = only(readPrograms({ 'db/migrate/20240101000000_a.rb': source }, companions));
    expect(file.dialect).toBe(dialect);
  });

  test('a folder for a database that is not read', () => {
    const file = only(readPrograms({ 'db/clickhouse_migrate/20240101000000_a.rb': source }));
    expect(told(file)).toEqual(['not analysed: written for ClickHouse, which is not read']);
  });
});

test('on SQLite, columns that go are told by the statements SQLite has for them', () => {
  const body = [
    'remove_column :a, :b, if_exists: true',
    'remove_columns :a, :c, :d',
    'remove_timestamps :a',
    'rename_column :a, :e, :f',
    'change_column :a, :g, :text',
  ].join('\n');
  const file = only(
    readPrograms(
      {
        'db/migrate/20240101000000_a.rb': `class Step < ActiveRecord::Migration[7.1]\n  def up\n${body}\n  end\nend\n`,
      },
      { 'config/database.yml': 'production:\n  adapter: sqlite3\n' },
    ),
  );
  expect(file.operations.map(({ kind, column, lines }) => `${lines.start} ${kind} ${column}`)).toEqual([
    '3 drop-column b',
    '4 drop-column c',
    '4 drop-column d',
    '5 drop-column created_at',
    '5 drop-column updated_at',
    '6 rename-column e',
  ]);
  expect(file.notAnalysed.map(({ why }) => why)).toEqual([
    '`change_column`, for which Rails writes the whole table again on SQLite',
  ]);
});

describe('what stands around statements is followed or named', () => {
  const gone = (column: string) => `drop-table ${column}, ACCESS EXCLUSIVE`;
  const around = 'not analysed: code around statements that is decided when the migration runs';
  const items = 'not analysed: a loop whose items are only known when the migration runs';
  const sql = 'not analysed: SQL that is put together when the migration runs';
  test.each([
    ['a value that is returned', 'return drop_table(:a)', [gone('a')]],
    ['a loop whose result is kept', 'done = %i[a b].map { |t| drop_table t }', [gone('a'), gone('b')]],
    ['several values at once', 'x, y = drop_table(:a), 1', [around]],
    [
      'what happens after a failure',
      'begin\n drop_table :a\nrescue\n drop_table :b\nend',
      [gone('a'), around],
    ],
    ['what happens in any case', 'begin\n drop_table :a\nensure\n drop_table :b\nend', [gone('a'), around]],
    ['a list that grows', 'ts = []\nts << :a\nts.each { |t| drop_table t }', [items]],
    ['a text that grows', 's = "DROP TABLE a;"\ns += "DROP TABLE b;"\nexecute s', [sql]],
    ['a here document is no growth', 'execute <<~SQL\n  DROP TABLE a;\nSQL', [gone('a')]],
  ])('%s', (_, body, expected) => expect(told(rails(body))).toEqual(expected));
});

test('a text with () is a function as the default of a uuid column, and a text elsewhere', () => {
  const file = rails(
    'add_column :a, :b, :uuid, default: "gen_random_uuid()"\nadd_column :a, :c, :string, default: "now()"',
  );
  expect(file.operations.map(({ rewrite, sql }) => [rewrite, sql])).toEqual([
    [true, 'ALTER TABLE "a" ADD COLUMN "b" uuid DEFAULT gen_random_uuid()'],
    [false, 'ALTER TABLE "a" ADD COLUMN "c" character varying DEFAULT \'now()\''],
  ]);
});

test.each([
  ['', 'none'],
  ['nil', 'none'],
  ['# nothing to undo', 'none'],
  ['drop_table :b', 'down-step'],
])('a `down` of %j is %s', (body, wayBack) => {
  const source = `class Step < ActiveRecord::Migration[7.1]\n  def up\n    drop_table :a\n  end\n  def down\n    ${body}\n  end\nend\n`;
  expect(only(readPrograms({ 'db/migrate/20240101000000_a.rb': source })).wayBack).toBe(wayBack);
});

describe('inside the block of a table', () => {
  test('a call that names the table itself is sent as it stands', () => {
    const file = rails(`    change_table :orders do |t|
      t.remove :note
      remove_column :orders, :state
      remove_column :users, :age
    end`);
    expect(file.notAnalysed).toEqual([]);
    expect(file.operations.map(({ sql, lines }) => [sql, lines.start])).toEqual([
      ['ALTER TABLE "orders" DROP COLUMN "note"', 4],
      ['ALTER TABLE "orders" DROP COLUMN "state"', 5],
      ['ALTER TABLE "users" DROP COLUMN "age"', 6],
    ]);
  });

  test('what is sent while a new table is put together comes before it', () => {
    const body = '    create_table :orders do |t|\n      remove_column :users, :age\n    end';
    expect(rails(body).operations.map(({ kind, table }) => `${kind} ${table}`)).toEqual([
      'drop-column users',
      'create-table orders',
    ]);
  });

  test.each(['it', '_1'])('the table may have no name but `%s`', (name) => {
    const file = rails(`    change_table(:orders) { ${name}.remove :note }`);
    expect(told(file)).toEqual(told(rails('    remove_column :orders, :note')));
  });
});

describe('`force: true` drops a table', () => {
  const kindsOn = (schema: string) => {
    const [file] = readMigrations(
      [
        {
          path: 'db/migrate/20240101000000_step.rb',
          status: 'added',
          bytes: new TextEncoder().encode(
            'class Step < ActiveRecord::Migration[7.1]\n  def change\n    create_table :orders, force: true\n  end\nend\n',
          ),
        },
      ],
      {
        companions: new Map([['config/database.yml', 'production:\n  adapter: postgresql\n']]),
        schemaBefore: () => schemaAfter(schema),
      },
      parsers,
    );
    return file?.operations.map(({ kind }) => kind);
  };

  test('that is there, or of which nothing is known', () => {
    expect(kindsOn('CREATE TABLE orders (id int);')).toEqual(['drop-table', 'create-table']);
    expect(kindsOn('')).toEqual(['drop-table', 'create-table']);
  });

  test('and none where no migration has made one', () => {
    expect(kindsOn('CREATE TABLE users (id int);')).toEqual(['create-table']);
  });
});
