import type { TreeNode } from '../sql/parse-tree.ts';
import { renamedObject } from '../sql/renamed-object.ts';
import type { KnownSchema } from '../sql/schema.ts';
import { child, children, isNode, qualified, tableName, tagOf, textAt, wordsAt } from '../sql/tree-access.ts';
import { alterTableOperations } from './alter-table.ts';
import { dataChanges } from './data-changes.ts';
import { dropOperations } from './drop-operations.ts';
import { type Effect, effectOf, noEffect, tableLocks } from './effect.ts';
import { createIndex, reindex } from './index-operations.ts';
import type { OperationDraft } from './operation-draft.ts';

/** What queries name as they name a table. */
const relations = /^OBJECT_(?:TABLE|FOREIGN_TABLE|VIEW|MATVIEW)$/;

/**
 * What one statement does, clause by clause, on a schema of which `schema` is known. Statements that touch no table
 * (types, functions, settings) give none.
 */
export function statementOperations(tree: TreeNode, schema: KnownSchema): readonly OperationDraft[] {
  const tag = tagOf(tree);
  const operations = operationsOf(tree, tag, schema);
  const { if_not_exists, missing_ok, replace } = child(tree, tag);
  // ALTER TABLE IF EXISTS says nothing about its clauses, which have words of their own.
  const isRepeatable = tag !== 'AlterTableStmt' && [if_not_exists, missing_ok, replace].includes(true);
  return isRepeatable ? operations.map((operation) => ({ ...operation, isRepeatable: true })) : operations;
}

function operationsOf(tree: TreeNode, tag: string, schema: KnownSchema): readonly OperationDraft[] {
  const statement = child(tree, tag);
  const relation = tableName(child(statement, 'relation'));
  const isConcurrent = statement.concurrent === true;
  const concurrently = isConcurrent ? { concurrently: true as const } : {};
  const changes = dataChanges(tree, tag);
  switch (tag) {
    case 'IndexStmt':
      return [createIndex(statement, relation, schema)];
    case 'AlterTableStmt': {
      const kind = textAt(statement, 'objtype');
      if (kind === 'OBJECT_TABLE' || kind === 'OBJECT_MATVIEW' || kind === 'OBJECT_FOREIGN_TABLE') {
        return children(statement, 'cmds').flatMap((command) =>
          alterTableOperations(child(command, 'AlterTableCmd'), relation, schema),
        );
      }
      return [];
    }
    case 'CreateStmt':
      return createTable(statement, relation, schema);
    case 'CreateTableAsStmt': {
      const kind =
        textAt(statement, 'objtype') === 'OBJECT_MATVIEW' ? 'create-materialized-view' : 'create-table';
      return [
        { kind, table: tableName(child(child(statement, 'into'), 'rel')), effect: noEffect },
        ...changes,
      ];
    }
    case 'SelectStmt':
      if (!isNode(statement.intoClause)) return changes;
      return [
        {
          kind: 'create-table',
          table: tableName(child(child(statement, 'intoClause'), 'rel')),
          effect: noEffect,
        },
      ];
    case 'RenameStmt':
      return rename(statement, relation, schema);
    case 'AlterObjectSchemaStmt':
      if (!relations.test(textAt(statement, 'objectType'))) return [];
      return [
        {
          kind: 'set-schema',
          table: relation,
          name: textAt(statement, 'newschema'),
          effect: effectOf('set_schema'),
        },
      ];
    case 'DropStmt':
      return dropOperations(statement, schema, concurrently);
    case 'ReindexStmt':
      return [reindex(statement, relation, schema)];
    case 'ClusterStmt':
      return [{ kind: 'cluster', table: relation, effect: effectOf('cluster') }];
    case 'VacuumStmt':
      return vacuum(statement);
    case 'TruncateStmt':
      return children(statement, 'relations').map((item) => ({
        kind: 'truncate',
        table: tableName(child(item, 'RangeVar')),
        effect: effectOf('truncate'),
        destroysData: true,
      }));
    case 'LockStmt':
      return children(statement, 'relations').map((item) => ({
        kind: 'lock-table',
        table: tableName(child(item, 'RangeVar')),
        effect: { ...noEffect, lock: tableLocks[Number(statement.mode ?? 8) - 1] ?? 'unknown' },
      }));
    case 'RefreshMatViewStmt':
      return [
        {
          kind: 'refresh-materialized-view',
          table: relation,
          effect: effectOf(isConcurrent ? 'refresh_matview_concurrently' : 'refresh_matview'),
          ...concurrently,
        },
      ];
    case 'CreateTrigStmt':
      return [
        {
          kind: 'create-trigger',
          table: relation,
          name: textAt(statement, 'trigname'),
          effect: effectOf('create_trigger'),
        },
      ];
    case 'CreatePolicyStmt':
    case 'AlterPolicyStmt': {
      const kind = tag === 'CreatePolicyStmt' ? 'create-policy' : 'alter-policy';
      const table = tableName(child(statement, 'table'));
      return [{ kind, table, name: textAt(statement, 'policy_name'), effect: effectOf('create_policy') }];
    }
    case 'ViewStmt':
      return [{ kind: 'create-view', table: tableName(child(statement, 'view')), effect: noEffect }];
    case 'RuleStmt':
      return [
        {
          kind: 'create-rule',
          table: relation,
          name: textAt(statement, 'rulename'),
          effect: effectOf('create_rule'),
        },
      ];
    case 'CreateStatsStmt':
      return children(statement, 'relations').map((item) => ({
        kind: 'create-statistics',
        table: tableName(child(item, 'RangeVar')),
        effect: effectOf('create_statistics'),
      }));
    case 'CommentStmt': {
      const words = wordsAt(child(child(statement, 'object'), 'List'), 'items');
      const kind = textAt(statement, 'objtype');
      if (kind === 'OBJECT_TABLE')
        return [{ kind: 'comment', table: qualified(words), effect: effectOf('comment_on_table') }];
      if (kind !== 'OBJECT_COLUMN') return [];
      return [
        { kind: 'comment', table: qualified(words.slice(0, -1)), effect: effectOf('comment_on_column') },
      ];
    }
    case 'AlterSeqStmt': {
      const table = tableName(child(statement, 'sequence'));
      return [{ kind: 'alter-sequence', table, effect: effectOf('alter_sequence_as_bigint') }];
    }
    case 'AlterDomainStmt':
      return alterDomain(statement);
    case 'AlterEnumStmt': {
      const old = textAt(statement, 'oldVal');
      const name = qualified(wordsAt(statement, 'typeName'));
      if (old === '')
        return [{ kind: 'add-enum-value', table: '', name, effect: effectOf('enum_add_value') }];
      return [
        { kind: 'rename-enum-value', table: '', column: old, name, effect: effectOf('enum_rename_value') },
      ];
    }
    default:
      return changes;
  }
}

function createTable(statement: TreeNode, table: string, schema: KnownSchema): readonly OperationDraft[] {
  const elements = children(statement, 'tableElts');
  const constraints = elements.flatMap((element) => [
    child(element, 'Constraint'),
    ...children(child(element, 'ColumnDef'), 'constraints').map((item) => child(item, 'Constraint')),
  ]);
  const referenced = constraints.flatMap((constraint) => {
    const name = tableName(child(constraint, 'pktable'));
    return name === '' || name === table ? [] : [name];
  });
  const alsoLocks = [...new Set(referenced)].map((name) => ({
    table: name,
    lock: 'SHARE ROW EXCLUSIVE' as const,
  }));
  const create: OperationDraft = {
    kind: 'create-table',
    table,
    effect: noEffect,
    ...(alsoLocks.length === 0 ? {} : { alsoLocks }),
  };
  if (!isNode(statement.partbound)) return [create];
  const parent = tableName(child(children(statement, 'inhRelations')[0] ?? {}, 'RangeVar'));
  const known = schema.tables.get(parent);
  const attach: OperationDraft = {
    kind: 'create-partition',
    table: parent,
    name: table,
    effect: effectOf('create_table_partition_of'),
  };
  const spare = known?.defaultPartition;
  if (spare === undefined) return [create, attach];
  // Rows of the default partition might belong to the new one: PostgreSQL reads them all.
  const effect: Effect = { lock: 'ACCESS EXCLUSIVE', rewrite: false, scan: true };
  return [create, attach, { kind: 'create-partition', table: spare, name: table, effect }];
}

function rename(statement: TreeNode, relation: string, schema: KnownSchema): readonly OperationDraft[] {
  const kind = textAt(statement, 'renameType');
  const from = textAt(statement, 'subname');
  const to = textAt(statement, 'newname');
  if (relations.test(kind)) {
    const isView = kind === 'OBJECT_VIEW' || kind === 'OBJECT_MATVIEW';
    // A view is a relation to PostgreSQL as a table is: it is renamed by the same code, under the same lock.
    const effect = effectOf('rename_table');
    return [{ kind: isView ? 'rename-view' : 'rename-table', table: relation, name: to, effect }];
  }
  if (kind === 'OBJECT_SCHEMA') return [{ kind: 'rename-schema', table: '', name: from, effect: noEffect }];
  const known = renamedObject(statement);
  if (known) return [{ kind: `rename-${known.kind}`, table: '', name: known.name, effect: noEffect }];
  if (kind === 'OBJECT_COLUMN' && relations.test(textAt(statement, 'relationType'))) {
    return [
      { kind: 'rename-column', table: relation, column: from, name: to, effect: effectOf('rename_column') },
    ];
  }
  if (kind === 'OBJECT_TABCONSTRAINT') {
    return [
      { kind: 'rename-constraint', table: relation, name: from, effect: effectOf('rename_constraint') },
    ];
  }
  if (kind === 'OBJECT_INDEX') {
    return [
      {
        kind: 'rename-index',
        table: schema.indexes.get(relation) ?? '',
        name: relation,
        effect: effectOf('rename_index'),
      },
    ];
  }
  return [];
}

function vacuum(statement: TreeNode): readonly OperationDraft[] {
  const isFull = children(statement, 'options').some(
    (item) => textAt(child(item, 'DefElem'), 'defname') === 'full',
  );
  const [kind, form] =
    statement.is_vacuumcmd !== true
      ? (['analyze', 'analyze'] as const)
      : isFull
        ? (['vacuum-full', 'vacuum_full'] as const)
        : (['vacuum', 'vacuum'] as const);
  const tables = children(statement, 'rels').map((item) =>
    tableName(child(child(item, 'VacuumRelation'), 'relation')),
  );
  return (tables.length === 0 ? [''] : tables).map((table) => ({ kind, table, effect: effectOf(form) }));
}

/** A domain belongs to columns of tables that the statement does not name. */
function alterDomain(statement: TreeNode): readonly OperationDraft[] {
  const name = qualified(wordsAt(statement, 'typeName'));
  const subtype = textAt(statement, 'subtype');
  if (subtype === 'V')
    return [{ kind: 'validate-domain', table: '', name, effect: effectOf('domain_validate') }];
  if (subtype !== 'C' && subtype !== 'O') return [];
  const isNotValid = child(child(statement, 'def'), 'Constraint').skip_validation === true;
  const form = isNotValid ? 'domain_add_constraint_not_valid' : 'domain_add_constraint';
  return [{ kind: 'alter-domain', table: '', name, effect: effectOf(form) }];
}
