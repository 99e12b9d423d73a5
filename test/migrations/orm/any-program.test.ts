import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPrograms } from './read-programs.ts';

const rubyWords = [
  'add_column', 'create_table', 'change_table', 'execute', 'add_index', 'add_reference', 'reversible', 'each', ':orders', ':state', ':string',
  '"x"', '"#{a}"', '<<~SQL', 'SQL', '%w[a b]', 'do |t|', '{ |t|', 'end', '}', 't.string', 't.references', 'null: false', 'default: -> { "now()" }',
  '(', ')', ',', '\n', 'if', 'unless', 'def up', 'A =', '*a', '**b', '&c', '[', ']', 'dir.up', 'limit: 1', 'nil', 'class X < Migration',
]; // biome-ignore format: a list reads better in few lines

const pythonWords = [
  'migrations.AddField', 'migrations.CreateModel', 'migrations.AlterField', 'migrations.RunSQL', 'migrations.AddIndex', 'models.CharField', 'op.add_column',
  'op.create_table', 'sa.Column', 'sa.Integer', 'op.execute', 'with op.batch_alter_table("a") as b:', 'for x in ["a", "b"]:', '"order"', "'x'", 'f"{x}"',
  '"""', '(', ')', '[', ']', ',', '\n', '\n    ', 'null=True', 'model_name=', 'name=', 'field=', 'lambda:', '*a', '**b', 'None', '1', 'if x:', '{', '}', ':',
]; // biome-ignore format: a list reads better in few lines

function program(words: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 40 })
    .map((list) => list.join(' '));
}

test('whatever stands in a migration of Rails, it is read', () => {
  fc.assert(
    fc.property(program(rubyWords), (body) => {
      const source = `class Step < ActiveRecord::Migration[7.1]\n  def change\n    ${body}\n  end\nend\n`;
      const files = readPrograms({ 'db/migrate/20240101000000_step.rb': source });
      const lines = source.split('\n').length;
      for (const { operations, notAnalysed } of files)
        for (const part of [...operations, ...notAnalysed]) {
          expect(part.lines.start).toBeGreaterThanOrEqual(1);
          expect(part.lines.end).toBeLessThanOrEqual(lines);
        }
    }),
    { numRuns: 60 },
  );
});

test.each([
  [
    'Django',
    'shop/migrations/0001_a.py',
    (body: string) => `class Migration(migrations.Migration):\n    operations = [${body}]\n`,
  ],
  [
    'Alembic',
    'alembic/versions/a.py',
    (body: string) => `revision = "a"\ndown_revision = None\n\n\ndef upgrade():\n    ${body}\n`,
  ],
])('whatever stands in a migration of %s, it is read', (_, path, wrap) => {
  fc.assert(
    fc.property(program(pythonWords), (body) => {
      const source = wrap(body);
      const lines = source.split('\n').length;
      for (const { operations, notAnalysed } of readPrograms({ [path]: source }))
        for (const part of [...operations, ...notAnalysed]) {
          expect(part.lines.start).toBeGreaterThanOrEqual(1);
          expect(part.lines.end).toBeLessThanOrEqual(lines);
        }
    }),
    { numRuns: 60 },
  );
});
