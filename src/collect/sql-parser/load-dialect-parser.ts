import type { ParseDialect } from '../../migrations/sql/dialects/read-dialect-statements.ts';

/** What is used of node-sql-parser: one CommonJS build for each dialect. */
interface SqlParserModule {
  readonly Parser: new () => {
    astify(sql: string, options: { readonly database: string }): unknown;
  };
}

type ParsedDialect = 'mysql' | 'mariadb' | 'sqlite';

const loaders: Readonly<Record<ParsedDialect, () => Promise<{ readonly default: unknown }>>> = {
  mysql: () => import('node-sql-parser/build/mysql.js'),
  mariadb: () => import('node-sql-parser/build/mariadb.js'),
  sqlite: () => import('node-sql-parser/build/sqlite.js'),
};

const databases: Readonly<Record<ParsedDialect, string>> = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'Sqlite',
};

/** Loads the grammar of one dialect, when a file first needs it. The parser is handed one statement at a time and never throws. */
export async function loadDialectParser(dialect: ParsedDialect): Promise<ParseDialect> {
  const { Parser } = (await loaders[dialect]()).default as SqlParserModule;
  const parser = new Parser();
  return (sql) => {
    if (sql.includes('\0')) return { fault: 'the text holds a NUL character' };
    try {
      return { tree: parser.astify(sql, { database: databases[dialect] }) };
    } catch (error) {
      return { fault: faultOf(error, sql) };
    }
  };
}

/** The parser lists every word it would have liked; where it stopped says more. */
function faultOf(error: unknown, sql: string): string {
  if (error instanceof RangeError) return 'nested too deeply or too large for the parser';
  const offset = (error as { readonly location?: { readonly start?: { readonly offset?: unknown } } })
    .location?.start?.offset;
  if (typeof offset !== 'number') return 'not understood by the parser';
  const rest = /^\s*(?:\w{1,40}|[^\w\s]|$)/u.exec(sql.slice(offset))?.[0].trim() ?? '';
  return rest === '' ? 'it ends too early' : `not understood at ${JSON.stringify(rest)}`;
}
