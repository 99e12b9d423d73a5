import type { Detected, MigrationSource } from './framework.ts';
import { databaseOfPath, folderOf, nameOf } from './path-signals.ts';

/** Supabase: `supabase/migrations/<timestamp>_name.sql`, sent to PostgreSQL as one transaction. */
export function supabase({ path }: MigrationSource): Detected | undefined {
  if (!/(^|\/)supabase\/migrations\/[^/]+\.sql$/.test(path)) return undefined;
  return {
    framework: 'supabase',
    root: folderOf(path),
    version: /^\d+/.exec(nameOf(path))?.[0] ?? '',
    direction: 'up',
    dialect: 'postgresql',
    sending: 'in-transaction',
    wayBack: 'none',
  };
}

/** Drizzle: SQL files beside `meta/_journal.json`, or with `--> statement-breakpoint`; all pending ones in one transaction. */
export function drizzle({ path, text, companions }: MigrationSource): Detected | undefined {
  const journal = companions.get(`${folderOf(path)}/meta/_journal.json`);
  if (journal === undefined && !/^-->[ \t]*statement-breakpoint[ \t\r]*$/m.test(text)) return undefined;
  const inJournal = databaseOfJournal(journal ?? '');
  return {
    framework: 'drizzle',
    root: folderOf(path),
    version: /^\d+/.exec(nameOf(path))?.[0] ?? '',
    direction: 'up',
    ...(inJournal ? { dialect: inJournal } : databaseOfPath(path)),
    sending: 'in-transaction',
    wayBack: 'none',
  };
}

function databaseOfJournal(journal: string): 'postgresql' | 'mysql' | 'sqlite' | undefined {
  const dialect = /"dialect"\s*:\s*"(\w+)"/.exec(journal)?.[1];
  if (dialect === 'postgresql' || dialect === 'pg') return 'postgresql';
  return dialect === 'mysql' || dialect === 'sqlite' ? dialect : undefined;
}

/** sqlx without a way back: `<timestamp>_name.sql` in `migrations/` of a Rust project, `-- no-transaction` on the first line. */
export function sqlx({ path, text, companions }: MigrationSource): Detected | undefined {
  if (!/(^|\/)migrations\/\d+_[^/]+\.sql$/.test(path)) return undefined;
  const marker = /^[ \t]*--[ \t]*no-transaction\b/.test(text);
  if (
    !marker &&
    ![...companions].some(([other, content]) => nameOf(other) === 'Cargo.toml' && /\bsqlx\b/.test(content))
  ) {
    return undefined;
  }
  return {
    framework: 'sqlx',
    root: folderOf(path),
    version: /^\d+/.exec(nameOf(path))?.[0] ?? '',
    direction: 'up',
    ...databaseOfPath(path),
    sending: marker ? 'one-message' : 'in-transaction',
    wayBack: 'none',
  };
}

const folder =
  /^(.*\/)?(migrations?|migrate|schema[_-]migrations|sql[_-]migrations|db[_-]migrations)\/(.*)$/is;
const numbered = /^[vV]?(\d+(?:[._-]\d+)*)[._-]+.+\.sql$/s;

/**
 * SQL files in a folder of migrations: directly there, or deeper with a number in front. In `db/`, `database/`, `sql/`
 * and `schema/` only numbered files (three digits or more) count: a `schema.sql` or `queries.sql` is no migration.
 */
export function plainSql({ path }: MigrationSource): Detected | undefined {
  const name = nameOf(path);
  const number = numbered.exec(name)?.[1];
  const match = folder.exec(path);
  const isDirect = match !== null && !(match[3] ?? '').includes('/');
  const isLoose =
    /(^|\/)(db|database|sql|schema|migrations?-sql)$/i.test(folderOf(path)) && /^\d{3,}/.test(name);
  if (!isDirect && !(match && number) && !(isLoose && number)) return undefined;
  if (!number && /^(schema|seed|seeds|structure|init[_-]?data|dump)\.sql$/i.test(name)) return undefined;
  return {
    framework: 'sql',
    root: rootOf(path),
    version: number ?? '',
    direction: /(^|[._-])(down|rollback|revert|undo)\.sql$/i.test(name) ? 'down' : 'up',
    ...databaseOfPath(path),
    sending: 'unknown',
    wayBack: 'unknown',
  };
}

/** Folders named like a version (`3.15`, `v2`) belong to one schema; others may each hold a database of their own. */
function rootOf(path: string): string {
  const parent = folderOf(path);
  return /^v?\d/i.test(nameOf(parent)) ? folderOf(parent) : parent;
}
