import { addColumn, addConstraint, alterTable } from './alter-known-table.ts';
import { columnType } from './column-type.ts';
import { newNameOf } from './new-name-of.ts';
import type { TreeNode } from './parse-tree.ts';
import { renamedObject } from './renamed-object.ts';
import { type KnownSchema, type KnownTable, unknownTable } from './schema.ts';
import { child, children, isNode, qualified, tableName, tagOf, textAt, wordsAt } from './tree-access.ts';

/** Carries out one statement on what is known. `isOfThisChange` marks the tables it makes. */
export function applyStatement(schema: KnownSchema, tree: TreeNode, isOfThisChange: boolean): void {
  const tag = tagOf(tree);
  const statement = child(tree, tag);
  const newTable = (rangeVar: TreeNode, isComplete = true): KnownTable => {
    const isTemporary = textAt(rangeVar, 'relpersistence') === 't';
    const table = unknownTable({ isOfThisChange, isTemporary, isComplete });
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
    case 'ViewStmt': {
      const view = child(statement, 'view');
      // OR REPLACE may find one that is in use.
      if (isOfThisChange && statement.replace !== true) newTable(view, false);
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
      schema.types.set(qualified(wordsAt(statement, 'typeName')), {
        kind: 'enum',
        hasCheck: false,
        ...(isOfThisChange && { isOfThisChange }),
      });
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
        if (/_(TABLE|MATVIEW|VIEW|FOREIGN_TABLE)$/.test(textAt(statement, 'removeType')))
          dropTable(schema, name);
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
      const to = qualified([textAt(statement, 'newschema'), from.split('.').at(-1) ?? '']);
      moveTable(schema, from, to, table);
      return;
    }
    case 'AlterTableStmt':
      for (const command of children(statement, 'cmds')) {
        const table = tableName(child(statement, 'relation'));
        alterTable(schema, table, child(command, 'AlterTableCmd'), isOfThisChange);
      }
  }
}

function dropTable(schema: KnownSchema, name: string): void {
  schema.tables.delete(name);
  for (const [index, on] of schema.indexes) if (on === name) schema.indexes.delete(index);
}

/** Its indexes and the keys that refer to it go along. */
function moveTable(schema: KnownSchema, from: string, to: string, table: KnownTable): void {
  schema.tables.delete(from);
  schema.tables.set(to, table);
  for (const [index, on] of schema.indexes) if (on === from) schema.indexes.set(index, to);
  for (const { constraints } of schema.tables.values()) {
    for (const [name, constraint] of constraints)
      if (constraint.references === from) constraints.set(name, { ...constraint, references: to });
  }
}

function moveObject<T>(objects: Map<string, T>, from: string, to: string): void {
  const known = objects.get(from);
  objects.delete(from);
  if (known !== undefined) objects.set(to, known);
}

function rename(schema: KnownSchema, statement: TreeNode): void {
  const object = renamedObject(statement);
  if (object) {
    const { kind, name } = object;
    const to = newNameOf({ table: name, name: textAt(statement, 'newname') });
    moveObject<unknown>(kind === 'type' ? schema.types : schema.functions, name, to);
    return;
  }
  const from = tableName(child(statement, 'relation'));
  const to = textAt(statement, 'newname');
  const kind = textAt(statement, 'renameType');
  const table = schema.tables.get(from);
  if (kind === 'OBJECT_INDEX') {
    const on = schema.indexes.get(from);
    schema.indexes.delete(from);
    if (on !== undefined) schema.indexes.set(to, on);
    const columns = schema.indexColumns.get(from);
    schema.indexColumns.delete(from);
    if (columns) schema.indexColumns.set(to, columns);
  }
  if (!table) return;
  if (/^OBJECT_(?:TABLE|VIEW|MATVIEW|FOREIGN_TABLE)$/.test(kind)) {
    moveTable(schema, from, qualified([from.includes('.') ? (from.split('.')[0] ?? '') : '', to]), table);
  }
  if (kind === 'OBJECT_TABCONSTRAINT') {
    const old = textAt(statement, 'subname');
    const constraint = table.constraints.get(old);
    table.constraints.delete(old);
    if (constraint) table.constraints.set(to, constraint);
  }
  if (kind === 'OBJECT_COLUMN') {
    const old = textAt(statement, 'subname');
    const type = table.columns.get(old);
    table.columns.delete(old);
    if (type) table.columns.set(to, type);
    if (table.newColumns.delete(old)) table.newColumns.add(to);
    if (table.notNull.delete(old)) table.notNull.add(to);
    const renamed = (columns: readonly string[]) => columns.map((name) => (name === old ? to : name));
    for (const [name, constraint] of table.constraints)
      table.constraints.set(name, { ...constraint, columns: renamed(constraint.columns) });
    for (const [index, columns] of schema.indexColumns)
      if (schema.indexes.get(index) === from) schema.indexColumns.set(index, renamed(columns));
  }
}
