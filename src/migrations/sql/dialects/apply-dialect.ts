import type { ColumnType } from '../column-type.ts';
import { type KnownSchema, type KnownTable, unknownTable } from '../schema.ts';
import type {
  AlterClause,
  ColumnDefinition,
  ConstraintDefinition,
  DialectStatement,
} from './dialect-statement.ts';

/** Carries out one statement of MySQL, MariaDB or SQLite on what is known. `isOfThisChange` marks the tables it makes. */
export function applyDialect(
  schema: KnownSchema,
  statement: DialectStatement,
  isOfThisChange: boolean,
): void {
  switch (statement.type) {
    case 'create-table':
      createTable(schema, statement, isOfThisChange);
      return;
    case 'alter-table': {
      const { table, clauses } = statement;
      for (const clause of clauses) alterTable(schema, table, clause, isOfThisChange);
      return;
    }
    case 'create-index':
      schema.indexes.set(statement.name, statement.table);
      schema.indexColumns.set(statement.name, statement.columns);
      return;
    case 'drop-index':
      schema.indexes.delete(statement.name);
      return;
    case 'drop-table':
      for (const table of statement.tables) dropTable(schema, table);
      return;
    case 'rename-table':
      for (const { from, to } of statement.pairs) renameTable(schema, from, to);
      return;
    case 'foreign-key-checks':
      schema.ignoresForeignKeys = !statement.isOn;
  }
}

function createTable(
  schema: KnownSchema,
  statement: Extract<DialectStatement, { readonly type: 'create-table' }>,
  isOfThisChange: boolean,
): void {
  const {
    table: name,
    isRepeatable,
    replaces,
    like,
    columns,
    constraints,
    indexes,
    charset,
    rebuildOf,
  } = statement;
  if (schema.tables.has(name) && isRepeatable && !replaces) return;
  const source = like === undefined ? undefined : schema.tables.get(like);
  const table: KnownTable = {
    ...emptyTable(
      rebuildOf === undefined ? isOfThisChange : schema.tables.get(rebuildOf)?.isOfThisChange === true,
    ),
    isTemporary: statement.isTemporary,
    isComplete: !statement.fromSelect && (like === undefined || source?.isComplete === true),
    ...(source
      ? {
          columns: new Map(source.columns),
          definitions: new Map(source.definitions),
          notNull: new Set(source.notNull),
        }
      : {}),
    ...(charset === undefined ? {} : { charset }),
    isPartitioned: statement.isPartitioned,
  };
  putTable(schema, name, table);
  for (const column of columns) setColumn(table, column);
  for (const [at, constraint] of constraints.entries()) addConstraint(table, constraint, at);
  for (const { name: index, columns: keys } of indexes) {
    if (index === undefined) continue;
    schema.indexes.set(index, name);
    schema.indexColumns.set(index, keys);
  }
}

function putTable(schema: KnownSchema, name: string, table: KnownTable): void {
  schema.tables.set(name, table);
  schema.spellings ??= new Map();
  schema.spellings.set(name.toLowerCase(), name);
}

/** With the definitions of its columns, which PostgreSQL's statements do not need. */
function emptyTable(isOfThisChange: boolean): KnownTable {
  return unknownTable({ isOfThisChange, definitions: new Map() });
}

function alterTable(schema: KnownSchema, name: string, clause: AlterClause, isOfThisChange: boolean): void {
  const table = schema.tables.get(name) ?? emptyTable(false);
  putTable(schema, name, table);
  switch (clause.kind) {
    case 'add-column':
      if (clause.isRepeatable && table.columns.has(clause.column.name)) return;
      setColumn(table, clause.column);
      if (isOfThisChange) table.newColumns.add(clause.column.name);
      return;
    case 'modify-column':
      if (clause.from !== clause.column.name)
        renameColumn(schema, name, table, clause.from, clause.column.name);
      table.notNull.delete(clause.column.name);
      setColumn(table, clause.column);
      return;
    case 'rename-column':
      renameColumn(schema, name, table, clause.from, clause.to);
      return;
    case 'drop-column':
      table.columns.delete(clause.column);
      table.newColumns.delete(clause.column);
      table.notNull.delete(clause.column);
      table.definitions?.delete(clause.column.toLowerCase());
      return;
    case 'set-not-null':
    case 'drop-not-null': {
      const isNotNull = clause.kind === 'set-not-null';
      if (isNotNull) table.notNull.add(clause.column);
      else table.notNull.delete(clause.column);
      const old = table.definitions?.get(clause.column.toLowerCase());
      if (old) table.definitions?.set(clause.column.toLowerCase(), { ...old, isNotNull });
      return;
    }
    case 'add-index':
      if (clause.name === undefined) return;
      schema.indexes.set(clause.name, name);
      schema.indexColumns.set(clause.name, clause.columns);
      return;
    case 'drop-index':
      if (schema.indexes.get(clause.name) === name) schema.indexes.delete(clause.name);
      return;
    case 'add-constraint':
      addConstraint(table, clause.constraint, table.constraints.size);
      return;
    case 'drop-foreign-key':
    case 'drop-check':
    case 'drop-constraint':
      table.constraints.delete(clause.name);
      return;
    case 'convert-charset':
      convertCharset(table, clause.charset);
      return;
    case 'table-option':
      if (clause.option === 'charset') table.charset = clause.value;
      return;
    case 'rename-table':
      renameTable(schema, name, clause.to);
      return;
    case 'partition':
      if (clause.action === 'by' || clause.action === 'remove') table.isPartitioned = clause.action === 'by';
  }
}

function setColumn(table: KnownTable, column: ColumnDefinition): void {
  table.columns.set(column.name, typeOf(column));
  table.definitions ??= new Map();
  table.definitions.set(column.name.toLowerCase(), column);
  if (column.isNotNull || column.isPrimary) table.notNull.add(column.name);
}

/** The type as other databases' readers keep it, too. */
function typeOf({ type, typeRest }: ColumnDefinition): ColumnType {
  const numbers = /^\((\d+(?:,\d+)*)\)/.exec(typeRest)?.[1] ?? '';
  return { name: type, modifiers: numbers === '' ? [] : numbers.split(',').map(Number), isArray: false };
}

function addConstraint(table: KnownTable, constraint: ConstraintDefinition, at: number): void {
  const { kind, name, columns, references } = constraint;
  const kinds = {
    'primary-key': 'CONSTR_PRIMARY',
    unique: 'CONSTR_UNIQUE',
    'foreign-key': 'CONSTR_FOREIGN',
    check: 'CONSTR_CHECK',
  };
  const known = {
    kind: kinds[kind],
    isValid: true,
    columns,
    ...(references === undefined ? {} : { references }),
  };
  table.constraints.set(name ?? (kind === 'primary-key' ? 'PRIMARY' : `(unnamed ${at})`), known);
  if (kind === 'primary-key') for (const column of columns) table.notNull.add(column);
}

/** Texts of all columns change; those that named a character set of their own name none afterwards. */
function convertCharset(table: KnownTable, charset: string): void {
  table.charset = charset;
  for (const [name, { charset: _own, ...column }] of table.definitions ?? [])
    table.definitions?.set(name, column);
}

function renameColumn(schema: KnownSchema, owner: string, table: KnownTable, from: string, to: string): void {
  const type = table.columns.get(from);
  table.columns.delete(from);
  if (type) table.columns.set(to, type);
  const old = table.definitions?.get(from.toLowerCase());
  table.definitions?.delete(from.toLowerCase());
  if (old) table.definitions?.set(to.toLowerCase(), { ...old, name: to });
  if (table.newColumns.delete(from)) table.newColumns.add(to);
  if (table.notNull.delete(from)) table.notNull.add(to);
  for (const [index, columns] of schema.indexColumns) {
    if (schema.indexes.get(index) !== owner) continue;
    schema.indexColumns.set(
      index,
      columns.map((name) => (name === from ? to : name)),
    );
  }
}

function dropTable(schema: KnownSchema, name: string): void {
  schema.tables.delete(name);
  for (const [index, on] of schema.indexes) if (on === name) schema.indexes.delete(index);
}

function renameTable(schema: KnownSchema, from: string, to: string): void {
  const table = schema.tables.get(from);
  if (!table) return;
  schema.tables.delete(from);
  putTable(schema, to, table);
  for (const [index, on] of schema.indexes) if (on === from) schema.indexes.set(index, to);
}
