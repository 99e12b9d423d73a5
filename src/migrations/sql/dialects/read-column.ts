import type { ColumnDefinition } from './dialect-statement.ts';
import { type Mutable, readColumnAttribute } from './read-column-attribute.ts';
import type { Token } from './token.ts';
import {
  current,
  cursorOn,
  isAtEnd,
  standsAt,
  type TokenCursor,
  take,
  takeGroup,
  takeName,
} from './token-cursor.ts';

/** Words behind which the type of a column is over. */
const attributeWords: ReadonlySet<string> = new Set(
  (
    'not null default auto_increment autoincrement unique primary key comment collate character charset generated as ' +
    'references check constraint on first after visible invisible column_format storage virtual stored persistent srid ' +
    'engine_attribute secondary_engine_attribute encoding ascii unicode with without compressed serial match deferrable ' +
    'initially'
  ).split(' '),
);

/** What a type may have behind its first word; SQLite's are free, and these are what its manual shows. */
const moreOfType: ReadonlySet<string> = new Set(
  'unsigned signed zerofill varying precision binary byte big small tiny int integer native long char character varchar text double large object'.split(
    ' ',
  ),
);

/**
 * A column from its name on, to the end of its words. `fault` says which word is not known there: a column half
 * understood would be judged wrongly.
 */
export function readColumn(tokens: readonly Token[]): ColumnDefinition | { readonly fault: string } {
  const cursor = cursorOn(tokens);
  const name = takeName(cursor);
  if (name === undefined) return { fault: faultAt(cursor) };
  const column: Mutable<ColumnDefinition> = {
    name,
    type: '',
    typeRest: '',
    isNotNull: false,
    isAutoIncrement: false,
    isPrimary: false,
    isUnique: false,
    hasCheck: false,
  };
  readType(cursor, column);
  if (column.type === 'serial') {
    Object.assign(column, { isNotNull: true, isAutoIncrement: true, isUnique: true });
  }
  while (!isAtEnd(cursor)) {
    if (!readColumnAttribute(cursor, column)) return { fault: faultAt(cursor) };
  }
  return column;
}

export function faultAt(cursor: TokenCursor): string {
  const token = current(cursor);
  return token ? `not understood at ${JSON.stringify(token.text.slice(0, 40))}` : 'it ends too early';
}

function readType(cursor: TokenCursor, column: Mutable<ColumnDefinition>): void {
  const words: string[] = [];
  for (let token = current(cursor); token; token = current(cursor)) {
    if (token.kind === 'symbol' && token.value === '(') {
      const inner = words.length === 0 ? undefined : takeGroup(cursor);
      if (!inner) break;
      words.push(`(${inner.map(({ text }) => text).join('')})`);
      continue;
    }
    const isTypeWord = token.kind === 'word' || (token.kind === 'name' && words.length === 0);
    if (!isTypeWord || attributeWords.has(token.value)) break;
    if (words.length > 0 && !moreOfType.has(token.value)) break;
    words.push(token.value.toLowerCase());
    cursor.at += 1;
    // `character varying`, `character set` behind a type is an attribute.
    if (token.value === 'national' && take(cursor, 'character')) words[words.length - 1] = 'char';
  }
  if (words.length === 0 && standsAt(cursor, 'character')) {
    cursor.at += 1;
    words.push(take(cursor, 'varying') ? 'varchar' : 'char');
    const length = takeGroup(cursor);
    if (length) words.push(`(${length.map(({ text }) => text).join('')})`);
  }
  if (words.length === 0 && take(cursor, 'serial')) words.push('serial');
  const [type = '', ...rest] = words;
  column.type = sameTypes[type] ?? type;
  column.typeRest = rest.filter((word) => word !== 'signed').join(' ');
}

const sameTypes: Readonly<Record<string, string>> = {
  integer: 'int',
  int4: 'int',
  int8: 'bigint',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  boolean: 'bool',
  real: 'double',
  nvarchar: 'varchar',
  nchar: 'char',
};
