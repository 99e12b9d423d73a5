import { columnType, isSerial } from './column-type.ts';
import type { TreeNode } from './parse-tree.ts';
import { type KnownSchema, type KnownTable, unknownTable } from './schema.ts';
import { child, children, some, tableName, textAt, wordsAt } from './tree-access.ts';

/** One clause of ALTER TABLE. A table that no read file creates still has what is done to it here. */
export function alterTable(
  schema: KnownSchema,
  name: string,
  command: TreeNode,
  isOfThisChange: boolean,
): void {
  const known = schema.tables.get(name);
  const table = known ?? unknownTable();
  if (!known && name !== '') schema.tables.set(name, table);
  const definition = child(command, 'def');
  const column = textAt(command, 'name');
  switch (textAt(command, 'subtype')) {
    case 'AT_AddColumn':
      addColumn(table, name, child(definition, 'ColumnDef'), schema);
      if (isOfThisChange) table.newColumns.add(textAt(child(definition, 'ColumnDef'), 'colname'));
      return;
    case 'AT_DropColumn':
      table.columns.delete(column);
      table.newColumns.delete(column);
      table.notNull.delete(column);
      for (const [name, { columns }] of table.constraints)
        if (columns.includes(column)) table.constraints.delete(name);
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

export function addColumn(table: KnownTable, owner: string, column: TreeNode, schema: KnownSchema): void {
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

export function addConstraint(
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
  const checked = kind === 'CONSTR_CHECK' ? columnsIn(child(constraint, 'raw_expr')) : [];
  const suffix = {
    CONSTR_FOREIGN: 'fkey',
    CONSTR_CHECK: 'check',
    CONSTR_PRIMARY: 'pkey',
    CONSTR_UNIQUE: 'key',
  }[kind];
  // The name PostgreSQL gives where the statement gives none.
  const implied = objectName(owner.split('.').at(-1) ?? '', columns.join('_'), suffix ?? '');
  table.constraints.set(textAt(constraint, 'conname') || implied, {
    kind,
    isValid: constraint.skip_validation !== true,
    columns: [...columns, ...(kind === 'CONSTR_PRIMARY' ? keys : []), ...checked],
    ...(references === '' ? {} : { references }),
    ...(column === undefined ? {} : { notNullColumn: column }),
  });
  if (kind === 'CONSTR_PRIMARY') for (const key of keys) table.notNull.add(key);
  if (textAt(constraint, 'indexname') !== '') schema.indexes.set(textAt(constraint, 'indexname'), owner);
}

/** PostgreSQL's `makeObjectName`: of a name that would be longer than 63 bytes, the longer part is cut first. */
function objectName(table: string, columns: string, suffix: string): string {
  const room = 63 - suffix.length - 1 - (columns === '' ? 0 : 1);
  let [first, second] = [table.length, columns.length];
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  return [table.slice(0, first), columns.slice(0, second), suffix].filter((part) => part !== '').join('_');
}

function columnsIn(expression: TreeNode): readonly string[] {
  const columns: string[] = [];
  some(expression, (tag, node) => {
    const name = wordsAt(node, 'fields').at(-1);
    if (tag === 'ColumnRef' && name !== undefined) columns.push(name);
    return false;
  });
  return columns;
}
