import type { TreeNode } from '../sql/parse-tree.ts';
import type { KnownSchema } from '../sql/schema.ts';
import { child, tableName, textAt, wordsAt } from '../sql/tree-access.ts';
import { addColumnOperation } from './add-column.ts';
import { changeType } from './change-type.ts';
import { type Effect, effectOf, either } from './effect.ts';
import { alsoLock, lockedByKeys, type OperationDraft } from './operation-draft.ts';
import type { FormName } from './postgres-measured.ts';

/** Clauses whose effect needs no look at anything else. */
const plainClauses: Readonly<Record<string, readonly [kind: string, form: FormName]>> = {
  AT_DropColumn: ['drop-column', 'drop_column'],
  AT_DropNotNull: ['drop-not-null', 'drop_not_null'],
  AT_SetUnLogged: ['set-unlogged', 'set_unlogged'],
  AT_SetLogged: ['set-logged', 'set_unlogged'],
  AT_SetRelOptions: ['set-options', 'set_fillfactor'],
  AT_ResetRelOptions: ['reset-options', 'set_fillfactor'],
  AT_SetOptions: ['set-column-options', 'set_statistics'],
  AT_SetStatistics: ['set-statistics', 'set_statistics'],
  AT_SetStorage: ['set-storage', 'set_storage'],
  AT_SetCompression: ['set-compression', 'set_compression'],
  AT_ReplicaIdentity: ['replica-identity', 'replica_identity'],
  AT_ChangeOwner: ['owner', 'owner'],
  AT_EnableRowSecurity: ['enable-row-security', 'enable_rls'],
  AT_DisableRowSecurity: ['disable-row-security', 'enable_rls'],
  AT_ForceRowSecurity: ['force-row-security', 'enable_rls'],
  AT_NoForceRowSecurity: ['no-force-row-security', 'enable_rls'],
  AT_AddIdentity: ['add-identity', 'add_generated_identity_to_existing'],
  AT_SetExpression: ['set-expression', 'set_expression'],
  AT_DropExpression: ['drop-expression', 'drop_expression'],
};

/** One clause of ALTER TABLE; its lock is `unknown` where the clause was not measured. */
export function alterTableOperations(
  command: TreeNode,
  table: string,
  schema: KnownSchema,
): readonly OperationDraft[] {
  const operations = clauseOperations(command, table, schema);
  return command.missing_ok === true
    ? operations.map((operation) => ({ ...operation, isRepeatable: true }))
    : operations;
}

function clauseOperations(command: TreeNode, table: string, schema: KnownSchema): readonly OperationDraft[] {
  const subtype = textAt(command, 'subtype');
  const column = textAt(command, 'name');
  const definition = child(command, 'def');
  const plain = plainClauses[subtype];
  if (plain) {
    const [kind, form] = plain;
    const named = column === '' ? {} : { column };
    return [
      {
        kind,
        table,
        ...named,
        effect: effectOf(form),
        ...(subtype === 'AT_DropColumn'
          ? { destroysData: true, ...lockedByKeys(table, column, schema) }
          : {}),
      },
    ];
  }
  switch (subtype) {
    case 'AT_AddColumn': {
      const name = textAt(child(definition, 'ColumnDef'), 'colname');
      // Found to be there, it is left as it is; the lock is taken all the same.
      if (command.missing_ok === true && schema.tables.get(table)?.columns.has(name)) {
        return [{ kind: 'add-column', table, column: name, effect: effectOf('add_column_nullable') }];
      }
      return [addColumnOperation(child(definition, 'ColumnDef'), table, schema)];
    }
    case 'AT_ColumnDefault': {
      const isSet = Object.keys(definition).length > 0;
      return [
        { kind: isSet ? 'set-default' : 'drop-default', table, column, effect: effectOf('set_default') },
      ];
    }
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', table, column, effect: setNotNull(table, column, schema) }];
    case 'AT_AlterColumnType':
      return [
        {
          kind: 'change-type',
          table,
          column,
          ...changeType(child(definition, 'ColumnDef'), table, column, schema),
          ...lockedByKeys(table, column, schema),
        },
      ];
    case 'AT_AddConstraint':
      return [addConstraint(child(definition, 'Constraint'), table, schema)];
    case 'AT_ValidateConstraint': {
      const known = schema.tables.get(table)?.constraints.get(column);
      const also = alsoLock(known?.references, 'ROW SHARE', table);
      return [
        { kind: 'validate-constraint', table, name: column, effect: effectOf('validate_check'), ...also },
      ];
    }
    case 'AT_DropConstraint': {
      const references = schema.tables.get(table)?.constraints.get(column)?.references;
      return [
        {
          kind: 'drop-constraint',
          table,
          name: column,
          effect: effectOf('drop_check'),
          ...alsoLock(references, 'ACCESS EXCLUSIVE', table),
        },
      ];
    }
    case 'AT_AlterConstraint': {
      const alter = child(definition, 'ATAlterConstraint');
      const name = textAt(alter, 'conname');
      const references = schema.tables.get(table)?.constraints.get(name)?.references;
      const also = alter.alterEnforceability === true ? alsoLock(references, 'ACCESS EXCLUSIVE', table) : {};
      return [{ kind: 'alter-constraint', table, name, effect: effectOf('alter_fk_deferrable'), ...also }];
    }
    case 'AT_SetTableSpace':
    case 'AT_SetAccessMethod':
      // Free when it names what the table has already; else the whole table is copied.
      return [
        {
          kind: subtype === 'AT_SetTableSpace' ? 'set-tablespace' : 'set-access-method',
          table,
          name: column,
          effect: either(effectOf('set_tablespace_same'), effectOf('cluster')),
        },
      ];
    case 'AT_AddInherit':
    case 'AT_DropInherit': {
      const parent = tableName(child(definition, 'RangeVar'));
      const kind = subtype === 'AT_AddInherit' ? 'inherit' : 'no-inherit';
      return [
        { kind, table, effect: effectOf('inherit'), ...alsoLock(parent, 'SHARE UPDATE EXCLUSIVE', table) },
      ];
    }
    case 'AT_AttachPartition':
      return attachPartition(child(definition, 'PartitionCmd'), table, schema);
    case 'AT_DetachPartition': {
      const partition = child(definition, 'PartitionCmd');
      const name = tableName(child(partition, 'name'));
      if (partition.concurrent === true) {
        return [
          {
            kind: 'detach-partition',
            table,
            name,
            effect: effectOf('detach_partition_concurrently'),
            concurrently: true,
          },
        ];
      }
      return [
        {
          kind: 'detach-partition',
          table,
          name,
          effect: effectOf('detach_partition'),
          ...alsoLock(name, 'ACCESS EXCLUSIVE', table),
        },
      ];
    }
    default:
      if (/^AT_(Enable|Disable)(Always|Replica)?Trig/.test(subtype)) {
        const kind = subtype.startsWith('AT_Enable') ? 'enable-trigger' : 'disable-trigger';
        return [{ kind, table, name: column, effect: effectOf('disable_trigger') }];
      }
      return [
        {
          kind: subtype
            .replace(/^AT_/, '')
            .replace(/([a-z])([A-Z])/g, '$1-$2')
            .toLowerCase(),
          table,
          effect: { lock: 'unknown', rewrite: 'unknown', scan: 'unknown' },
        },
      ];
  }
}

/** From 12 on, a valid `CHECK (column IS NOT NULL)` spares the scan. */
function setNotNull(table: string, column: string, schema: KnownSchema): Effect {
  const known = schema.tables.get(table);
  const isProven = [...(known?.constraints.values() ?? [])].some(
    (constraint) => constraint.isValid && constraint.notNullColumn === column,
  );
  return effectOf(isProven || known?.notNull.has(column) ? 'set_not_null_with_valid_check' : 'set_not_null');
}

function addConstraint(constraint: TreeNode, table: string, schema: KnownSchema): OperationDraft {
  const type = textAt(constraint, 'contype');
  const notValid = constraint.skip_validation === true;
  const name = textAt(constraint, 'conname') === '' ? {} : { name: textAt(constraint, 'conname') };
  const index = textAt(constraint, 'indexname');
  const columns = [...wordsAt(constraint, 'keys'), ...wordsAt(constraint, 'fk_attrs')];
  const column = columns.length === 0 ? {} : { column: columns.join(', ') };
  switch (type) {
    case 'CONSTR_CHECK':
      return {
        kind: 'add-check',
        table,
        ...name,
        effect: effectOf(notValid ? 'add_check_not_valid' : 'add_check'),
      };
    case 'CONSTR_FOREIGN': {
      const references = tableName(child(constraint, 'pktable'));
      const effect = effectOf(notValid ? 'add_fk_not_valid' : 'add_fk');
      return {
        kind: 'add-foreign-key',
        table,
        ...column,
        ...name,
        effect,
        ...alsoLock(references, 'SHARE ROW EXCLUSIVE', table),
      };
    }
    case 'CONSTR_NOTNULL':
      return {
        kind: 'add-not-null',
        table,
        ...column,
        ...name,
        effect: notValid ? effectOf('add_not_null_constraint_not_valid') : effectOf('set_not_null'),
      };
    case 'CONSTR_UNIQUE':
      return {
        kind: 'add-unique',
        table,
        ...column,
        ...name,
        effect: effectOf(index === '' ? 'add_unique' : 'add_unique_using_index'),
      };
    case 'CONSTR_PRIMARY':
      return { kind: 'add-primary-key', table, ...column, ...name, effect: primaryKey(index, table, schema) };
    default:
      return { kind: 'add-exclusion', table, ...name, effect: effectOf('add_exclusion') };
  }
}

/** USING INDEX spares the index, but a column that may still be NULL is scanned; which one it is, the index knows. */
function primaryKey(index: string, table: string, schema: KnownSchema): Effect {
  if (index === '') return effectOf('add_pk');
  const columns = schema.indexColumns.get(index);
  const notNull = schema.tables.get(table)?.notNull;
  const nullable = effectOf('add_pk_using_index_nullable');
  const proven = effectOf('add_pk_using_index_notnull');
  if (!columns || !notNull) return either(nullable, proven);
  if (columns.every((column) => notNull.has(column))) return proven;
  return schema.tables.get(table)?.isComplete ? nullable : either(nullable, proven);
}

function attachPartition(partition: TreeNode, table: string, schema: KnownSchema): readonly OperationDraft[] {
  const name = tableName(child(partition, 'name'));
  const known = schema.tables.get(name);
  const hasCheck = [...(known?.constraints.values() ?? [])].some(
    (constraint) => constraint.kind === 'CONSTR_CHECK' && constraint.isValid,
  );
  const scan = hasCheck || !known ? 'unknown' : true;
  return [
    { kind: 'attach-partition', table, name, effect: effectOf('attach_partition') },
    { kind: 'attach-partition', table: name, effect: { lock: 'ACCESS EXCLUSIVE', rewrite: false, scan } },
  ];
}
