import type { Dialect } from '../../core/migration-facts.ts';
import { type ConfiguredServers, noServers } from '../../migrations/detect/configured-servers.ts';
import type { CodeLanguage } from '../../migrations/orm/code/code-node.ts';
import type { ProgramReader } from '../../migrations/orm/program-reader.ts';
import type { MigrationParsers } from '../../migrations/read-migrations.ts';
import type { ParseDialect } from '../../migrations/sql/dialects/read-dialect-statements.ts';
import { postgresLanguage } from '../../migrations/sql/postgres-language.ts';
import type { SqlLanguage } from '../../migrations/sql/sql-language.ts';
import { loadPostgresParser } from './load-postgres-parser.ts';

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
  const programs = needed.programs && needed.programs.size > 0 && (await loadPrograms(needed.programs));
  return { languages: Object.fromEntries(entries), ...(programs && { programs }) };
}

async function loadPrograms(languages: ReadonlySet<CodeLanguage>): Promise<ProgramReader> {
  const [{ createProgramReader }, { loadTreeSitter }] = await Promise.all([
    import('../../migrations/orm/create-program-reader.ts'),
    import('./load-tree-sitter.ts'),
  ]);
  const parsers = await Promise.all(
    [...languages].map(async (language) => [language, await loadTreeSitter(language)] as const),
  );
  return createProgramReader(Object.fromEntries(parsers));
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
      const { mysqlLanguage } = await import('../../migrations/sql/dialects/mysql-language.ts');
      return mysqlLanguage(await parserOf(dialect), server);
    }
    case 'sqlite': {
      const { sqliteLanguage } = await import('../../migrations/sql/dialects/sqlite-language.ts');
      return sqliteLanguage(await parserOf(dialect));
    }
  }
}

async function parserOf(dialect: 'mysql' | 'mariadb' | 'sqlite'): Promise<ParseDialect> {
  return (await import('./load-dialect-parser.ts')).loadDialectParser(dialect);
}
