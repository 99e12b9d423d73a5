import type { Dialect } from '../../core/migration-facts.ts';
import { type ConfiguredServers, noServers } from '../../migrations/detect/configured-servers.ts';
import type { CodeLanguage } from '../../migrations/orm/code/code-node.ts';
import type { MigrationParsers } from '../../migrations/read-migrations.ts';
import { mysqlLanguage } from '../../migrations/sql/dialects/mysql-language.ts';
import { sqliteLanguage } from '../../migrations/sql/dialects/sqlite-language.ts';
import { postgresLanguage } from '../../migrations/sql/postgres-language.ts';
import type { SqlLanguage } from '../../migrations/sql/sql-language.ts';
import { loadDialectParser } from './load-dialect-parser.ts';
import { loadPostgresParser } from './load-postgres-parser.ts';
import { loadTreeSitter } from './load-tree-sitter.ts';

/** Loads what the files of one change need (`parsersNeeded`), and nothing else: each parser costs start-up time. */
export async function loadMigrationParsers(needed: {
  readonly dialects: ReadonlySet<Dialect>;
  readonly programs?: ReadonlySet<CodeLanguage>;
  readonly servers?: ConfiguredServers;
}): Promise<MigrationParsers> {
  const entries = await Promise.all(
    [...needed.dialects].map(
      async (dialect) => [dialect, await loadLanguage(dialect, needed.servers ?? noServers)] as const,
    ),
  );
  const programs = await Promise.all(
    [...(needed.programs ?? [])].map(async (language) => [language, await loadTreeSitter(language)] as const),
  );
  return { languages: Object.fromEntries(entries), programs: Object.fromEntries(programs) };
}

async function loadLanguage(
  dialect: Dialect,
  { versions }: ConfiguredServers,
): Promise<SqlLanguage | string> {
  switch (dialect) {
    case 'postgresql':
    case 'unknown':
      return postgresLanguage(await loadPostgresParser());
    case 'mysql':
    case 'mariadb': {
      const version = versions[dialect];
      const server = { kind: dialect, ...(version === undefined ? {} : { version }) };
      return mysqlLanguage(await loadDialectParser(dialect), server);
    }
    case 'sqlite':
      return sqliteLanguage(await loadDialectParser(dialect));
  }
}
