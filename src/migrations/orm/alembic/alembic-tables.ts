import { type CodeCall, type CodeValue, isNone, isTrue, lastName, textOf } from '../code/code-value.ts';
import { quoted, type SqlText } from '../sql-text.ts';
import { indexStatement } from './alembic-indexes.ts';
import { type AlembicContext, argument, onTable, type Told, unknown } from './alembic-told.ts';
import { columnText, constraintText, referenceText, type SaColumn, saColumn } from './sqlalchemy-columns.ts';
import { type SqlType, serverDefault, sqlType } from './sqlalchemy-types.ts';

function typeStatements(types: readonly SqlType[], { text, made }: AlembicContext): readonly string[] {
  return types.flatMap(({ enumeration }) => {
    if (!enumeration || made.has(enumeration.name)) return [];
    made.add(enumeration.name);
    return [
      `CREATE TYPE ${text.name(enumeration.name)} AS ENUM (${enumeration.values.map(quoted).join(', ')})`,
    ];
  });
}

export function createTable(call: CodeCall, context: AlembicContext): Told {
  const { text } = context;
  const items = call.args.slice(1);
  const columns = items.flatMap((item) => saColumn(item, text) ?? []);
  const calls = items.flatMap((item) => (item.kind === 'call' ? [item] : []));
  const constraints = calls.filter(({ name }) => /Constraint$/.test(name));
  const isKnown = (item: CodeValue) =>
    item.kind === 'call' && /(?:^|\.)(?:Column|\w*Constraint|Index)$/.test(item.name);
  if (
    !items.every(isKnown) ||
    columns.length < calls.filter(({ name }) => /(?:^|\.)Column$/.test(name)).length
  )
    return { why: 'a table whose columns are only known when the migration runs' };
  const key = constraints.find(({ name }) => /PrimaryKeyConstraint$/.test(name));
  const keys = [
    ...columns.filter(({ isKey }) => isKey).map(({ name }) => name),
    ...(key?.args.flatMap((value) => textOf(value) ?? []) ?? []),
  ];
  const counted =
    keys.length === 1 ? columns.find(({ name, mayCount }) => name === keys[0] && mayCount) : undefined;
  const body = [
    ...columns.map((column) =>
      columnText(
        keys.includes(column.name) ? { ...column, isNullable: false } : column,
        column === counted,
        text,
      ),
    ),
    ...(key ? [] : keys.length > 0 ? [`PRIMARY KEY (${text.names(keys)})`] : []),
    ...constraints.flatMap((constraint) => constraintText(constraint, text) ?? []),
    ...columns.flatMap((column) => inlineKeys(column, text)),
    ...columns
      .filter(({ isUnique, isIndexed }) => isUnique && !isIndexed)
      .map(({ name }) => `UNIQUE (${text.name(name)})`),
  ];
  return onTable(call, 0, 'table_name', (table) => [
    ...typeStatements(
      columns.map(({ type }) => type),
      context,
    ),
    `CREATE TABLE ${isTrue(call.options.get('if_not_exists')) ? 'IF NOT EXISTS ' : ''}${text.name(table)} (${body.join(', ')})${partitionText(call)}`,
    ...columns.filter(({ isIndexed }) => isIndexed).map((column) => columnIndex(table, column, text)),
    ...calls
      .filter(({ name }) => lastName(name) === 'Index')
      .flatMap(
        (index) => indexStatement(index, textOf(index.args[0]), index.args.slice(1), table, text) ?? [],
      ),
  ]);
}

function partitionText(call: CodeCall): string {
  const by = textOf(call.options.get('postgresql_partition_by'));
  return by === undefined ? '' : ` PARTITION BY ${by}`;
}

function inlineKeys({ name, foreignKeys }: SaColumn, text: SqlText): readonly string[] {
  return foreignKeys.map((key) => {
    const own = textOf(key.options.get('name'));
    return `${own === undefined ? '' : `CONSTRAINT ${text.name(own)} `}FOREIGN KEY(${text.name(name)}) ${referenceText([textOf(key.args[0]) ?? 'AUTH_USER_MODEL.id'], key.options, text)}`;
  });
}

function columnIndex(table: string, { name, isUnique }: SaColumn, text: SqlText): string {
  return `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${text.name(`ix_${table.replaceAll('.', '_')}_${name}`)} ON ${text.name(table)} (${text.name(name)})`;
}

export function addColumn(call: CodeCall, context: AlembicContext): Told {
  const { text } = context;
  const column = saColumn(argument(call, 1, 'column'), text);
  if (!column) return { why: 'a column that is only known when the migration runs' };
  return onTable(call, 0, 'table_name', (table) => {
    const alter = `ALTER TABLE ${text.name(table)} ADD`;
    return [
      // Adding a column makes no type: SQLAlchemy leaves that to whoever wrote the migration.
      `${alter} COLUMN ${isTrue(call.options.get('if_not_exists')) ? 'IF NOT EXISTS ' : ''}${columnText(column, false, text)}${column.isKey ? ' PRIMARY KEY' : ''}`,
      ...inlineKeys(column, text).map((key) => `${alter} ${key}`),
      ...(column.isUnique && !column.isIndexed ? [`${alter} UNIQUE (${text.name(column.name)})`] : []),
      ...(column.isIndexed ? [columnIndex(table, column, text)] : []),
    ];
  });
}

export function alterColumn(call: CodeCall, { text }: AlembicContext): Told {
  const column = textOf(argument(call, 1, 'column_name'));
  if (column === undefined) return unknown;
  const { options } = call;
  const nullable = options.get('nullable');
  const fallback = options.get('server_default');
  const type = options.has('type_') ? sqlType(options.get('type_'), text) : undefined;
  const to = textOf(options.get('new_column_name') ?? options.get('name'));
  if (options.has('type_') && !type) return { why: 'a type that is only known when the migration runs' };
  return onTable(call, 0, 'table_name', (table) => {
    const alter = `ALTER TABLE ${text.name(table)}`;
    if (text.isMysql) {
      const own = type ?? sqlType(options.get('existing_type'), text);
      if (!own) return { why: '`alter_column` without the type, which MySQL has to be told' };
      const isNull = nullable ?? options.get('existing_nullable');
      const tail = `${own.sql}${isNull?.kind === 'boolean' && !isNull.is ? ' NOT NULL' : ' NULL'}`;
      return [
        to === undefined
          ? `${alter} MODIFY ${text.name(column)} ${tail}`
          : `${alter} CHANGE ${text.name(column)} ${text.name(to)} ${tail}`,
      ];
    }
    const own = `${alter} ALTER COLUMN ${text.name(column)}`;
    const using = textOf(options.get('postgresql_using'));
    const isDropped =
      fallback !== undefined && (isNone(fallback) || (fallback.kind === 'boolean' && !fallback.is));
    const sql = fallback === undefined || isDropped ? undefined : serverDefault(fallback, text);
    return [
      ...(nullable?.kind === 'boolean' ? [`${own} ${nullable.is ? 'DROP' : 'SET'} NOT NULL`] : []),
      ...(fallback?.kind === 'boolean'
        ? []
        : isDropped
          ? [`${own} DROP DEFAULT`]
          : sql === undefined
            ? []
            : [`${own} SET DEFAULT ${sql}`]),
      ...(type ? [`${own} TYPE ${type.sql}${using === undefined ? '' : ` USING ${using}`}`] : []),
      ...(to === undefined ? [] : [`${alter} RENAME COLUMN ${text.name(column)} TO ${text.name(to)}`]),
    ];
  });
}
