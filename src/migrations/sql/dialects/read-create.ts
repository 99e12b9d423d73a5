import type { DialectStatement, IndexKind } from './dialect-statement.ts';
import { askedIn } from './read-alter-table.ts';
import { faultAt } from './read-column.ts';
import { keyColumns, skipIndexOptions, skipIndexType } from './read-constraint.ts';
import { readCreateTable } from './read-create-table.ts';
import { isAtEnd, standsAt, type TokenCursor, take, takeOne, takeTable } from './token-cursor.ts';

type Fault = { readonly fault: string };

/** CREATE from behind that word on. */
export function readCreate(cursor: TokenCursor, words: string): DialectStatement | Fault {
  const replaces = take(cursor, 'or replace');
  const isTemporary = takeOne(cursor, ['temporary', 'temp']) !== undefined;
  if (take(cursor, 'table')) return readCreateTable(cursor, { words, isTemporary, replaces });
  if (take(cursor, 'virtual table')) {
    const isRepeatable = take(cursor, 'if not exists');
    const table = takeTable(cursor);
    if (table === undefined) return { fault: faultAt(cursor) };
    const none = { columns: [], constraints: [], indexes: [], fromSelect: false, isPartitioned: false };
    return { type: 'create-table', table, isTemporary, isRepeatable, replaces, ...none, words };
  }
  const index = takeOne(cursor, ['unique index', 'fulltext index', 'spatial index', 'vector index', 'index']);
  if (index !== undefined) return readCreateIndex(cursor, index.split(' '), replaces, words);
  return readCreateOther(cursor, replaces, words);
}

function readCreateIndex(
  cursor: TokenCursor,
  [word = '']: readonly string[],
  replaces: boolean,
  words: string,
): DialectStatement | Fault {
  const isRepeatable = take(cursor, 'if not exists') || replaces;
  const name = takeTable(cursor);
  skipIndexType(cursor);
  if (name === undefined || !take(cursor, 'on')) return { fault: faultAt(cursor) };
  const table = takeTable(cursor);
  if (table === undefined) return { fault: faultAt(cursor) };
  skipIndexType(cursor);
  const columns = keyColumns(cursor);
  if (!columns) return { fault: faultAt(cursor) };
  const rest = readIndexRest(cursor);
  if (!rest) return { fault: faultAt(cursor) };
  const index = (word === 'index' ? 'plain' : word) as IndexKind;
  return { type: 'create-index', table, name: lastPart(name), index, columns, isRepeatable, ...rest, words };
}

/** Options, `ALGORITHM`, `LOCK`, and SQLite's WHERE, in any order; undefined where something else stands. */
export function readIndexRest(
  cursor: TokenCursor,
): { readonly algorithm?: string; readonly lock?: string } | undefined {
  skipIndexOptions(cursor);
  if (isAtEnd(cursor) || standsAt(cursor, 'where')) return {};
  if (take(cursor, 'wait')) cursor.at += 1;
  else take(cursor, 'nowait');
  return isAtEnd(cursor) ? {} : askedIn(cursor.tokens.slice(cursor.at));
}

/** Views, triggers, and what no table notices; the words between CREATE and the object (DEFINER, ALGORITHM) are passed over. */
function readCreateOther(cursor: TokenCursor, replaces: boolean, words: string): DialectStatement | Fault {
  const objects = [
    'view',
    'trigger',
    'procedure',
    'function',
    'event',
    'database',
    'schema',
    'user',
    'role',
    'server',
    'sequence',
    'package',
    'tablespace',
    'resource',
  ];
  const until = Math.min(cursor.tokens.length, cursor.at + 24);
  let object: string | undefined;
  while (cursor.at < until && object === undefined) {
    object = takeOne(cursor, objects);
    if (object === undefined) cursor.at += 1;
  }
  if (object === undefined) return { fault: 'CREATE of something that is not known' };
  const isRepeatable = take(cursor, 'if not exists') || replaces;
  const name = takeTable(cursor) ?? '';
  if (object === 'view') return { type: 'create-view', views: [name], isRepeatable, words };
  if (object !== 'trigger') return { type: 'other', commits: true, words };
  const on = cursor.tokens.findIndex(
    ({ kind, value }, at) => at >= cursor.at && kind === 'word' && value === 'on',
  );
  const table = on < 0 ? undefined : takeTable({ tokens: cursor.tokens, at: on + 1 });
  return table === undefined
    ? { fault: faultAt(cursor) }
    : { type: 'create-trigger', name: lastPart(name), table, isRepeatable, words };
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
