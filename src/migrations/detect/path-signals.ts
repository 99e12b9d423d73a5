import type { Dialect } from '../../core/migration-facts.ts';
import { scanSql } from '../sql/scan-sql.ts';

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Empty for a file at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Folders whose files are not run against a database in use. */
const notInUse: ReadonlySet<string> = new Set([
  'test', 'tests', '__tests__', 'spec', 'specs', 'testdata', 'test-data', 'test_data', 'fixtures', '__fixtures__',
  'fixture', 'mocks', '__mocks__', 'node_modules', 'vendor', 'third_party', 'e2e', 'archive', 'archived',
]); // biome-ignore format: a list reads better in few lines

export function isOutsideUse(path: string): boolean {
  return folderOf(path)
    .split('/')
    .some((segment) => notInUse.has(segment.toLowerCase()));
}

export interface DatabaseSignal {
  readonly dialect: Dialect;
  readonly otherDatabase?: string;
}

const databases: readonly (readonly [names: string, signal: DatabaseSignal])[] = [
  ['postgres postgresql pg pgsql psql postgres15 timescale timescaledb supabase', { dialect: 'postgresql' }],
  ['mysql mysql5 mysql8', { dialect: 'mysql' }],
  ['mariadb', { dialect: 'mariadb' }],
  ['sqlite sqlite3 libsql turso d1', { dialect: 'sqlite' }],
  ['mssql sqlserver', { dialect: 'unknown', otherDatabase: 'SQL Server' }],
  ['oracle', { dialect: 'unknown', otherDatabase: 'Oracle' }],
  ['clickhouse', { dialect: 'unknown', otherDatabase: 'ClickHouse' }],
  ['cockroachdb cockroach crdb', { dialect: 'unknown', otherDatabase: 'CockroachDB' }],
  ['cassandra scylla', { dialect: 'unknown', otherDatabase: 'Cassandra' }],
  ['snowflake', { dialect: 'unknown', otherDatabase: 'Snowflake' }],
  ['bigquery', { dialect: 'unknown', otherDatabase: 'BigQuery' }],
  ['spanner', { dialect: 'unknown', otherDatabase: 'Spanner' }],
  ['h2', { dialect: 'unknown', otherDatabase: 'H2' }],
  ['hsqldb hsql', { dialect: 'unknown', otherDatabase: 'HSQLDB' }],
  ['derby', { dialect: 'unknown', otherDatabase: 'Derby' }],
];

const signalOfName = new Map(
  databases.flatMap(([names, signal]) => names.split(' ').map((name) => [name, signal])),
);

/** What a word says of the database ("mysql", "postgresql"); nothing known of other words. */
export function databaseNamed(name: string): DatabaseSignal | undefined {
  return signalOfName.get(name.toLowerCase());
}

/**
 * The innermost folder named after a database, or a name like `schema.mysql.sql`, decides. The words in the name of one
 * migration tell what it does: `007_sqlite_jsonb_cleanup.up.sql` runs on any database.
 */
export function databaseOfPath(path: string): DatabaseSignal {
  const name = nameOf(path);
  for (const segment of path.split('/').toReversed()) {
    const isOneMigration = segment === name || /^\d{4}/.test(segment);
    const words = segment.split(isOneMigration ? '.' : /[._-]/);
    for (const word of segment === name ? words.slice(1) : words) {
      const signal = databaseNamed(word);
      if (signal) return signal;
    }
  }
  return { dialect: 'unknown' };
}

/** A file whose words only another database speaks: backticked names, AUTO_INCREMENT, ENGINE=, AUTOINCREMENT, `GO` lines. */
export function databaseOfText(text: string): DatabaseSignal {
  const head = text.slice(0, 200_000);
  const signal = signalIn(head);
  if (signal.dialect === 'unknown' && signal.otherDatabase === undefined) return signal;
  // MariaDB's own mark is a comment itself.
  if (signal.dialect === 'mariadb') return signal;
  // Generated comments put names in backticks in any language ("the column `a` on table `b`").
  return signalIn(withoutComments(head));
}

function withoutComments(text: string): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of scanSql(text).comments) {
    kept += text.slice(at, start);
    at = end;
  }
  return kept + text.slice(at);
}

function signalIn(head: string): DatabaseSignal {
  if (/\/\*M!|^-- MariaDB dump\b/m.test(head)) return { dialect: 'mariadb' };
  if (sqliteWords.test(head)) return { dialect: 'sqlite' };
  if (mysqlWords.test(head)) return { dialect: 'mysql' };
  if (/^[ \t]*GO[ \t\r]*$/m.test(head) || /\bNVARCHAR\s*\(|\bIDENTITY\s*\(\s*1\s*,/i.test(head)) {
    return { dialect: 'unknown', otherDatabase: 'SQL Server' };
  }
  if (/\bENGINE\s*=\s*(Replicated)?\w*MergeTree\b/i.test(head))
    return { dialect: 'unknown', otherDatabase: 'ClickHouse' };
  return { dialect: 'unknown' };
}

const sqliteWords =
  /\bAUTOINCREMENT\b|^[ \t]*PRAGMA |\bWITHOUT\s+ROWID\b|\bsqlite_(?:master|schema|sequence)\b|\bINSERT\s+OR\s+(?:IGNORE|REPLACE)\b/im;
const mysqlWords =
  /\bENGINE\s*=\s*(?:InnoDB|MyISAM|Aria)\b|\bAUTO_INCREMENT\b|(?:TABLE|COLUMN|INTO|ON|UPDATE|EXISTS)\s+`|\bALTER\s+TABLE\s+[\w.]+\s+(?:MODIFY|CHANGE)\b|\bON\s+DUPLICATE\s+KEY\s+UPDATE\b|\b(?:TINY|MEDIUM|LONG)TEXT\b|\bINT(?:\(\d+\))?\s+UNSIGNED\b|\bCHARSET\s*=\s*utf8|\bALGORITHM\s*=\s*(?:INPLACE|INSTANT|COPY|NOCOPY)\b|^[ \t]*DELIMITER\s+\S+[ \t\r]*$/im;

/** The text with everything outside the kept lines turned into space, so that line numbers stay. */
export function keepLines(text: string, isKept: (line: number) => boolean): string {
  return text
    .split('\n')
    .map((line, index) => (isKept(index + 1) ? line : ''))
    .join('\n');
}
