import type { DialectStatement } from '../../sql/dialects/dialect-statement.ts';
import type { KnownSchema } from '../../sql/schema.ts';
import { type Effect, noEffect } from '../effect.ts';
import type { OperationDraft } from '../operation-draft.ts';
import { alterClause, indexEffect } from './alter-clause.ts';
import { type Asked, type InnodbServer, innodbEffect, instant } from './innodb-effect.ts';

/** The lock of a statement that changes rows; the rows it touches are locked apart. */
const rowChange: Effect = { lock: 'SHARED WRITE METADATA', rewrite: false, scan: false };

/** What one statement does on InnoDB tables of MySQL and MariaDB, clause by clause. */
export function innodbOperations(
  statement: DialectStatement,
  schema: KnownSchema,
  server: InnodbServer,
): readonly OperationDraft[] {
  const again = 'isRepeatable' in statement && statement.isRepeatable ? { isRepeatable: true as const } : {};
  switch (statement.type) {
    case 'alter-table': {
      const { table, clauses, algorithm, lock } = statement;
      const asked = askedOf({ algorithm, lock });
      return clauses.flatMap((clause) => alterClause(clause, { table, schema, server, asked, clauses }));
    }
    case 'create-table': {
      const create = { kind: 'create-table', table: statement.table, effect: noEffect, ...again };
      if (statement.isTemporary || !statement.replaces) return [create];
      return [dropTable(statement.table, {}), create];
    }
    case 'create-index': {
      const { table, name, columns, index, algorithm, lock } = statement;
      const isThere = statement.isRepeatable && schema.indexes.get(name) === table;
      const effect = isThere ? instant : indexEffect(index, server, askedOf({ algorithm, lock }));
      const unique = index === 'unique' ? { isUnique: true as const } : {};
      return [{ kind: 'create-index', table, name, column: columns.join(', '), effect, ...unique, ...again }];
    }
    case 'drop-index': {
      const { name, table, algorithm, lock } = statement;
      const effect = innodbEffect('drop_index', server, askedOf({ algorithm, lock }));
      return [{ kind: 'drop-index', table: table ?? '', name, effect, ...again }];
    }
    case 'drop-table':
      return statement.isTemporary ? [] : statement.tables.map((table) => dropTable(table, again));
    case 'rename-table':
      return statement.pairs.map(({ from, to }) => ({
        kind: 'rename-table',
        table: from,
        name: to,
        effect: instant,
      }));
    case 'truncate':
      return [{ kind: 'truncate', table: statement.table, effect: instant, destroysData: true }];
    case 'maintain':
      if (statement.verb === 'optimize') {
        const effect = innodbEffect('optimize', server, {});
        return statement.tables.map((table) => ({ kind: 'optimize', table, effect }));
      }
      return statement.verb === 'analyze'
        ? statement.tables.map((table) => ({ kind: 'analyze', table, effect: noEffect }))
        : [];
    case 'create-view':
      return statement.views.map((table) => ({ kind: 'create-view', table, effect: noEffect, ...again }));
    case 'drop-view':
      return statement.views.map((table) => ({ kind: 'drop-view', table, effect: instant, ...again }));
    case 'create-trigger':
      return [
        { kind: 'create-trigger', table: statement.table, name: statement.name, effect: instant, ...again },
      ];
    case 'drop-trigger':
      return [{ kind: 'drop-trigger', table: '', name: statement.name, effect: instant, ...again }];
    case 'drop-database':
      return [
        {
          kind: 'drop-schema',
          table: '',
          name: statement.name,
          effect: instant,
          destroysData: true,
          ...again,
        },
      ];
    case 'lock-tables':
      return statement.tables.map(({ table, mode }) => ({
        kind: 'lock-table',
        table,
        effect: { ...instant, lock: mode === 'write' ? 'EXCLUSIVE METADATA' : 'SHARED NO WRITE METADATA' },
      }));
    case 'change':
      return [rowsChanged(statement, rowChange)];
    default:
      return [];
  }
}

function askedOf({
  algorithm,
  lock,
}: {
  readonly algorithm: string | undefined;
  readonly lock: string | undefined;
}): Asked {
  return { ...(algorithm === undefined ? {} : { algorithm }), ...(lock === undefined ? {} : { lock }) };
}

function dropTable(table: string, again: { readonly isRepeatable?: true }): OperationDraft {
  return { kind: 'drop-table', table, effect: instant, destroysData: true, ...again };
}

/** INSERT, UPDATE or DELETE, with the lock of its database. */
export function rowsChanged(
  change: Extract<DialectStatement, { readonly type: 'change' }>,
  effect: Effect,
): OperationDraft {
  const { kind, table, columns, rows } = change;
  const reach = rows === undefined ? {} : { rows };
  // With a filter, an index decides whether the whole table is read.
  const scan = rows === 'all' ? true : ('unknown' as const);
  switch (kind) {
    case 'update':
      return {
        kind,
        table,
        column: columns.join(', '),
        effect: { ...effect, scan },
        ...reach,
        ...(rows === 'all' ? { destroysData: true as const } : {}),
      };
    case 'delete':
      return { kind, table, effect: { ...effect, scan }, ...reach, destroysData: true };
    default:
      return { kind, table, effect, ...reach };
  }
}
