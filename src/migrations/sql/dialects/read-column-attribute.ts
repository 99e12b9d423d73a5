import type { ColumnDefinition } from './dialect-statement.ts';
import {
  current,
  type TokenCursor,
  take,
  takeGroup,
  takeName,
  takeOne,
  takeTable,
  textOf,
} from './token-cursor.ts';

export type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** One attribute behind the type of a column; false where none is known that begins here. */
export function readColumnAttribute(cursor: TokenCursor, column: Mutable<ColumnDefinition>): boolean {
  if (take(cursor, 'constraint')) {
    takeName(cursor);
    return true;
  }
  if (take(cursor, 'not null')) {
    column.isNotNull = true;
    return skipConflict(cursor);
  }
  if (take(cursor, 'null')) return skipConflict(cursor);
  if (takeOne(cursor, ['auto_increment', 'autoincrement'])) {
    column.isAutoIncrement = true;
    return true;
  }
  if (take(cursor, 'primary key') || take(cursor, 'key')) {
    column.isPrimary = true;
    takeOne(cursor, ['asc', 'desc']);
    return skipConflict(cursor);
  }
  if (take(cursor, 'unique')) {
    column.isUnique = true;
    take(cursor, 'key');
    return skipConflict(cursor);
  }
  if (take(cursor, 'default')) return readDefault(cursor, column);
  if (take(cursor, 'serial default value')) {
    Object.assign(column, { isNotNull: true, isAutoIncrement: true, isUnique: true });
    return true;
  }
  if (take(cursor, 'on update')) return readNow(cursor);
  if (take(cursor, 'comment')) {
    column.comment = takeName(cursor) ?? '';
    return true;
  }
  if (take(cursor, 'collate')) {
    const collation = takeName(cursor);
    column.charset ??= collation?.toLowerCase().split('_')[0] ?? '';
    return collation !== undefined;
  }
  if (takeOne(cursor, ['character set', 'charset'])) {
    column.charset = takeName(cursor)?.toLowerCase() ?? '';
    return true;
  }
  if (takeOne(cursor, ['generated always as', 'as'])) return readGenerated(cursor, column);
  if (take(cursor, 'references')) return readReferences(cursor, column);
  if (take(cursor, 'check')) {
    column.hasCheck = true;
    const isRead = takeGroup(cursor) !== undefined;
    takeOne(cursor, ['not enforced', 'enforced']);
    return isRead;
  }
  if (take(cursor, 'first')) {
    column.position = 'first';
    return true;
  }
  if (take(cursor, 'after')) {
    column.position = takeName(cursor) ?? '';
    return true;
  }
  if (takeOne(cursor, ['column_format', 'storage', 'srid', 'ref_system_id', 'encoding'])) {
    cursor.at += 1;
    return true;
  }
  return (
    takeOne(cursor, [
      'visible',
      'invisible',
      'ascii',
      'unicode',
      'without system versioning',
      'with system versioning',
      'compressed',
      'not deferrable',
      'deferrable',
      'initially deferred',
      'initially immediate',
    ]) !== undefined
  );
}

function readDefault(cursor: TokenCursor, column: Mutable<ColumnDefinition>): boolean {
  const from = cursor.at;
  const first = current(cursor);
  if (!first) return false;
  const text = () => textOf(cursor.tokens.slice(from, cursor.at));
  if (first.value === '(' && first.kind === 'symbol') {
    const inner = takeGroup(cursor);
    if (!inner) return false;
    const only = inner.length === 1 ? inner[0] : undefined;
    const isLiteral = only !== undefined && (only.kind === 'number' || only.kind === 'text');
    column.defaultTo = { kind: isLiteral ? 'constant' : 'expression', text: text() };
    return true;
  }
  if (first.kind === 'symbol' && /^[+-]$/.test(first.value)) cursor.at += 1;
  if (readNow(cursor)) {
    column.defaultTo = { kind: 'now', text: text() };
    return true;
  }
  const token = current(cursor);
  if (!token || token.kind === 'symbol') return false;
  cursor.at += 1;
  // b'0', x'ff', _utf8mb4'text'
  const next = current(cursor);
  if (token.kind === 'word' && next?.kind === 'text' && next.start === token.end) cursor.at += 1;
  const isCall = token.kind === 'word' && takeGroup(cursor) !== undefined;
  // Functions without parentheses (`current_user`) are named like words; literals are these.
  const isLiteral = token.kind !== 'word' || next?.kind === 'text' || /^(?:true|false)$/.test(token.value);
  const isNull = token.kind === 'word' && token.value === 'null';
  column.defaultTo = {
    kind: isNull ? 'null' : isCall || !isLiteral ? 'expression' : 'constant',
    text: text(),
  };
  // PostgreSQL's casts are written for SQLite too by some generators.
  return skipConflict(cursor);
}

function readNow(cursor: TokenCursor): boolean {
  if (
    !takeOne(cursor, [
      'current_timestamp',
      'now',
      'localtime',
      'localtimestamp',
      'current_date',
      'current_time',
    ])
  ) {
    return false;
  }
  takeGroup(cursor);
  return true;
}

function readGenerated(cursor: TokenCursor, column: Mutable<ColumnDefinition>): boolean {
  // MariaDB's columns of system versioning.
  if (takeOne(cursor, ['row start', 'row end'])) {
    column.generated = 'stored';
    return true;
  }
  if (!takeGroup(cursor)) return false;
  const kind = takeOne(cursor, ['stored', 'persistent', 'virtual']);
  column.generated = kind === 'stored' || kind === 'persistent' ? 'stored' : 'virtual';
  return true;
}

function readReferences(cursor: TokenCursor, column: Mutable<ColumnDefinition>): boolean {
  const table = takeTable(cursor);
  if (table === undefined) return false;
  column.references = table;
  takeGroup(cursor);
  return skipReferenceOptions(cursor);
}

/** What may stand behind REFERENCES, for a column and for a constraint. */
export function skipReferenceOptions(cursor: TokenCursor): true {
  while (true) {
    if (take(cursor, 'match')) takeName(cursor);
    else if (takeOne(cursor, ['on delete', 'on update'])) {
      takeOne(cursor, ['set null', 'set default', 'no action', 'cascade', 'restrict']);
    } else if (
      !takeOne(cursor, ['not deferrable', 'deferrable', 'initially deferred', 'initially immediate'])
    ) {
      return true;
    }
  }
}

/** SQLite: ON CONFLICT behind a constraint. */
export function skipConflict(cursor: TokenCursor): true {
  if (take(cursor, 'on conflict')) cursor.at += 1;
  return true;
}
