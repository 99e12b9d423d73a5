import type { AlterClause, DialectStatement } from '../../sql/dialects/dialect-statement.ts';
import type { KnownSchema } from '../../sql/schema.ts';
import { type Effect, noEffect } from '../effect.ts';
import { rowsChanged } from '../mysql/innodb-operations.ts';
import type { OperationDraft } from '../operation-draft.ts';

/** How the answers below are known. */
export const provenance = {
  kind: 'documented',
  server: 'SQLite',
  sources: ['https://www.sqlite.org/lang_altertable.html', 'https://www.sqlite.org/lockingv3.html'],
} as const;

/** Whatever is written, one writer has the whole database until it commits; readers go on, or wait for the commit itself. */
const schemaOnly: Effect = { lock: 'DATABASE WRITE', rewrite: false, scan: false };
const scan: Effect = { ...schemaOnly, scan: true };
const rewrite: Effect = { ...schemaOnly, rewrite: true, scan: true };

/** What one statement does to its table in SQLite. The steps of a rebuild (`withRebuilds`) are one operation. */
export function sqliteOperations(
  statement: DialectStatement,
  schema: KnownSchema,
): readonly OperationDraft[] {
  const again = 'isRepeatable' in statement && statement.isRepeatable ? { isRepeatable: true as const } : {};
  switch (statement.type) {
    case 'alter-table':
      return statement.clauses.flatMap((clause) => alterClause(clause, statement.table));
    case 'create-table':
      if (statement.rebuildOf !== undefined) return [];
      return [{ kind: 'create-table', table: statement.table, effect: noEffect, ...again }];
    case 'create-index': {
      const { table, name, columns, index } = statement;
      const unique = index === 'unique' ? { isUnique: true as const } : {};
      return [
        { kind: 'create-index', table, name, column: columns.join(', '), effect: scan, ...unique, ...again },
      ];
    }
    case 'drop-index':
      return [
        {
          kind: 'drop-index',
          table: schema.indexes.get(statement.name) ?? '',
          name: statement.name,
          effect: schemaOnly,
          ...again,
        },
      ];
    case 'drop-table':
      if (statement.rebuildOf !== undefined) return [];
      return statement.tables.map((table) => ({
        kind: 'drop-table',
        table,
        effect: schemaOnly,
        destroysData: true,
        ...again,
      }));
    case 'maintain': {
      const effect = statement.verb === 'vacuum' ? rewrite : scan;
      const tables = statement.tables.length > 0 ? statement.tables : [''];
      return tables.map((table) => ({ kind: statement.verb, table, effect }));
    }
    case 'create-view':
      return statement.views.map((table) => ({ kind: 'create-view', table, effect: noEffect, ...again }));
    case 'drop-view':
      return statement.views.map((table) => ({ kind: 'drop-view', table, effect: schemaOnly, ...again }));
    case 'create-trigger':
      return [
        {
          kind: 'create-trigger',
          table: statement.table,
          name: statement.name,
          effect: schemaOnly,
          ...again,
        },
      ];
    case 'drop-trigger':
      return [{ kind: 'drop-trigger', table: '', name: statement.name, effect: schemaOnly, ...again }];
    case 'change':
      return statement.rebuildOf === undefined
        ? [rowsChanged(statement, schemaOnly)]
        : [rebuild(statement.rebuildOf, statement, schema)];
    default:
      return [];
  }
}

/** The table written anew; columns that the copy leaves out are lost, but for those that are computed from others. */
function rebuild(
  table: string,
  { copies }: Extract<DialectStatement, { readonly type: 'change' }>,
  schema: KnownSchema,
): OperationDraft {
  const known = schema.tables.get(table);
  const copied = new Set(copies?.columns.map((name) => name.toLowerCase()));
  const lost =
    known?.isComplete && copies?.from === table && !copied.has('*') && !copied.has('(expression)')
      ? [...known.columns.keys()].filter(
          (name) =>
            !copied.has(name.toLowerCase()) &&
            known.definitions?.get(name.toLowerCase())?.generated === undefined,
        )
      : [];
  return {
    kind: 'rebuild-table',
    table,
    effect: rewrite,
    ...(lost.length === 0 ? {} : { column: lost.join(', '), destroysData: true }),
  };
}

function alterClause(clause: AlterClause, table: string): readonly OperationDraft[] {
  switch (clause.kind) {
    case 'add-column': {
      const { column } = clause;
      const hasValue = column.defaultTo !== undefined && column.defaultTo.kind !== 'null';
      const isRequired = column.isNotNull && !hasValue && column.generated === undefined;
      // A plain NOT NULL comes with its default, which no row can miss: the rows are not read.
      const isChecked = column.hasCheck || (column.isNotNull && column.generated !== undefined);
      return [
        {
          kind: isRequired ? 'add-required-column' : 'add-column',
          table,
          column: column.name,
          effect: isChecked ? scan : schemaOnly,
        },
      ];
    }
    case 'drop-column':
      return [{ kind: 'drop-column', table, column: clause.column, effect: rewrite, destroysData: true }];
    case 'rename-column':
      return [{ kind: 'rename-column', table, column: clause.from, name: clause.to, effect: schemaOnly }];
    case 'rename-table':
      return [{ kind: 'rename-table', table, name: clause.to, effect: schemaOnly }];
    case 'set-not-null':
      return [{ kind: 'set-not-null', table, column: clause.column, effect: scan }];
    case 'drop-not-null':
      return [{ kind: 'drop-not-null', table, column: clause.column, effect: schemaOnly }];
    case 'add-constraint':
      return [{ kind: 'add-check', table, effect: scan }];
    case 'drop-constraint':
      return [{ kind: 'drop-constraint', table, name: clause.name, effect: schemaOnly }];
    default:
      // SQLite knows no other clause and stops at it.
      return [];
  }
}
