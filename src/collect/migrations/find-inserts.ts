import type { MigrationFile, NameUse } from '../../core/migration-facts.ts';
import { comment, lineFinder } from './find-uses.ts';
import { columnVariants, tableVariants } from './name-variants.ts';

/** A column that no row can go without once the change has run. */
export interface RequiredColumn {
  readonly table: string;
  readonly column: string;
}

/** New columns of tables in use that end up required and without a default: no code that runs before can fill them. */
export function requiredColumns(files: readonly MigrationFile[]): readonly RequiredColumn[] {
  const required = new Map<string, RequiredColumn>();
  const bare = new Set<string>();
  const defaulted = new Set<string>();
  for (const { direction, status, operations } of files) {
    if (direction === 'down' || status === 'deleted') continue;
    for (const { kind, table, column, isOld, onTableOfThisChange, sql } of operations) {
      if (isOld || onTableOfThisChange || table === '' || column === undefined) continue;
      const key = `${table}\0${column}`;
      if (kind === 'add-column' && !/\b(?:default|generated|identity|serial|auto_increment)\b/i.test(sql))
        bare.add(key);
      // Django and others fill the rows there are with a default and take it away at once.
      if (kind === 'add-column' && /\bdefault\b/i.test(sql) && /\bnot null\b/i.test(sql)) defaulted.add(key);
      if (kind === 'drop-default' && defaulted.has(key)) required.set(key, { table, column });
      if (kind === 'add-required-column' || (kind === 'set-not-null' && bare.has(key)))
        required.set(key, { table, column });
      if (/^(?:set-default|drop-not-null|drop-column|rename-column)$/.test(kind)) {
        bare.delete(key);
        required.delete(key);
      }
    }
  }
  return [...required.values()];
}

/** An INSERT with its columns; what a program puts together while it runs is not followed. */
const longestList = 4_000;

/**
 * Looks for INSERTs into the table that leave the column out: in SQL, with a list of columns or without (`statement`), and
 * as calls of query builders and models, whose columns are not read (`mention`).
 */
export function insertsFinder({
  table,
  column,
}: RequiredColumn): (path: string, text: string) => readonly NameUse[] {
  const name = escaped(table.split('.').at(-1) ?? table);
  const all = tableVariants(table).map(escaped);
  const any = all.join('|');
  const named = all.filter((one) => /^\p{Lu}\p{Ll}/u.test(one));
  const models = named.join('|') || '(?!)';
  // Prisma's client calls the model OrderItem orderItem.
  const clients = [...all, ...named.map((one) => one.charAt(0).toLowerCase() + one.slice(1))].join('|');
  const columns = new Set(columnVariants(column).map((variant) => variant.toLowerCase()));
  const statement = new RegExp(
    `\\binsert\\s+(?:or\\s+\\w+\\s+)?into\\s+(?:["'\`\\\\]*\\w+["'\`\\\\]*\\.)?["'\`\\\\]*${name}["'\`\\\\]*(?:\\s+as\\s+\\w+)?(?:\\s*\\(([^()]{0,${longestList}})\\)|\\s+(?=values\\b|select\\b))`,
    'giu',
  );
  const call = new RegExp(
    [
      `\\.insert(?:Into)?\\(\\s*["'\`]?(?:\\w+\\.)?(?:${any})\\b`,
      `\\binsert_into\\(\\s*(?:\\w+::)*(?:${any})\\b`,
      `\\b(?:prisma|tx|db|client|trx)\\.(?:${clients})\\.(?:create|createMany|createManyAndReturn|upsert)\\(`,
      `\\b(?:from|table|knex|db|trx)\\(\\s*["'\`](?:${any})["'\`]\\s*\\)\\s*\\.(?:insert|upsert)\\(`,
      `(?<![\\p{L}\\p{N}_])(?:${models})\\.(?:create!?|insert_all!?|objects\\.(?:create|bulk_create))\\(`,
    ].join('|'),
    'gu',
  );
  return (path, text) => {
    if (!/insert|create|upsert/i.test(text)) return [];
    const found = [
      ...[...text.matchAll(statement)].flatMap(({ index, 1: list }) =>
        leavesOut(list, columns) ? [{ index, kind: 'statement' as const }] : [],
      ),
      ...[...text.matchAll(call)].map(({ index }) => ({ index, kind: 'mention' as const })),
    ];
    if (found.length === 0) return [];
    const lines = text.split('\n');
    const lineOf = lineFinder(lines);
    return found.flatMap(({ index, kind }) => {
      const line = lineOf(index);
      return comment.test(lines[line - 1] ?? '') ? [] : [{ path, line, kind }];
    });
  };
}

/** Without a list, an INSERT fills the columns in their order and leaves the new one empty. */
function leavesOut(list: string | undefined, columns: ReadonlySet<string>): boolean {
  if (list === undefined) return true;
  // Put together by a program: what comes out is not known here.
  if (/[$%{}:?*#]|\.\.\./.test(list)) return false;
  const names = list.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  return names.length > 0 && !names.some((one) => columns.has(one.toLowerCase()));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
