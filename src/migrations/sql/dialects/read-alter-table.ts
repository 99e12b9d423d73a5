import type { AlterClause, DialectStatement } from './dialect-statement.ts';
import { faultAt, readColumn } from './read-column.ts';
import { isConstraintAt, readConstraint } from './read-constraint.ts';
import { isPartitionList, partition, readOptions, readPartitions } from './read-table-options.ts';
import type { Token } from './token.ts';
import {
  current,
  cursorOn,
  isAtEnd,
  splitAtCommas,
  standsAt,
  type TokenCursor,
  take,
  takeGroup,
  takeName,
  takeOne,
  takeTable,
} from './token-cursor.ts';

type Fault = { readonly fault: string };
type Asked = { readonly algorithm?: string; readonly lock?: string };
type ReadClause = readonly AlterClause[] | Fault;

/** ALTER TABLE from behind those words on. */
export function readAlterTable(cursor: TokenCursor, words: string): DialectStatement | Fault {
  take(cursor, 'if exists');
  const table = takeTable(cursor);
  if (table === undefined) return { fault: faultAt(cursor) };
  // MariaDB: how long to wait for the lock.
  if (take(cursor, 'wait')) cursor.at += 1;
  else take(cursor, 'nowait');
  const clauses: AlterClause[] = [];
  let asked: Asked = {};
  for (const part of partsOf(cursor.tokens.slice(cursor.at))) {
    if (part.length === 0) return { fault: 'not understood at ","' };
    const option = askedIn(part);
    if (option) {
      asked = { ...asked, ...option };
      continue;
    }
    const read = readClause(cursorOn(part));
    if ('fault' in read) return read;
    clauses.push(...read);
  }
  return { type: 'alter-table', words, table, clauses, ...asked };
}

/** Clauses are parted by commas, partitions too; PARTITION BY stands behind the last one without a comma. */
function partsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  if (isPartitionList(cursorOn(tokens))) return partitionParts(tokens);
  let depth = 0;
  const at = tokens.findIndex((token, index) => {
    if (token.kind === 'symbol' && token.value === '(') depth += 1;
    if (token.kind === 'symbol' && token.value === ')') depth -= 1;
    return depth === 0 && index > 0 && standsAt({ tokens, at: index }, 'partition by');
  });
  if (at < 0) return splitAtCommas(tokens);
  const head = tokens.slice(0, at);
  return [...splitAtCommas(head).filter((part) => part.length > 0), tokens.slice(at)];
}

/** `DROP PARTITION p0, p1, LOCK=NONE`: the names belong together. */
function partitionParts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const [first = [], ...rest] = splitAtCommas(tokens);
  const other = rest.findIndex((part) => part.length !== 1);
  const names = other < 0 ? rest.length : other;
  return [tokens.slice(0, first.length + 2 * names), ...rest.slice(names)];
}

/** `ALGORITHM=…` and `LOCK=…`, which say how and not what. */
export function askedIn(part: readonly Token[]): Asked | undefined {
  const cursor = cursorOn(part);
  let asked: Asked = {};
  while (!isAtEnd(cursor)) {
    const what = takeOne(cursor, ['algorithm', 'lock']);
    if (what === undefined) return undefined;
    take(cursor, '=');
    const value = current(cursor)?.value.toUpperCase();
    if (value === undefined) return undefined;
    cursor.at += 1;
    if (value !== 'DEFAULT') asked = { ...asked, [what]: value };
  }
  return part.length === 0 ? undefined : asked;
}

function readClause(cursor: TokenCursor): ReadClause {
  if (take(cursor, 'add')) return readAdd(cursor);
  if (take(cursor, 'drop')) return readDrop(cursor);
  if (take(cursor, 'modify')) {
    take(cursor, 'column');
    take(cursor, 'if exists');
    const column = readColumn(cursor.tokens.slice(cursor.at));
    return 'fault' in column ? column : [{ kind: 'modify-column', from: column.name, column }];
  }
  if (take(cursor, 'change')) {
    take(cursor, 'column');
    take(cursor, 'if exists');
    const from = takeName(cursor);
    const column = readColumn(cursor.tokens.slice(cursor.at));
    if (from === undefined) return { fault: faultAt(cursor) };
    return 'fault' in column ? column : [{ kind: 'modify-column', from, column }];
  }
  if (take(cursor, 'alter')) return readAlter(cursor);
  if (take(cursor, 'rename')) return readRename(cursor);
  if (take(cursor, 'convert to')) {
    if (!takeOne(cursor, ['character set', 'charset'])) return { fault: faultAt(cursor) };
    const charset = takeName(cursor)?.toLowerCase() ?? '';
    if (take(cursor, 'collate')) takeName(cursor);
    return finished(cursor, [{ kind: 'convert-charset', charset }]);
  }
  return readPartitions(cursor) ?? readOptions(cursor);
}

function readAdd(cursor: TokenCursor): ReadClause {
  if (take(cursor, 'partition')) return [partition('add', cursor)];
  if (take(cursor, 'system versioning'))
    return [{ kind: 'table-option', option: 'system versioning', value: 'on' }];
  const saysColumn = take(cursor, 'column');
  if (!saysColumn && isConstraintAt(cursor)) {
    const read = readConstraint(cursor);
    if ('fault' in read) return read;
    const { isRepeatable } = read;
    if ('constraint' in read) return [{ kind: 'add-constraint', constraint: read.constraint, isRepeatable }];
    const { index, name, columns } = read;
    return [{ kind: 'add-index', index, ...(name === undefined ? {} : { name }), columns, isRepeatable }];
  }
  const isRepeatable = take(cursor, 'if not exists');
  const group = takeGroup(cursor);
  if (group) {
    const columns: AlterClause[] = [];
    for (const part of splitAtCommas(group)) {
      const inner = readAdd(cursorOn(part));
      if ('fault' in inner) return inner;
      columns.push(...inner);
    }
    return finished(cursor, columns);
  }
  const column = readColumn(cursor.tokens.slice(cursor.at));
  return 'fault' in column ? column : [{ kind: 'add-column', column, isRepeatable }];
}

function readDrop(cursor: TokenCursor): ReadClause {
  if (take(cursor, 'primary key')) return finished(cursor, [{ kind: 'drop-primary-key' }]);
  if (take(cursor, 'partition')) return [partition('drop', cursor)];
  if (take(cursor, 'system versioning'))
    return [{ kind: 'table-option', option: 'system versioning', value: 'off' }];
  const what = takeOne(cursor, ['foreign key', 'index', 'key', 'check', 'constraint', 'column']);
  const isRepeatable = take(cursor, 'if exists');
  const name = takeName(cursor);
  if (name === undefined) return { fault: faultAt(cursor) };
  takeOne(cursor, ['restrict', 'cascade']);
  switch (what) {
    case 'foreign key':
      return finished(cursor, [{ kind: 'drop-foreign-key', name, isRepeatable }]);
    case 'index':
    case 'key':
      return finished(cursor, [{ kind: 'drop-index', name, isRepeatable }]);
    case 'check':
      return finished(cursor, [{ kind: 'drop-check', name, isRepeatable }]);
    case 'constraint':
      return finished(cursor, [{ kind: 'drop-constraint', name, isRepeatable }]);
    default:
      return finished(cursor, [{ kind: 'drop-column', column: name, isRepeatable }]);
  }
}

function readAlter(cursor: TokenCursor): ReadClause {
  const what = takeOne(cursor, ['index', 'key', 'check', 'constraint', 'column']);
  take(cursor, 'if exists');
  const name = takeName(cursor);
  if (name === undefined) return { fault: faultAt(cursor) };
  if (what === 'index' || what === 'key') {
    return takeOne(cursor, ['visible', 'invisible', 'not ignored', 'ignored']) === undefined
      ? { fault: faultAt(cursor) }
      : finished(cursor, [{ kind: 'alter-index', name }]);
  }
  if (what === 'check' || what === 'constraint') {
    const state = takeOne(cursor, ['not enforced', 'enforced']);
    if (state === undefined) return { fault: faultAt(cursor) };
    return finished(cursor, [{ kind: 'alter-constraint', name, isEnforced: state === 'enforced' }]);
  }
  if (take(cursor, 'set default')) return [{ kind: 'set-default', column: name }];
  if (take(cursor, 'drop default')) return finished(cursor, [{ kind: 'drop-default', column: name }]);
  if (takeOne(cursor, ['set visible', 'set invisible']))
    return finished(cursor, [{ kind: 'set-default', column: name }]);
  if (take(cursor, 'set not null')) return finished(cursor, [{ kind: 'set-not-null', column: name }]);
  if (take(cursor, 'drop not null')) return finished(cursor, [{ kind: 'drop-not-null', column: name }]);
  return { fault: faultAt(cursor) };
}

function readRename(cursor: TokenCursor): ReadClause {
  const what = takeOne(cursor, ['column', 'index', 'key', 'to', 'as', '=']);
  if (what === 'column') take(cursor, 'if exists');
  const from = what === undefined || /^(?:to|as|=)$/.test(what) ? takeTable(cursor) : takeName(cursor);
  if (from === undefined) return { fault: faultAt(cursor) };
  if (isAtEnd(cursor) && !/^(?:column|index|key)$/.test(what ?? ''))
    return [{ kind: 'rename-table', to: from }];
  // SQLite and MariaDB know RENAME a TO b for a column as well.
  const to = take(cursor, 'to') ? takeName(cursor) : undefined;
  if (to === undefined) return { fault: faultAt(cursor) };
  const kind = what === 'index' || what === 'key' ? 'rename-index' : 'rename-column';
  return finished(cursor, [{ kind, from, to }]);
}

function finished(cursor: TokenCursor, clauses: readonly AlterClause[]): ReadClause {
  return isAtEnd(cursor) ? clauses : { fault: faultAt(cursor) };
}
