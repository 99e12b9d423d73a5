import type { Detected, MigrationSource } from './framework.ts';
import { type DatabaseSignal, databaseNamed, databaseOfPath, folderOf, nameOf } from './path-signals.ts';

const migration = /(?:^|\/)((?:post_)?migrate|\w+_migrate|migrations)\/(\d{3,14})_\w+(?:\.\w+)?\.rb$/;

export function isRailsPath(path: string): boolean {
  return /(?:^|\/)db\/(?:\w+\/)*(?:(?:post_)?migrate|\w+_migrate|migrations)\/(?:\w+\/)*\d{3,14}_\w+(?:\.\w+)?\.rb$/.test(
    path,
  );
}

/**
 * Rails: `db/migrate/<timestamp>_name.rb`, a second database in `db/<name>_migrate/`, engines and parts of an application
 * with a `db/` of their own; what runs after a deploy in `db/post_migrate/`, on the same schema. One transaction a file
 * where the server has that for DDL, unless the class says `disable_ddl_transaction!`.
 */
export function rails({ path, text, companions }: MigrationSource): Detected | undefined {
  if (!isRailsPath(path)) return undefined;
  if (text !== '' && !/^[ \t]*class[ \t]+[\w:]+[ \t]*<[ \t]*[\w:]*Migration\b/m.test(text)) return undefined;
  const match = migration.exec(path);
  const parent = folderOf(path);
  return {
    framework: 'rails',
    code: 'ruby',
    // Both folders build one schema, and `db/schema.rb` stands beside them.
    root: /^(?:post_)?migrate$/.test(nameOf(parent)) ? folderOf(parent) : parent,
    version: match?.[2] ?? /^\d+/.exec(nameOf(path))?.[0] ?? '',
    direction: 'up',
    ...databaseOf(path, text, companions),
    sending: /^[ \t]*disable_ddl_transaction!/m.test(text) ? 'one-by-one' : 'in-transaction',
    wayBack: wayBackOf(text),
    // Departure hands ALTER TABLE to pt-online-schema-change. https://github.com/departurerb/departure
    ...(/^[ \t]*uses_departure!/m.test(text) && { copiesOnline: true as const }),
    ...(/^[ \t]*raise\b[^\n]*IrreversibleMigration/m.test(text) && { undoRaises: true as const }),
  };
}

/** Files that name the database of an application, seen from one of its migrations. */
export function railsCompanions(path: string): readonly string[] {
  const above = /^(.*?)(?:^|\/)db\//.exec(path)?.[1] ?? '';
  const at = (name: string) => (above === '' ? name : `${above}/${name}`);
  return [...new Set([at('config/database.yml'), at('Gemfile'), 'config/database.yml', 'Gemfile'])];
}

function databaseOf(path: string, text: string, companions: ReadonlyMap<string, string>): DatabaseSignal {
  const byFolder = databaseOfPath(path);
  if (byFolder.dialect !== 'unknown' || byFolder.otherDatabase !== undefined) return byFolder;
  for (const other of railsCompanions(path)) {
    const content = companions.get(other);
    if (content === undefined) continue;
    const named = other.endsWith('database.yml') ? adaptersIn(content) : gemsIn(content);
    const [only] = named;
    if (only !== undefined && named.size === 1) return databaseNamed(only) ?? { dialect: 'unknown' };
  }
  if (/\bENGINE\s*=\s*InnoDB\b|\bcharset:\s*["']utf8/i.test(text)) return { dialect: 'mysql' };
  if (/algorithm: :concurrently|\b:?(?:jsonb|hstore|citext|tsvector)\b|pgcrypto|gen_random_uuid/.test(text))
    return { dialect: 'postgresql' };
  return { dialect: 'unknown' };
}

/** Adapters by the database they are for; a file for several of them names none. */
function adaptersIn(text: string): ReadonlySet<string> {
  const lines = text.split('\n').filter((line) => /^\s*adapter:/.test(line));
  return new Set(lines.flatMap((line) => databaseIn(line) ?? []));
}

function gemsIn(text: string): ReadonlySet<string> {
  const lines = text.split('\n').filter((line) => /^\s*gem\s/.test(line));
  return new Set(
    lines.flatMap((line) => databaseIn(/^\s*gem\s+["']([\w-]+)["']/.exec(line)?.[1] ?? '') ?? []),
  );
}

function databaseIn(text: string): string | undefined {
  const word = /\b(pg|postgresql|postgis|mysql2|trilogy|mysql|sqlite3)\b/.exec(text)?.[1];
  if (word === undefined) return undefined;
  if (word === 'sqlite3') return 'sqlite';
  return /^(?:pg|postg)/.test(word) ? 'postgresql' : 'mysql';
}

/** By the text alone; the reader of the program knows better. */
function wayBackOf(text: string): Detected['wayBack'] {
  if (/^[ \t]*def[ \t]+(?:self\.)?down\b/m.test(text))
    return /IrreversibleMigration/.test(text) ? 'none' : 'down-step';
  return /^[ \t]*def[ \t]+change\b/m.test(text) ? 'down-step' : 'none';
}
