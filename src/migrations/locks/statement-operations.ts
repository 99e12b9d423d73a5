import type { LockMode } from '../../core/migration-facts.ts';
import type { TreeNode } from '../sql/parse-tree.ts';
import type { KnownSchema } from '../sql/schema.ts';
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
} from '../sql/tree-access.ts';
import { alterTableOperations } from './alter-table.ts';
import { type Effect, effectOf } from './effect.ts';
import type { OperationDraft } from './operation-draft.ts';

const nothing: Effect = { lock: 'none', rewrite: false, scan: false };
const lockModes: readonly LockMode[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

/**
 * What one statement does, clause by clause, on a schema of which `schema` is known. Statements that touch no table
 * (types, functions, settings) give none.
 */
export function statementOperations(tree: TreeNode, schema: KnownSchema): readonly OperationDraft[] {
  const tag = tagOf(tree);
  const statement = child(tree, tag);
  const relation = tableName(child(statement, 'relation'));
  const isConcurrent = statement.concurrent === true;
  const concurrently = isConcurrent ? { concurrently: true as const } : {};
  const dataChanges = changesInside(tree, tag);
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
        { kind, table: tableName(child(child(statement, 'into'), 'rel')), effect: nothing },
        ...dataChanges,
      ];
    }
    case 'SelectStmt':
      if (!isNode(statement.intoClause)) return dataChanges;
      return [
        {
          kind: 'create-table',
          table: tableName(child(child(statement, 'intoClause'), 'rel')),
          effect: nothing,
        },
      ];
    case 'RenameStmt':
      return rename(statement, relation, schema);
    case 'AlterObjectSchemaStmt':
      if (textAt(statement, 'objectType') !== 'OBJECT_TABLE') return [];
      return [
        {
          kind: 'set-schema',
          table: relation,
          name: textAt(statement, 'newschema'),
          effect: effectOf('set_schema'),
        },
      ];
    case 'DropStmt':
      return drop(statement, schema, concurrently);
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
        effect: { ...nothing, lock: lockModes[Number(statement.mode ?? 8) - 1] ?? 'unknown' },
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
      const kind = textAt(statement, 'oldVal') === '' ? 'add-enum-value' : 'rename-enum-value';
      return [
        {
          kind,
          table: '',
          name: qualified(wordsAt(statement, 'typeName')),
          effect: effectOf('enum_add_value'),
        },
      ];
    }
    default:
      return dataChanges;
  }
}

function createIndex(statement: TreeNode, table: string, schema: KnownSchema): OperationDraft {
  const name = textAt(statement, 'idxname');
  const isOnly = child(statement, 'relation').inh !== true;
  const isConcurrent = statement.concurrent === true;
  const isPartitioned = schema.tables.get(table)?.isPartitioned === true;
  const partitioned = effectOf(isOnly ? 'create_index_on_partitioned_only' : 'create_index');
  return {
    kind: 'create-index',
    table,
    ...(name === '' ? {} : { name }),
    column: children(statement, 'indexParams')
      .map((item) => textAt(child(item, 'IndexElem'), 'name') || '(expression)')
      .join(', '),
    // ONLY on a table that is not partitioned builds the whole index all the same.
    effect: isConcurrent
      ? effectOf('create_index_concurrently')
      : isPartitioned
        ? partitioned
        : effectOf('create_index'),
    ...(isConcurrent ? { concurrently: true } : {}),
  };
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
    effect: nothing,
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
  if (kind === 'OBJECT_TABLE')
    return [{ kind: 'rename-table', table: relation, name: to, effect: effectOf('rename_table') }];
  if (kind === 'OBJECT_COLUMN' && textAt(statement, 'relationType') === 'OBJECT_TABLE') {
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

function drop(
  statement: TreeNode,
  schema: KnownSchema,
  concurrently: { readonly concurrently?: true },
): readonly OperationDraft[] {
  const kind = textAt(statement, 'removeType');
  return children(statement, 'objects').flatMap((object): readonly OperationDraft[] => {
    const words = wordsAt(child(object, 'List'), 'items');
    const name = qualified(words);
    switch (kind) {
      case 'OBJECT_TABLE': {
        const constraints = [...(schema.tables.get(name)?.constraints.values() ?? [])];
        const referenced = constraints.flatMap(({ references }) =>
          references && references !== name ? [references] : [],
        );
        const isCascade = textAt(statement, 'behavior') === 'DROP_CASCADE';
        const referencing = isCascade
          ? [...schema.tables].flatMap(([other, table]) =>
              other !== name && [...table.constraints.values()].some(({ references }) => references === name)
                ? [other]
                : [],
            )
          : [];
        const alsoLocks = [...new Set([...referenced, ...referencing])].map((table) => ({
          table,
          lock: 'ACCESS EXCLUSIVE' as const,
        }));
        const also = alsoLocks.length === 0 ? {} : { alsoLocks };
        return [
          { kind: 'drop-table', table: name, effect: effectOf('drop_table'), destroysData: true, ...also },
        ];
      }
      case 'OBJECT_INDEX': {
        const form = concurrently.concurrently ? 'drop_index_concurrently' : 'drop_index';
        return [
          {
            kind: 'drop-index',
            table: schema.indexes.get(words.at(-1) ?? '') ?? '',
            name,
            effect: effectOf(form),
            ...concurrently,
          },
        ];
      }
      case 'OBJECT_TRIGGER':
      case 'OBJECT_POLICY':
      case 'OBJECT_RULE': {
        const what = kind.slice('OBJECT_'.length).toLowerCase();
        return [
          {
            kind: `drop-${what}`,
            table: qualified(words.slice(0, -1)),
            name: words.at(-1) ?? '',
            effect: effectOf('drop_trigger'),
          },
        ];
      }
      case 'OBJECT_MATVIEW':
        return [{ kind: 'drop-materialized-view', table: name, effect: effectOf('drop_view') }];
      case 'OBJECT_SCHEMA': {
        const isCascade = textAt(statement, 'behavior') === 'DROP_CASCADE';
        const schemaName = textAt(child(object, 'String'), 'sval');
        const unknown: Effect = { lock: 'ACCESS EXCLUSIVE', rewrite: false, scan: false };
        return isCascade
          ? [{ kind: 'drop-schema', table: '', name: schemaName, effect: unknown, destroysData: true }]
          : [];
      }
      default:
        return [];
    }
  });
}

function reindex(statement: TreeNode, relation: string, schema: KnownSchema): OperationDraft {
  const isConcurrent = children(statement, 'params').some(
    (item) => textAt(child(item, 'DefElem'), 'defname') === 'concurrently',
  );
  const kind = textAt(statement, 'kind');
  const isIndex = kind === 'REINDEX_OBJECT_INDEX';
  return {
    kind: 'reindex',
    table: isIndex ? (schema.indexes.get(relation.split('.').at(-1) ?? '') ?? '') : relation,
    name: isIndex ? relation : textAt(statement, 'name') || relation,
    effect: effectOf(isConcurrent ? 'reindex_index_concurrently' : 'reindex_table'),
    ...(isConcurrent ? { concurrently: true } : {}),
  };
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

/** INSERT, UPDATE, DELETE and MERGE, those inside WITH included. */
function changesInside(tree: TreeNode, tag: string): readonly OperationDraft[] {
  const found: OperationDraft[] = [];
  const look = (kind: string, inner: TreeNode) => {
    const table = tableName(child(inner, 'relation'));
    const sources = children(inner, kind === 'UpdateStmt' ? 'fromClause' : 'usingClause');
    // Without a filter the whole table is read; with one, an index decides.
    const isWhole = !isNode(inner.whereClause) && sources.length === 0;
    const scan = isWhole ? true : 'unknown';
    if (kind === 'UpdateStmt') {
      const effect = { ...effectOf('update_all'), scan } as const;
      found.push({ kind: 'update', table, effect, ...(isWhole ? { destroysData: true } : {}) });
    }
    if (kind === 'DeleteStmt') {
      found.push({ kind: 'delete', table, effect: { ...effectOf('delete_all'), scan }, destroysData: true });
    }
    if (kind === 'MergeStmt')
      found.push({ kind: 'merge', table, effect: { ...effectOf('update_all'), scan: 'unknown' } });
    if (kind === 'InsertStmt') {
      const values = child(child(inner, 'selectStmt'), 'SelectStmt');
      const isSelect = isNode(inner.selectStmt) && children(values, 'valuesLists').length === 0;
      found.push({
        kind: isSelect ? 'insert-select' : 'insert',
        table,
        effect: { ...nothing, lock: 'ROW EXCLUSIVE' },
      });
    }
    return false;
  };
  if (!/^(Insert|Update|Delete|Merge|Select|CreateTableAs)Stmt$/.test(tag)) return [];
  // A VALUES list holds no statement worth walking into, and it may have a hundred thousand rows.
  if (tag === 'InsertStmt' && !isNode(child(tree, tag).withClause)) look(tag, child(tree, tag));
  else some(tree, look);
  return found;
}
