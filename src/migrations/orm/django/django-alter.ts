import type { SqlText } from '../sql-text.ts';
import { foreignKeyName, foreignKeyText, hasLikeIndex, indexesOf } from './django-fields.ts';
import type { KnownField } from './known-model.ts';

export interface FieldChange {
  readonly now: readonly string[];
  /** Sent when all operations of the file are done. */
  readonly later: readonly string[];
}

/**
 * What turns one field into another: nothing where only choices, help texts and the like differ. Source: Django 5.2,
 * `BaseDatabaseSchemaEditor._alter_field`.
 */
export function alterField(table: string, old: KnownField, next: KnownField, text: SqlText): FieldChange {
  if (old.column === undefined || next.column === undefined) return { now: [], later: [] };
  const alter = `ALTER TABLE ${text.name(table)}`;
  const column = text.name(next.column);
  const own = `${alter} ALTER COLUMN ${column}`;
  const now: string[] = [];
  const later: string[] = [];
  const isOtherType = old.type !== next.type;
  const refers = (field: KnownField) =>
    field.references ? `${field.references.table}.${field.references.column}` : '';
  // Whatever differs about such a field for the database, its key is dropped and made again.
  const isOtherKey =
    refers(old) !== refers(next) ||
    isOtherType ||
    old.kind !== next.kind ||
    old.column !== next.column ||
    old.isNullable !== next.isNullable ||
    old.isUnique !== next.isUnique ||
    old.isIndexed !== next.isIndexed ||
    old.fallback !== next.fallback;
  if (old.references && isOtherKey)
    now.push(`${alter} DROP CONSTRAINT ${text.name(foreignKeyName(table, old.column))}`);
  if (old.column !== next.column) now.push(`${alter} RENAME COLUMN ${text.name(old.column)} TO ${column}`);
  if (old.isUnique && !next.isUnique)
    now.push(`${alter} DROP CONSTRAINT ${text.name(`${table}_${old.column}_key`)}`);
  if (old.isIndexed && !next.isIndexed && !next.isUnique)
    now.push(`DROP INDEX IF EXISTS ${text.name(`${table}_${old.column}`)}`);
  if (old.check !== next.check && old.check !== undefined)
    now.push(`${alter} DROP CONSTRAINT ${text.name(`${table}_${old.column}_check`)}`);
  if (hasLikeIndex(old, text) && !hasLikeIndex(next, text))
    now.push(`DROP INDEX IF EXISTS ${text.name(`${table}_${old.column}_like`)}`);
  if (text.isMysql && (isOtherType || old.isNullable !== next.isNullable)) {
    now.push(`${alter} MODIFY ${column} ${next.type} ${next.isNullable ? 'NULL' : 'NOT NULL'}`);
  } else {
    if (isOtherType) now.push(`${own} TYPE ${next.type}${usingText(old.type, next.type, column)}`);
    if (old.isNullable && !next.isNullable) {
      if (next.fallback !== undefined)
        now.push(
          `${own} SET DEFAULT ${next.fallback}`,
          `UPDATE ${text.name(table)} SET ${column} = ${next.fallback} WHERE ${column} IS NULL`,
        );
      now.push(`${own} SET NOT NULL`);
      if (next.fallback !== undefined) now.push(`${own} DROP DEFAULT`);
    } else if (!old.isNullable && next.isNullable) now.push(`${own} DROP NOT NULL`);
  }
  if (!old.isUnique && next.isUnique)
    now.push(`${alter} ADD CONSTRAINT ${text.name(`${table}_${next.column}_key`)} UNIQUE (${column})`);
  const [oldIndexes, newIndexes] = [indexesOf(table, old, text), indexesOf(table, next, text)];
  for (const index of newIndexes)
    if (!oldIndexes.includes(index) && old.column === next.column) now.push(index);
  const key = next.references && isOtherKey ? foreignKeyText(table, next, text) : undefined;
  if (key !== undefined) now.push(key);
  if (next.check !== undefined && old.check !== next.check)
    now.push(`${alter} ADD CONSTRAINT ${text.name(`${table}_${next.column}_check`)} CHECK (${next.check})`);
  return { now, later };
}

/** Since Django 4.2 a cast is written where the server has none of its own. */
function usingText(from: string, to: string, column: string): string {
  const base = (type: string) => type.replace(/\(.*\)/, '');
  return base(from) === base(to) ? '' : ` USING ${column}::${to}`;
}
