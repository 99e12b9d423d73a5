import type { ConstraintDefinition, IndexKind } from './dialect-statement.ts';
import { faultAt } from './read-column.ts';
import { skipConflict, skipReferenceOptions } from './read-column-attribute.ts';
import type { Token } from './token.ts';
import {
  current,
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

export type ReadElement =
  | {
      readonly index: IndexKind;
      readonly name?: string;
      readonly columns: readonly string[];
      readonly isRepeatable: boolean;
    }
  | { readonly constraint: ConstraintDefinition; readonly isRepeatable: boolean }
  | { readonly fault: string };

const starts = /^(?:index|key|fulltext|spatial|vector|constraint|primary|unique|foreign|check|period)$/;

/** Whether an index or a constraint stands here, and not a column of that name. */
export function isConstraintAt(cursor: TokenCursor): boolean {
  const token = current(cursor);
  const next = cursor.tokens[cursor.at + 1];
  if (token?.kind !== 'word' || !starts.test(token.value) || !next) return false;
  // `key varchar(10)` and `check int` are columns; `key (a)`, `key name (a)`, `unique key …` are not.
  if (!/^(?:index|key|period|vector|check)$/.test(token.value)) return true;
  if (next.value === '(' && next.kind === 'symbol') return true;
  const after = cursor.tokens[cursor.at + 2];
  const isNamed = next.kind === 'name' || next.kind === 'word' || next.kind === 'text';
  if (token.value === 'period') return next.value === 'for';
  if (token.value === 'vector') return /^(?:index|key)$/.test(next.value);
  if (standsAt({ tokens: cursor.tokens, at: cursor.at + 1 }, 'if not exists')) return true;
  if (token.value === 'check') return false;
  if (!isNamed || !after) return false;
  if (after.kind === 'word' && (after.value === 'using' || after.value === 'type')) return true;
  // `key char(10)`: a type with its length and no quoted name is taken for a column.
  const isType =
    next.kind === 'word' &&
    /^(?:var)?(?:char|binary)$|int$|^(?:decimal|bit|enum|set|datetime)$/.test(next.value);
  return after.value === '(' && after.kind === 'symbol' && !isType;
}

/** The only index or constraint that stands here, to the end of the words. */
export function readConstraint(cursor: TokenCursor): ReadElement {
  const read = readOneConstraint(cursor);
  return isAtEnd(cursor) ? read : { fault: faultAt(cursor) };
}

/** Those that stand here one behind the other: SQLite does without the commas between them. */
export function readConstraints(cursor: TokenCursor): readonly ReadElement[] {
  const read = [readOneConstraint(cursor)];
  while (!isAtEnd(cursor)) {
    read.push(isConstraintAt(cursor) ? readOneConstraint(cursor) : { fault: faultAt(cursor) });
    if ('fault' in (read.at(-1) ?? {})) break;
  }
  return read;
}

function readOneConstraint(cursor: TokenCursor): ReadElement {
  let name: string | undefined;
  let isRepeatable = false;
  if (take(cursor, 'constraint')) {
    isRepeatable = take(cursor, 'if not exists');
    if (!takesKind(cursor)) name = takeName(cursor);
  }
  if (take(cursor, 'period for')) {
    takeName(cursor);
    takeGroup(cursor);
    return { constraint: { kind: 'check', columns: [], isNotEnforced: true }, isRepeatable };
  }
  if (take(cursor, 'primary key')) {
    skipIndexType(cursor);
    const columns = keyColumns(cursor);
    if (!columns) return { fault: faultAt(cursor) };
    skipIndexOptions(cursor);
    return { constraint: named({ kind: 'primary-key', columns }, name), isRepeatable };
  }
  if (take(cursor, 'foreign key')) {
    isRepeatable ||= take(cursor, 'if not exists');
    const index = standsAt(cursor, '(') ? undefined : takeName(cursor);
    const columns = keyColumns(cursor);
    if (!columns || !take(cursor, 'references')) return { fault: faultAt(cursor) };
    const references = takeTable(cursor);
    if (references === undefined) return { fault: faultAt(cursor) };
    takeGroup(cursor);
    skipReferenceOptions(cursor);
    const constraint = named({ kind: 'foreign-key', columns, references }, name ?? index);
    return { constraint, isRepeatable };
  }
  if (take(cursor, 'check')) {
    isRepeatable ||= take(cursor, 'if not exists');
    if (!takeGroup(cursor)) return { fault: faultAt(cursor) };
    const isNotEnforced = takeOne(cursor, ['not enforced', 'enforced']) === 'not enforced';
    const constraint = named({ kind: 'check', columns: [], ...(isNotEnforced && { isNotEnforced }) }, name);
    skipConflict(cursor);
    return { constraint, isRepeatable };
  }
  return readIndex(cursor, name, isRepeatable);
}

function readIndex(
  cursor: TokenCursor,
  constraintName: string | undefined,
  repeatable: boolean,
): ReadElement {
  const word = takeOne(cursor, ['unique', 'fulltext', 'spatial', 'vector']);
  const hasKeyword = takeOne(cursor, ['index', 'key']) !== undefined;
  if (word === undefined && !hasKeyword) return { fault: faultAt(cursor) };
  const isRepeatable = take(cursor, 'if not exists') || repeatable;
  skipIndexType(cursor);
  const name = standsAt(cursor, '(') ? constraintName : (takeName(cursor) ?? constraintName);
  skipIndexType(cursor);
  const columns = keyColumns(cursor);
  if (!columns) return { fault: faultAt(cursor) };
  skipIndexOptions(cursor);
  const index = (word ?? 'plain') as IndexKind;
  return { index, ...(name === undefined ? {} : { name }), columns, isRepeatable };
}

function named(constraint: ConstraintDefinition, name: string | undefined): ConstraintDefinition {
  return name === undefined ? constraint : { ...constraint, name };
}

function takesKind(cursor: TokenCursor): boolean {
  return ['primary key', 'unique', 'foreign key', 'check'].some((words) => standsAt(cursor, words));
}

/** The columns of a key; what is computed is named "(expression)". Undefined where no list stands. */
export function keyColumns(cursor: TokenCursor): readonly string[] | undefined {
  const inner = takeGroup(cursor);
  return inner && splitAtCommas(inner).map(keyColumn);
}

function keyColumn(part: readonly Token[]): string {
  const [first, second] = part;
  const isName = first?.kind === 'name' || first?.kind === 'word' || first?.kind === 'text';
  // `name(10)` is the head of a column, `lower(name)` is computed.
  const isPrefix = second?.value === '(' && second.kind === 'symbol' && part[2]?.kind === 'number';
  const isPlain = !second || second.kind === 'word' || isPrefix;
  if (!first || !isName || !isPlain) return '(expression)';
  return first.kind === 'word' ? first.text : first.value;
}

export function skipIndexType(cursor: TokenCursor): void {
  if (takeOne(cursor, ['using', 'type'])) takeOne(cursor, ['btree', 'hash', 'rtree']);
}

export function skipIndexOptions(cursor: TokenCursor): void {
  while (!isAtEnd(cursor)) {
    if (takeOne(cursor, ['using', 'type'])) takeOne(cursor, ['btree', 'hash', 'rtree']);
    else if (takeOne(cursor, ['visible', 'invisible', 'not ignored', 'ignored'])) continue;
    else if (take(cursor, 'with parser')) takeName(cursor);
    else if (takeOne(cursor, ['comment', 'key_block_size', 'engine_attribute', 'm', 'distance'])) {
      take(cursor, '=');
      cursor.at += 1;
    } else if (!skipsConflict(cursor)) return;
  }
}

function skipsConflict(cursor: TokenCursor): boolean {
  const before = cursor.at;
  skipConflict(cursor);
  return cursor.at > before;
}
