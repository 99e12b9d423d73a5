import { loadMigrationParsers } from '../../../src/collect/sql-parser/load-migration-parsers.ts';
import type { MigrationFile } from '../../../src/core/migration-facts.ts';
import { readMigrations } from '../../../src/migrations/read-migrations.ts';
import { operationText } from '../frameworks/read-framework.ts';

const parsers = await loadMigrationParsers({
  dialects: new Set(['postgresql', 'mysql', 'sqlite'] as const),
  programs: new Set(['ruby', 'python'] as const),
});

export { parsers };

/** Reads programs as one change that adds them, by path. */
export function readPrograms(
  files: Readonly<Record<string, string | Uint8Array>>,
  companions: Readonly<Record<string, string>> = {},
): readonly MigrationFile[] {
  const inputs = Object.entries(files).map(([path, source]) => ({
    path,
    status: 'added' as const,
    bytes: typeof source === 'string' ? new TextEncoder().encode(source) : source,
  }));
  return readMigrations(inputs, { companions: new Map(Object.entries(companions)) }, parsers);
}

/** One Rails migration with this body of `change`. */
export function rails(body: string, version = '7.1', head = ''): MigrationFile {
  return only(
    readPrograms(
      {
        'db/migrate/20240101000000_step.rb': `class Step < ActiveRecord::Migration[${version}]\n${head}  def change\n${body}\n  end\nend\n`,
      },
      { 'config/database.yml': 'production:\n  adapter: postgresql\n' },
    ),
  );
}

/** One Django migration with these operations. */
export function django(operations: string, head = ''): MigrationFile {
  return only(
    readPrograms(
      {
        'shop/migrations/0001_step.py': `from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n${head}    operations = [\n${operations}\n    ]\n`,
      },
      { 'requirements.txt': 'psycopg' },
    ),
  );
}

/** One Alembic migration with this body of `upgrade`. */
export function alembic(body: string, rest = 'def downgrade():\n    pass\n'): MigrationFile {
  return only(
    readPrograms(
      {
        'alembic/versions/aa11_step.py': `import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "aa11"\ndown_revision = None\n\n\ndef upgrade():\n${body}\n\n\n${rest}`,
      },
      { 'requirements.txt': 'psycopg2' },
    ),
  );
}

export function only(files: readonly MigrationFile[]): MigrationFile {
  const [file] = files;
  if (!file || files.length !== 1) throw new Error(`${files.length} files were read, not one`);
  return file;
}

/** What it does, and what of it was not told, a line each. */
export function told({ operations, notAnalysed }: MigrationFile): readonly string[] {
  return [...operations.map(operationText), ...notAnalysed.map(({ why }) => `not analysed: ${why}`)];
}

/** The statements as they were written for the server. */
export function sql({ operations }: MigrationFile): readonly string[] {
  return [...new Set(operations.map((operation) => operation.sql))];
}
