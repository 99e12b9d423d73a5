import type { DialectStatement } from './dialect-statement.ts';
import { readAlterTable } from './read-alter-table.ts';
import { faultAt } from './read-column.ts';
import { lastPart, readCreate, readIndexRest } from './read-create.ts';
import type { Token } from './token.ts';
import {
  cursorOn,
  isAtEnd,
  splitAtCommas,
  standsAt,
  type TokenCursor,
  take,
  takeName,
  takeOne,
  takeTable,
} from './token-cursor.ts';

type Fault = { readonly fault: string };

/**
 * A statement that defines or maintains something, or says how the session goes on; undefined for one that reads or
 * changes rows, which needs a grammar. A fault where a word is not known at its place.
 */
export function readStatement(tokens: readonly Token[], words: string): DialectStatement | Fault | undefined {
  const cursor = cursorOn(tokens);
  const verb = takeOne(cursor, verbs);
  switch (verb) {
    case 'alter':
      return readAlter(cursor, words);
    case 'create':
      return readCreate(cursor, words);
    case 'drop':
      return readDrop(cursor, words);
    case 'rename':
      return take(cursor, 'user') ? { type: 'other', commits: true, words } : readRenameTables(cursor, words);
    case 'truncate': {
      take(cursor, 'table');
      const table = takeTable(cursor);
      return table === undefined ? { fault: faultAt(cursor) } : { type: 'truncate', table, words };
    }
    case 'optimize':
    case 'analyze':
    case 'vacuum':
    case 'reindex':
      return readMaintenance(cursor, verb, words);
    case 'lock':
      return readLock(cursor, words);
    case 'call':
    case 'execute':
      return { type: 'opaque', words };
    case 'set':
      return readSet(cursor, words);
    case 'start transaction':
    case 'begin':
      return { type: 'transaction', control: 'begin', words };
    case 'commit':
    case 'rollback':
    case 'end':
      // ROLLBACK TO goes back inside the transaction.
      return standsAt(cursor, 'to')
        ? { type: 'other', commits: false, words }
        : { type: 'transaction', control: 'end', words };
    case undefined:
      return undefined;
    default:
      return { type: 'other', commits: committing.has(verb), words };
  }
}

const verbs = [
  'alter', 'create', 'drop', 'rename', 'truncate', 'optimize', 'analyze', 'vacuum', 'reindex', 'lock', 'unlock', 'call', 'execute',
  'set', 'start transaction', 'begin', 'savepoint', 'commit', 'rollback', 'end', 'release', 'use', 'show', 'describe', 'explain',
  'pragma', 'attach', 'detach', 'grant', 'revoke', 'flush', 'prepare', 'deallocate', 'do', 'kill', 'install', 'uninstall', 'load',
  'help', 'desc', 'check', 'checksum', 'repair', 'cache', 'signal', 'shutdown', 'reset', 'change', 'stop', 'purge', 'xa',
]; // biome-ignore format: a list reads better in few lines

/** Statements that end an open transaction by themselves. Source: MySQL manual, Statements That Cause an Implicit Commit. */
const committing: ReadonlySet<string> = new Set([
  'grant', 'revoke', 'flush', 'install', 'uninstall', 'check', 'repair', 'cache', 'unlock', 'reset', 'change', 'stop',
]); // biome-ignore format: a list reads better in few lines

function readAlter(cursor: TokenCursor, words: string): DialectStatement | Fault {
  takeOne(cursor, ['online', 'offline']);
  take(cursor, 'ignore');
  if (take(cursor, 'table')) return readAlterTable(cursor, words);
  const other = takeOne(cursor, [
    'database',
    'schema',
    'user',
    'event',
    'procedure',
    'function',
    'view',
    'server',
    'sequence',
    'instance',
    'tablespace',
  ]);
  if (other !== undefined) return { type: 'other', commits: true, words };
  // ALTER ALGORITHM = … DEFINER = … VIEW
  const isView = cursor.tokens.slice(0, 20).some(({ kind, value }) => kind === 'word' && value === 'view');
  return isView ? { type: 'other', commits: true, words } : { fault: faultAt(cursor) };
}

function readDrop(cursor: TokenCursor, words: string): DialectStatement | Fault {
  const isTemporary = take(cursor, 'temporary');
  const object = takeOne(cursor, [
    'table',
    'tables',
    'view',
    'index',
    'trigger',
    'database',
    'schema',
    'procedure',
    'function',
    'event',
    'user',
    'role',
    'server',
    'sequence',
    'package',
    'prepare',
    'tablespace',
  ]);
  const isRepeatable = take(cursor, 'if exists');
  switch (object) {
    case 'table':
    case 'tables':
    case 'view': {
      const names = readTables(cursor);
      takeOne(cursor, ['cascade', 'restrict']);
      if (!names || !isAtEnd(cursor)) return { fault: faultAt(cursor) };
      return object === 'view'
        ? { type: 'drop-view', views: names, isRepeatable, words }
        : { type: 'drop-table', tables: names, isTemporary, isRepeatable, words };
    }
    case 'index': {
      const name = takeTable(cursor);
      const table = take(cursor, 'on') ? takeTable(cursor) : undefined;
      const asked = isAtEnd(cursor) ? {} : readIndexRest(cursor);
      if (name === undefined || !asked) return { fault: faultAt(cursor) };
      return {
        type: 'drop-index',
        name: lastPart(name),
        ...(table === undefined ? {} : { table }),
        isRepeatable,
        ...asked,
        words,
      };
    }
    case 'trigger':
      return { type: 'drop-trigger', name: lastPart(takeTable(cursor) ?? ''), isRepeatable, words };
    case 'database':
    case 'schema':
      return { type: 'drop-database', name: takeName(cursor) ?? '', isRepeatable, words };
    case undefined:
      return { fault: faultAt(cursor) };
    default:
      return { type: 'other', commits: object !== 'prepare', words };
  }
}

function readRenameTables(cursor: TokenCursor, words: string): DialectStatement | Fault {
  if (!takeOne(cursor, ['table', 'tables'])) return { fault: faultAt(cursor) };
  take(cursor, 'if exists');
  const pairs: { from: string; to: string }[] = [];
  for (const part of splitAtCommas(cursor.tokens.slice(cursor.at))) {
    const inner = cursorOn(part);
    const from = takeTable(inner);
    const to = take(inner, 'to') ? takeTable(inner) : undefined;
    if (from === undefined || to === undefined) return { fault: faultAt(inner) };
    pairs.push({ from, to });
  }
  return pairs.length === 0 ? { fault: faultAt(cursor) } : { type: 'rename-table', pairs, words };
}

function readMaintenance(
  cursor: TokenCursor,
  verb: 'optimize' | 'analyze' | 'vacuum' | 'reindex',
  words: string,
): DialectStatement | Fault {
  takeOne(cursor, ['no_write_to_binlog', 'local']);
  takeOne(cursor, ['table', 'tables']);
  if (isAtEnd(cursor) || verb === 'vacuum') return { type: 'maintain', verb, tables: [], words };
  const tables = readTables(cursor);
  return tables ? { type: 'maintain', verb, tables, words } : { fault: faultAt(cursor) };
}

function readLock(cursor: TokenCursor, words: string): DialectStatement | Fault {
  if (!takeOne(cursor, ['tables', 'table'])) return { type: 'other', commits: true, words };
  const tables: { table: string; mode: 'read' | 'write' }[] = [];
  for (const part of splitAtCommas(cursor.tokens.slice(cursor.at))) {
    const table = takeTable(cursorOn(part));
    if (table === undefined) return { fault: faultAt(cursor) };
    const isWrite = part.some(({ kind, value }) => kind === 'word' && value === 'write');
    tables.push({ table, mode: isWrite ? 'write' : 'read' });
  }
  return { type: 'lock-tables', tables, words };
}

/** SET, of which only whether foreign keys are looked at matters here. */
function readSet(cursor: TokenCursor, words: string): DialectStatement {
  for (const part of splitAtCommas(cursor.tokens.slice(cursor.at))) {
    const text = part.map(({ value }) => value.toLowerCase()).join('');
    const set = /^(?:@@)?(?:session|local)?\.?(?:@@)?foreign_key_checks:?=(.*)$/.exec(text);
    if (set) return { type: 'foreign-key-checks', isOn: !/^(?:0|off|false)$/.test(set[1] ?? ''), words };
  }
  return { type: 'other', commits: false, words };
}

function readTables(cursor: TokenCursor): readonly string[] | undefined {
  const tables: string[] = [];
  do {
    const table = takeTable(cursor);
    if (table === undefined) return undefined;
    tables.push(table);
  } while (take(cursor, ','));
  return tables;
}
