import type { Operation } from '../../core/migration-facts.ts';

/** The rule that speaks of an operation. Each operation has one at most, so that a reader hears of each danger once. */
export type Danger =
  | 'concurrently-in-transaction'
  | 'rename-breaks-running-code'
  | 'destructive-change'
  | 'table-rewrite'
  | 'blocking-index'
  | 'full-scan-under-lock'
  | 'backfill-in-one-statement';

const renames: ReadonlySet<string> = new Set([
  'rename-table',
  'rename-column',
  'rename-view',
  'rename-schema',
  'rename-enum-value',
  'rename-type',
  'rename-function',
  'set-schema',
]);

/** What is most dangerous about one operation that the change adds; undefined for one that nobody has to hear about. */
export function dangerOf(operation: Operation): Danger | undefined {
  const { kind, rows, rewrite, scan, blocks } = operation;
  // SQLite lets one writer in at a time, whatever it does: no form of a statement waits less.
  const isWholeDatabase = operation.lock === 'DATABASE WRITE';
  if (isRefusedInTransaction(operation)) return 'concurrently-in-transaction';
  if (operation.onTableOfThisChange || isCatalogue(operation.table)) return undefined;
  if (renames.has(kind)) {
    return operation.onColumnOfThisChange ? undefined : 'rename-breaks-running-code';
  }
  // With a filter, rows are chosen: that is ordinary work.
  const isChosen = (kind === 'delete' || kind === 'update') && rows !== 'all';
  if (operation.destroysData && !isChosen) return 'destructive-change';
  if (isWholeDatabase) return undefined;
  if (kind !== 'truncate' && kind !== 'refresh-materialized-view') {
    // InnoDB rebuilds most tables while they are read and written.
    if ((rewrite === true && blocks !== 'nothing') || (rewrite === 'unknown' && kind === 'change-type'))
      return 'table-rewrite';
    if (scan === true && blocks !== 'nothing') {
      return kind === 'create-index' || kind === 'reindex' ? 'blocking-index' : 'full-scan-under-lock';
    }
  }
  if (kind === 'update' && (rows === 'all' || rows === 'unbounded')) return 'backfill-in-one-statement';
  return undefined;
}

/** The server's own tables are small, and nobody's rows. */
export function isCatalogue(table: string): boolean {
  return /^(?:pg_catalog\.|information_schema\.|pg_|mysql\.|performance_schema\.|sqlite_)/i.test(table);
}

/** A concurrent refresh is the one concurrent form that a transaction may hold. */
function isRefusedInTransaction({ kind, concurrently, inTransaction }: Operation): boolean {
  return concurrently && inTransaction === true && kind !== 'refresh-materialized-view';
}
