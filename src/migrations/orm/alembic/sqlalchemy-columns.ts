import {
  type CodeCall,
  type CodeValue,
  isFalse,
  isTrue,
  lastName,
  textOf,
  textsOf,
} from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';
import { type SqlType, serverDefault, sqlType } from './sqlalchemy-types.ts';

/** `sa.Column(…)` as its parts. */
export interface SaColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly isKey: boolean;
  readonly isNullable: boolean;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
  /** A number that the server counts up, where it is a key by itself. */
  readonly mayCount: boolean;
  /** ` DEFAULT …`, ` GENERATED …`; empty where there is none. */
  readonly tail: string;
  readonly foreignKeys: readonly CodeCall[];
}

export function saColumn(value: CodeValue | undefined, text: SqlText): SaColumn | undefined {
  if (value?.kind !== 'call' || lastName(value.name) !== 'Column') return undefined;
  const name = textOf(value.args[0]) ?? textOf(value.options.get('name'));
  if (name === undefined) return undefined;
  const rest = value.args.slice(1);
  const given = value.options.get('type_') ?? rest[0];
  const isMark = (item: CodeValue | undefined) =>
    item?.kind === 'call' &&
    /^(?:ForeignKey|Identity|Computed|Sequence|CheckConstraint)$/.test(lastName(item.name));
  const foreignKeys = rest.flatMap((item) =>
    item.kind === 'call' && lastName(item.name) === 'ForeignKey' ? [item] : [],
  );
  // Without a type it has that of the key it refers to.
  const type = (isMark(given) ? undefined : sqlType(given, text)) ?? {
    sql: foreignKeys.length > 0 ? 'INTEGER' : 'TEXT',
  };
  const { options } = value;
  const isKey = isTrue(options.get('primary_key'));
  const nullable = options.get('nullable');
  const fallback = options.get('server_default');
  return {
    name,
    type,
    isKey,
    isNullable: nullable === undefined ? !isKey : !isFalse(nullable),
    isUnique: isTrue(options.get('unique')),
    isIndexed: isTrue(options.get('index')),
    mayCount:
      /^(?:INTEGER|BIGINT|SMALLINT)$/.test(type.sql) &&
      !isFalse(options.get('autoincrement')) &&
      foreignKeys.length === 0 &&
      fallback === undefined,
    tail: tailOf([...rest, ...(fallback ? [fallback] : [])], fallback, text),
    foreignKeys,
  };
}

function tailOf(items: readonly CodeValue[], fallback: CodeValue | undefined, text: SqlText): string {
  for (const item of items) {
    if (item.kind !== 'call') continue;
    const name = lastName(item.name);
    if (name === 'Identity')
      return text.isMysql
        ? ' AUTO_INCREMENT'
        : ` GENERATED ${isTrue(item.options.get('always')) ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`;
    if (name === 'Computed') {
      const expression = textOf(item.args[0]) ?? "'…'";
      return ` GENERATED ALWAYS AS (${expression})${isFalse(item.options.get('persisted')) ? '' : ' STORED'}`;
    }
  }
  if (fallback === undefined || fallback.kind === 'none') return '';
  const sql = serverDefault(fallback, text);
  return sql === undefined ? '' : ` DEFAULT ${sql}`;
}

/** A column as CREATE TABLE and ADD COLUMN have it; `counts`: the server numbers it. */
export function columnText(column: SaColumn, counts: boolean, text: SqlText): string {
  const serial = { INTEGER: 'SERIAL', BIGINT: 'BIGSERIAL', SMALLINT: 'SMALLSERIAL' }[column.type.sql];
  const isSerial = counts && !text.isMysql && serial !== undefined && column.tail === '';
  const type = isSerial ? serial : column.type.sql;
  const count = counts && text.isMysql ? ' AUTO_INCREMENT' : '';
  return `${text.name(column.name)} ${type}${column.tail}${column.isNullable ? '' : ' NOT NULL'}${count}`;
}

/** `REFERENCES …` of `sa.ForeignKey("table.column", …)`, and of the constraint's own `["table.column"]`. */
export function referenceText(
  targets: readonly string[],
  options: CodeCall['options'],
  text: SqlText,
): string {
  const parts = targets.map((target) => {
    const at = target.lastIndexOf('.');
    return { table: target.slice(0, Math.max(0, at)), column: target.slice(at + 1) };
  });
  return `REFERENCES ${text.name(parts[0]?.table ?? '')} (${text.names(parts.map(({ column }) => column))})${keyOptions(options, text)}`;
}

export function keyOptions(options: CodeCall['options'], text: SqlText): string {
  const action = (event: string, option: string) => {
    const own = textOf(options.get(option));
    return own !== undefined && /^[a-zA-Z ]{1,20}$/.test(own) ? ` ON ${event} ${own.toUpperCase()}` : '';
  };
  const initially = textOf(options.get('initially'));
  return (
    `${action('DELETE', 'ondelete')}${action('UPDATE', 'onupdate')}` +
    `${isTrue(options.get('deferrable')) || initially !== undefined ? ' DEFERRABLE' : ''}` +
    `${initially !== undefined && /^\w{1,10}$/.test(initially) ? ` INITIALLY ${initially.toUpperCase()}` : ''}` +
    `${isTrue(options.get('postgresql_not_valid')) && text.isPostgres ? ' NOT VALID' : ''}`
  );
}

/** A constraint of a table ("UNIQUE (…)", with its name in front); undefined for what is none. */
export function constraintText(call: CodeCall, text: SqlText): string | undefined {
  const kind = lastName(call.name);
  const name = textOf(call.options.get('name'));
  const start = name === undefined ? '' : `CONSTRAINT ${text.name(name)} `;
  const columns = call.args.flatMap((value) => textOf(value) ?? []);
  switch (kind) {
    case 'PrimaryKeyConstraint':
      return columns.length === 0 ? undefined : `${start}PRIMARY KEY (${text.names(columns)})`;
    case 'UniqueConstraint':
      return columns.length === 0
        ? undefined
        : `${start}UNIQUE (${text.names(columns)})${keyOptions(call.options, text)}`;
    case 'CheckConstraint':
      return `${start}CHECK (${expressionText(call.args[0])})`;
    case 'ForeignKeyConstraint': {
      const [own, targets] = [textsOf(call.args[0]), textsOf(call.args[1])];
      if (!own || !targets) return undefined;
      return `${start}FOREIGN KEY(${text.names(own)}) ${referenceText(targets, call.options, text)}`;
    }
    default:
      return undefined;
  }
}

/** SQL as a text or in `sa.text(…)`; of another expression only that it is one. */
export function expressionText(value: CodeValue | undefined): string {
  if (value?.kind === 'text') return value.text;
  if (value?.kind === 'call' && /^(?:text|literal_column)$/.test(lastName(value.name)))
    return textOf(value.args[0]) ?? "'…'";
  return "'…'";
}
