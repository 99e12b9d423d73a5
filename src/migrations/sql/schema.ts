import { type ColumnType, columnType, isSerial, type Volatility } from './column-type.ts';
import type { TreeNode } from './parse-tree.ts';
import {
  child,
  children,
  isNode,
  qualified,
  some,
  tableName,
  tagOf,
  textAt,
  wordsAt,
} from './tree-access.ts';

export interface KnownConstraint {
  readonly kind: string;
  readonly isValid: boolean;
  readonly references?: string;
  /** The column of a check that says no more than `column IS NOT NULL`. */
  readonly notNullColumn?: string;
}

export interface KnownTable {
  /** Made by the change that is being read: nobody waits for it yet. */
  readonly isOfThisChange: boolean;
  readonly isTemporary: boolean;
  /** Its CREATE TABLE was read, so what is absent below is absent. */
  readonly isComplete: boolean;
  readonly columns: Map<string, ColumnType>;
  readonly notNull: Set<string>;
  readonly constraints: Map<string, KnownConstraint>;
  isPartitioned: boolean;
  defaultPartition?: string;
}

/** What is known of the schema before a statement runs. Whatever is absent is unknown, not missing. */
export interface KnownSchema {
  readonly tables: Map<string, KnownTable>;
  /** Index → its table. */
  readonly indexes: Map<string, string>;
  readonly indexColumns: Map<string, readonly string[]>;
  /** Domain or type of the project → what it is. */
  readonly types: Map<
    string,
    { readonly kind: 'enum' | 'composite' | 'domain'; readonly hasCheck: boolean; readonly base?: ColumnType }
  >;
  readonly functions: Map<string, Volatility>;
  isTimeZoneUtc: boolean;
}

export function emptySchema(): KnownSchema {
  return {
    tables: new Map(),
    indexes: new Map(),
    indexColumns: new Map(),
    types: new Map(),
    functions: new Map(),
    isTimeZoneUtc: false,
  };
}

/** Carries out one statement on what is known. `isOfThisChange` marks the tables it makes. */
export function applyStatement(schema: KnownSchema, tree: TreeNode, isOfThisChange: boolean): void {
  const tag = tagOf(tree);
  const statement = child(tree, tag);
  const newTable = (rangeVar: TreeNode): KnownTable => {
    const table: KnownTable = {
      isOfThisChange,
      isTemporary: textAt(rangeVar, 'relpersistence') === 't',
      isComplete: true,
      columns: new Map(),
      notNull: new Set(),
      constraints: new Map(),
      isPartitioned: false,
    };
    schema.tables.set(tableName(rangeVar), table);
    return table;
  };
  switch (tag) {
    case 'CreateForeignTableStmt':
      newTable(child(child(statement, 'base'), 'relation'));
      return;
    case 'CreateStmt': {
      const relation = child(statement, 'relation');
      const exists = schema.tables.get(tableName(relation));
      if (exists && statement.if_not_exists === true) return;
      const table = newTable(relation);
      table.isPartitioned = isNode(statement.partspec);
      const parent = child(children(statement, 'inhRelations')[0] ?? {}, 'RangeVar');
      if (child(statement, 'partbound').is_default === true) {
        const known = schema.tables.get(tableName(parent));
        if (known) known.defaultPartition = tableName(relation);
      }
      for (const element of children(statement, 'tableElts')) {
        const column = child(element, 'ColumnDef');
        if (tagOf(element) === 'ColumnDef') addColumn(table, tableName(relation), column, schema);
        if (tagOf(element) === 'Constraint')
          addConstraint(table, tableName(relation), child(element, 'Constraint'), schema);
      }
      return;
    }
    case 'CreateTableAsStmt':
      newTable(child(child(statement, 'into'), 'rel'));
      return;
    case 'SelectStmt':
      if (isNode(statement.intoClause)) newTable(child(child(statement, 'intoClause'), 'rel'));
      return;
    case 'IndexStmt': {
      const table = tableName(child(statement, 'relation'));
      const index = textAt(statement, 'idxname');
      if (index === '') return;
      schema.indexes.set(index, table);
      schema.indexColumns.set(
        index,
        children(statement, 'indexParams').map((item) => textAt(child(item, 'IndexElem'), 'name')),
      );
      return;
    }
    case 'CreateDomainStmt': {
      const hasCheck = children(statement, 'constraints').some(
        (item) =>
          textAt(child(item, 'Constraint'), 'contype') !== 'CONSTR_NULL' &&
          textAt(child(item, 'Constraint'), 'contype') !== 'CONSTR_DEFAULT',
      );
      const base = columnType(child(statement, 'typeName'));
      schema.types.set(qualified(wordsAt(statement, 'domainname')), { kind: 'domain', hasCheck, base });
      return;
    }
    case 'CreateEnumStmt':
      schema.types.set(qualified(wordsAt(statement, 'typeName')), { kind: 'enum', hasCheck: false });
      return;
    case 'CreateFunctionStmt': {
      const option = children(statement, 'options').find(
        (item) => textAt(child(item, 'DefElem'), 'defname') === 'volatility',
      );
      const word = textAt(child(child(child(option ?? {}, 'DefElem'), 'arg'), 'String'), 'sval');
      schema.functions.set(
        qualified(wordsAt(statement, 'funcname')),
        word === 'stable' || word === 'immutable' ? 'steady' : 'volatile',
      );
      return;
    }
    case 'VariableSetStmt':
      if (textAt(statement, 'name').toLowerCase() === 'timezone') {
        const value = textAt(child(child(children(statement, 'args')[0] ?? {}, 'A_Const'), 'sval'), 'sval');
        schema.isTimeZoneUtc = /^(utc|etc\/utc|gmt|z(ulu)?)$/i.test(value);
      }
      return;
    case 'DropStmt':
      for (const object of children(statement, 'objects')) {
        const name = qualified(wordsAt(child(object, 'List'), 'items'));
        if (/_(TABLE|MATVIEW|FOREIGN_TABLE)$/.test(textAt(statement, 'removeType')))
          schema.tables.delete(name);
        if (textAt(statement, 'removeType') === 'OBJECT_INDEX') schema.indexes.delete(name);
      }
      return;
    case 'RenameStmt':
      rename(schema, statement);
      return;
    case 'AlterObjectSchemaStmt': {
      const from = tableName(child(statement, 'relation'));
      const table = schema.tables.get(from);
      if (!table) return;
      schema.tables.delete(from);
      schema.tables.set(qualified([textAt(statement, 'newschema'), from.split('.').at(-1) ?? '']), table);
      return;
    }
    case 'AlterTableStmt':
      for (const command of children(statement, 'cmds')) {
        alterTable(schema, tableName(child(statement, 'relation')), child(command, 'AlterTableCmd'));
      }
  }
}

function rename(schema: KnownSchema, statement: TreeNode): void {
  const from = tableName(child(statement, 'relation'));
  const to = textAt(statement, 'newname');
  const kind = textAt(statement, 'renameType');
  const table = schema.tables.get(from);
  if (kind === 'OBJECT_INDEX') {
    const on = schema.indexes.get(from);
    schema.indexes.delete(from);
    if (on !== undefined) schema.indexes.set(to, on);
  }
  if (!table) return;
  if (kind === 'OBJECT_TABLE') {
    schema.tables.delete(from);
    schema.tables.set(qualified([from.includes('.') ? (from.split('.')[0] ?? '') : '', to]), table);
  }
  if (kind === 'OBJECT_COLUMN') {
    const type = table.columns.get(textAt(statement, 'subname'));
    table.columns.delete(textAt(statement, 'subname'));
    if (type) table.columns.set(to, type);
  }
}

function alterTable(schema: KnownSchema, name: string, command: TreeNode): void {
  const known = schema.tables.get(name);
  // A table that no read file creates still has what this file does to it.
  const table: KnownTable = known ?? {
    isOfThisChange: false,
    isTemporary: false,
    isComplete: false,
    columns: new Map(),
    notNull: new Set(),
    constraints: new Map(),
    isPartitioned: false,
  };
  if (!known && name !== '') schema.tables.set(name, table);
  const definition = child(command, 'def');
  const column = textAt(command, 'name');
  switch (textAt(command, 'subtype')) {
    case 'AT_AddColumn':
      addColumn(table, name, child(definition, 'ColumnDef'), schema);
      return;
    case 'AT_DropColumn':
      table.columns.delete(column);
      return;
    case 'AT_AlterColumnType':
      table.columns.set(column, columnType(child(child(definition, 'ColumnDef'), 'typeName')));
      return;
    case 'AT_SetNotNull':
      table.notNull.add(column);
      return;
    case 'AT_DropNotNull':
      table.notNull.delete(column);
      return;
    case 'AT_AddConstraint':
      addConstraint(table, name, child(definition, 'Constraint'), schema);
      return;
    case 'AT_ValidateConstraint': {
      const constraint = table.constraints.get(column);
      if (constraint) table.constraints.set(column, { ...constraint, isValid: true });
      return;
    }
    case 'AT_DropConstraint':
      table.constraints.delete(column);
      return;
    case 'AT_AttachPartition':
      table.isPartitioned = true;
      if (child(child(definition, 'PartitionCmd'), 'bound').is_default === true) {
        table.defaultPartition = tableName(child(child(definition, 'PartitionCmd'), 'name'));
      }
  }
}

function addColumn(table: KnownTable, owner: string, column: TreeNode, schema: KnownSchema): void {
  const type = columnType(child(column, 'typeName'));
  const name = textAt(column, 'colname');
  const real = { serial: 'int4', serial4: 'int4', bigserial: 'int8', serial8: 'int8', smallserial: 'int2' }[
    type.name
  ];
  table.columns.set(name, isSerial(type) && real ? { ...type, name: real } : type);
  const constraints = children(column, 'constraints').map((item) => child(item, 'Constraint'));
  const kinds = constraints.map((constraint) => textAt(constraint, 'contype'));
  if (isSerial(type) || kinds.includes('CONSTR_NOTNULL') || kinds.includes('CONSTR_PRIMARY'))
    table.notNull.add(name);
  for (const constraint of constraints) {
    if (/^CONSTR_(FOREIGN|CHECK|UNIQUE)$/.test(textAt(constraint, 'contype'))) {
      addConstraint(table, owner, constraint, schema, [name]);
    }
  }
}

function addConstraint(
  table: KnownTable,
  owner: string,
  constraint: TreeNode,
  schema: KnownSchema,
  onColumns: readonly string[] = [],
): void {
  const kind = textAt(constraint, 'contype');
  const references = tableName(child(constraint, 'pktable'));
  const test = child(child(constraint, 'raw_expr'), 'NullTest');
  const tested = wordsAt(child(child(test, 'arg'), 'ColumnRef'), 'fields').at(-1);
  const column = textAt(test, 'nulltesttype') === 'IS_NOT_NULL' ? tested : undefined;
  const keys = wordsAt(constraint, 'keys');
  const columns = [
    ...onColumns,
    ...wordsAt(constraint, 'fk_attrs'),
    ...(kind === 'CONSTR_UNIQUE' ? keys : []),
  ];
  const suffix = {
    CONSTR_FOREIGN: 'fkey',
    CONSTR_CHECK: 'check',
    CONSTR_PRIMARY: 'pkey',
    CONSTR_UNIQUE: 'key',
  }[kind];
  // The name PostgreSQL gives where the statement gives none.
  const implied = [owner.split('.').at(-1), ...columns, suffix].join('_');
  table.constraints.set(textAt(constraint, 'conname') || implied, {
    kind,
    isValid: constraint.skip_validation !== true,
    ...(references === '' ? {} : { references }),
    ...(column === undefined ? {} : { notNullColumn: column }),
  });
  if (kind === 'CONSTR_PRIMARY') for (const key of keys) table.notNull.add(key);
  if (textAt(constraint, 'indexname') !== '') schema.indexes.set(textAt(constraint, 'indexname'), owner);
}

/** Statements that hide others inside a text: what they do cannot be told from outside. */
export function isOpaque(tree: TreeNode): boolean {
  const tag = tagOf(tree);
  return tag === 'DoStmt' || tag === 'CallStmt' || tag === 'ExecuteStmt' || callsUnknown(tree);
}

function callsUnknown(tree: TreeNode): boolean {
  const select = child(tree, 'SelectStmt');
  if (tagOf(tree) !== 'SelectStmt' || children(select, 'fromClause').length > 0) return false;
  return some(children(select, 'targetList'), (tag, call) => {
    const name = wordsAt(call, 'funcname');
    return (
      tag === 'FuncCall' &&
      name[0] !== 'pg_catalog' &&
      !/^(setval|set_config|nextval|now|pg_\w+|current_\w+)$/.test(name.at(-1) ?? '')
    );
  });
}
