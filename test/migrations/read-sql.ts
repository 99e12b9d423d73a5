import { loadMigrationParsers } from '../../src/collect/sql-parser/load-migration-parsers.ts';
import { loadPostgresParser } from '../../src/collect/sql-parser/load-postgres-parser.ts';
import type { ChangeStatus } from '../../src/core/change.ts';
import type { MigrationFile, Operation } from '../../src/core/migration-facts.ts';
import { readMigrations } from '../../src/migrations/read-migrations.ts';
import type { KnownSchema } from '../../src/migrations/sql/schema.ts';

const postgresql = await loadPostgresParser();
const parsers = await loadMigrationParsers({
  dialects: new Set(['postgresql', 'mysql', 'mariadb', 'sqlite'] as const),
});

export interface SqlFile {
  readonly path?: string;
  readonly status?: ChangeStatus;
  readonly sql: string | Uint8Array;
  readonly before?: string;
}

/** Reads files as one change; a bare text is one PostgreSQL file that nothing else is known of. */
export function readSql(
  files: string | readonly SqlFile[],
  options: {
    readonly companions?: Readonly<Record<string, string>>;
    readonly schema?: () => KnownSchema;
  } = {},
): readonly MigrationFile[] {
  const inputs = typeof files === 'string' ? [{ sql: files }] : files;
  const bytes = (text: string | Uint8Array) =>
    typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return readMigrations(
    inputs.map(({ path, status, sql, before }, index) => ({
      path: path ?? `postgres/migrations/00${index + 1}_step.sql`,
      status: status ?? (before === undefined ? 'added' : 'modified'),
      bytes: bytes(sql),
      ...(before === undefined ? {} : { previousBytes: bytes(before) }),
    })),
    {
      companions: new Map(Object.entries(options.companions ?? {})),
      ...(options.schema ? { schemaBefore: options.schema } : {}),
    },
    parsers,
  );
}

export function operationsIn(...args: Parameters<typeof readSql>): readonly Operation[] {
  return readSql(...args).flatMap((file) => file.operations);
}

export { parsers, postgresql };
