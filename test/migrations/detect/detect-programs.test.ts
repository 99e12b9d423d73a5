import { describe, expect, test } from 'vitest';
import { detectMigration, mayBeMigration } from '../../../src/migrations/detect/detect-migration.ts';
import { processorTime } from '../processor-time.ts';

function detect(path: string, text: string) {
  return detectMigration({ path, text, companions: new Map() });
}

describe('paths that are worth reading', () => {
  test.each([
    ['db/migrate/20240101000000_create_users.rb', true],
    ['db/migrate/001_create_users.rb', true],
    ['db/migrate/20240101000000_create_users.billing.rb', true],
    ['db/seeds.rb', false],
    ['app/models/user.rb', false],
    ['shop/migrations/0001_initial.py', true],
    ['shop/migrations/__init__.py', false],
    ['shop/test_migrations/0001_initial.py', true],
    ['tests/shop/migrations/0001_initial.py', false],
    ['alembic/versions/ab12_users.py', true],
    ['alembic/env.py', false],
    ['src/versions/parser.py', true],
  ])('%s: %s', (path, may) => {
    expect(mayBeMigration(path)).toBe(may);
  });
});

describe('what an order is made of', () => {
  test('Alembic: what stands in `down_revision`', () => {
    const file = (down: string) =>
      detect('versions/a.py', `revision: str = "b"\ndown_revision: str | None = ${down}\n`);
    expect(file('None')).toMatchObject({ framework: 'alembic', version: 'b', after: [] });
    expect(file('"a"')?.after).toEqual(['a']);
    expect(file("('a', 'c')")?.after).toEqual(['a', 'c']);
  });

  test('Django: dependencies on the same app', () => {
    const text =
      'class Migration(migrations.Migration):\n\n    dependencies = [\n        ("shop", "0001_a"),\n        ("auth", "0012_b"),\n        migrations.swappable_dependency(settings.AUTH_USER_MODEL),\n    ]\n\n    operations = [("shop", "0099_no")]\n';
    expect(detect('shop/migrations/0002_b.py', text)).toMatchObject({ version: '0002_b', after: ['0001_a'] });
  });

  test('Django: what replaces others is no end of the order', () => {
    const text =
      'class Migration(migrations.Migration):\n    replaces = [("shop", "0001_a")]\n    dependencies = []\n';
    expect(detect('shop/migrations/0001_squashed.py', text)?.after).toBeUndefined();
  });
});

describe('the way back, by the text alone', () => {
  test.each([
    ['    pass\n', 'none'],
    ['    """No way back."""\n    raise NotImplementedError\n', 'none'],
    ['    # ### commands ###\n    op.drop_table("a")\n', 'down-step'],
  ])('downgrade with %j', (body, way) => {
    const text = `revision = "b"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n${body}`;
    expect(detect('versions/b.py', text)?.wayBack).toBe(way);
  });
});

test.each([
  ['blank lines', 'db/migrate/20240101000000_a.rb', '\n'.repeat(1_000_000)],
  [
    'lists that never end',
    'shop/migrations/0001_a.py',
    `class Migration(a):\n${'    dependencies = [\n'.repeat(100_000)}`,
  ],
  [
    'texts that never end',
    'versions/a.py',
    `revision = "a"\ndown_revision = None\ndef downgrade():\n${'    """\n'.repeat(100_000)}`,
  ],
  ['one word', 'versions/a.py', `revision = "a"\ndown_revision = None\n${'postgresql_'.repeat(100_000)}`],
])('%s are told apart at once', (_, path, text) => {
  expect(processorTime(() => detect(path, text))).toBeLessThan(2_000);
});
