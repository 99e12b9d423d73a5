import { expect, test } from 'vitest';
import { only, rails, readPrograms, told } from './read-programs.ts';

const path = 'db/migrate/20240101000000_step.rb';
const open = 'class Step < ActiveRecord::Migration[7.1]\n  def change\n';

function why(source: string | Uint8Array): readonly string[] {
  return only(readPrograms({ [path]: source })).notAnalysed.map((part) =>
    part.why.replace(/ \(read as.*/, ''),
  );
}

test('a file of fifty megabytes is one sentence', () => {
  const bytes = new Uint8Array(50 * 1024 * 1024).fill(35);
  bytes.set(new TextEncoder().encode(`${open}\n`));
  expect(why(bytes)).toEqual(['the file has 50 MiB; files over 8 MiB are not read']);
});

test('a NUL byte is one sentence', () => {
  expect(why(`${open}    drop_table :a\0b\n  end\nend\n`)).toEqual([
    'the file holds a NUL byte, which PostgreSQL does not accept either',
  ]);
});

test('nesting that no person wrote is one sentence', () => {
  expect(why(`${open}    x = ${'['.repeat(900)}${']'.repeat(900)}\n  end\nend\n`)).toEqual([
    'nested more than 800 levels deep',
  ]);
});

test('a program of two megabytes is one sentence', () => {
  expect(why(`${open}    ${'# a\n'.repeat(500_000)}  end\nend\n`)).toEqual([
    'a program of more than 1048576 characters',
  ]);
});

test('methods that call themselves end', () => {
  const source = `${open}    again\n  end\n\n  def again\n    again\n    again\n    drop_table :orders\n    again\n  end\nend\n`;
  const parts = why(source);
  expect(new Set(parts)).toEqual(new Set(['methods that call each other more than 8 deep']));
});

test('loops in loops end', () => {
  const items = `[${Array.from({ length: 90 }, (_, at) => `:t${at}`).join(', ')}]`;
  const body = `    ${items}.each do |a|\n      ${items}.each do |b|\n        drop_table b\n      end\n    end`;
  const { operations, notAnalysed } = rails(body);
  expect(operations).toHaveLength(90);
  expect(notAnalysed.map((part) => part.why)).toEqual([
    'a loop whose items are only known when the migration runs',
  ]);
});

test('a letter of another script is another table', () => {
  const file = rails('    drop_table :orders\n    drop_table "оrders"');
  expect(file.operations.map(({ table }) => table)).toEqual(['orders', 'оrders']);
});

test('SQL that never ends spoils nothing around it', () => {
  const file = rails('    execute "UPDATE a SET b = \'x"\n    remove_column :orders, :note, :text');
  expect(told(file)).toEqual([
    'drop-column orders.note, ACCESS EXCLUSIVE',
    'not analysed: SQL with a quote or a comment that never ends',
  ]);
});

test('a quote that another text would close swallows neither', () => {
  const file = rails(
    '    execute "DROP TABLE a; SELECT \'x"\n    drop_table :b\n    execute "SELECT y\'; DROP TABLE c"',
  );
  expect(file.operations.map(({ table }) => table)).toEqual(['b']);
  expect(file.notAnalysed.map(({ lines }) => lines.start)).toEqual([3, 5]);
});

test('a name cannot leave its quotes', () => {
  const file = rails('    add_column :orders, %q(a" text; DROP TABLE users; --), :string');
  expect(file.operations.map(({ kind }) => kind)).toEqual(['add-column']);
});

test('a part that is no Ruby is named', () => {
  const file = rails('    add_column :orders, :a, :string\n    )) ((\n    add_column :orders, :b, :string');
  expect(file.notAnalysed.map((part) => part.why)).toContain(
    'a part that the grammar of its language does not understand',
  );
});

test('a folder that is named like one of migrations holds none', () => {
  expect(
    readPrograms({
      'app/migrations/helper.py': 'def help():\n    pass\n',
      'db/migrate/20240101000000_helper.rb': 'module Helper\nend\n',
      'alembic/versions/notes.py': 'revision = None\n',
    }),
  ).toEqual([]);
});
