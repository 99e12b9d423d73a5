import { expect, test } from 'vitest';
import { readMigrations } from '../../../src/migrations/read-migrations.ts';
import { only, parsers } from './read-programs.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function edit(path: string, before: string, after: string) {
  const inputs = [{ path, status: 'modified', bytes: bytes(after), previousBytes: bytes(before) }] as const;
  return only(readMigrations(inputs, { companions: new Map() }, parsers));
}

const ruby = 'db/migrate/20240101000000_step.rb';
const python = 'shop/migrations/0001_step.py';

function step(body: string): string {
  return `class Step < ActiveRecord::Migration[7.1]\n  def change\n${body}\n  end\nend\n`;
}

function operations(list: string, head = ''): string {
  return `${head}from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    operations = [${list}]\n`;
}

test.each([
  ['a comment and spacing', ruby, step('    drop_table :a'), `# why\n${step('    drop_table   :a # gone')}`],
  [
    'a docstring',
    python,
    operations('migrations.DeleteModel("A")'),
    operations('migrations.DeleteModel("A")', '"""Why"""\n'),
  ],
])('%s are no other statements', (_, path, before, after) => {
  expect(edit(path, before, after).edit).toBe('comments');
});

test.each([
  ['another table', ruby, step('    drop_table :a'), step('    drop_table :b')],
  ['spacing inside a text', ruby, step('    execute "A  B"'), step('    execute "A B"')],
  [
    'a text between escapes',
    python,
    operations('migrations.RunSQL("a\\nb\\nc")'),
    operations('migrations.RunSQL("a\\nX\\nc")'),
  ],
])('%s is', (_, path, before, after) => {
  expect(edit(path, before, after).edit).toBe('statements');
});

test('statements that stood there before are no doing of this change', () => {
  const file = edit(ruby, step('    drop_table :a'), step('    drop_table :a\n    drop_table :b'));
  expect(file.operations.map(({ table, isOld }) => [table, isOld])).toEqual([
    ['a', true],
    ['b', undefined],
  ]);
});
