import type { Dialect } from '../../core/migration-facts.ts';
import type { MigrationParsers } from '../../migrations/read-migrations.ts';
import { postgresLanguage } from '../../migrations/sql/postgres-language.ts';
import type { SqlLanguage } from '../../migrations/sql/sql-language.ts';
import { loadPostgresParser } from './load-postgres-parser.ts';

/** Loads what the files of one change need (`parsersNeeded`), and nothing else: each parser costs start-up time. */
export async function loadMigrationParsers(needed: {
  readonly dialects: ReadonlySet<Dialect>;
}): Promise<MigrationParsers> {
  const entries = await Promise.all(
    [...needed.dialects].map(async (dialect) => [dialect, await loadLanguage(dialect)] as const),
  );
  return { languages: Object.fromEntries(entries) };
}

async function loadLanguage(dialect: Dialect): Promise<SqlLanguage | string> {
  switch (dialect) {
    case 'postgresql':
    case 'unknown':
      return postgresLanguage(await loadPostgresParser());
    case 'mysql':
      return 'written for MySQL; only PostgreSQL is read so far';
    case 'mariadb':
      return 'written for MariaDB; only PostgreSQL is read so far';
    case 'sqlite':
      return 'written for SQLite; only PostgreSQL is read so far';
  }
}
