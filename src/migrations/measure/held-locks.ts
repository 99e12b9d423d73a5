import type { MigrationFacts, MigrationFile, Operation } from '../../core/migration-facts.ts';
import { dangerOf, isCatalogue } from './danger-of.ts';
import { newStatements } from './new-steps.ts';
import { blockedTables } from './statement-finding.ts';

/** A lock that others wait for, and the long work that runs before the transaction lets go of it. */
export interface HeldLock {
  readonly file: MigrationFile;
  readonly taken: Operation;
  /** Tables that others wait for meanwhile. */
  readonly tables: readonly string[];
  readonly work: Operation;
  /** Where the work stands: Drizzle's transaction spans files. */
  readonly workFile: MigrationFile;
}

interface Step {
  readonly file: MigrationFile;
  readonly operation: Operation;
}

/** Dangers whose own finding says how long the lock of the statement is held. */
const saysHowLong: ReadonlySet<string> = new Set([
  'table-rewrite',
  'blocking-index',
  'full-scan-under-lock',
  'concurrently-in-transaction',
]);

/** For each transaction, the first lock on a table in use that is held through work on another, or through a backfill. */
export function heldLocks(migrations: MigrationFacts): readonly HeldLock[] {
  const byTransaction = new Map<string, Step[]>();
  for (const { file, operations } of newStatements(migrations)) {
    for (const operation of operations) {
      if (operation.inTransaction !== true) continue;
      // Drizzle runs all pending files in one transaction.
      const key =
        file.framework === 'drizzle' ? file.framework : `${file.path}\0${operation.transaction ?? 0}`;
      const steps = byTransaction.get(key) ?? [];
      steps.push({ file, operation });
      byTransaction.set(key, steps);
    }
  }
  return [...byTransaction.values()].flatMap((steps) => firstHeld(steps) ?? []);
}

function firstHeld(steps: readonly Step[]): HeldLock | undefined {
  const lastWork = steps.findLastIndex(({ operation }) => isLongWork(operation));
  for (const [at, { file, operation }] of steps.entries()) {
    if (at >= lastWork) return undefined;
    const tables = tablesHeld(operation);
    if (tables.length === 0 || saysHowLong.has(dangerOf(operation) ?? '')) continue;
    const work = steps.slice(at + 1).find((later) => isHeldThrough(tables, { file, operation }, later));
    if (work) return { file, taken: operation, tables, work: work.operation, workFile: work.file };
  }
  return undefined;
}

/** On a table that is new here, nobody waits; a table it refers to may be in use all the same. */
function tablesHeld(operation: Operation): readonly string[] {
  // SQLite's one writer holds the database, whichever statement comes first.
  if (operation.blocks === 'unknown' || operation.lock === 'DATABASE WRITE') return [];
  // What reads a view waits for its tables, whose own statements are looked at.
  if (operation.kind === 'drop-view') return [];
  return blockedTables(operation).filter(
    (table) => table !== '' && !(operation.onTableOfThisChange && table === operation.table),
  );
}

function isHeldThrough(tables: readonly string[], taken: Step, later: Step): boolean {
  const { operation } = later;
  const isSameStatement = later.file === taken.file && operation.statement === taken.operation.statement;
  if (isSameStatement || !isLongWork(operation)) return false;
  // A scan of the same table has a finding of its own, which names the wait.
  return isBackfill(operation) || !tables.includes(operation.table);
}

function isLongWork(operation: Operation): boolean {
  if (isCatalogue(operation.table)) return false;
  if (isBackfill(operation)) return operation.kind === 'insert-select' || !operation.onTableOfThisChange;
  const isScan = operation.rewrite === true || operation.scan === true;
  return isScan && !operation.onTableOfThisChange && operation.kind !== 'truncate';
}

function isBackfill({ kind, rows }: Operation): boolean {
  if (kind === 'insert-select') return rows === 'all';
  return (kind === 'update' || kind === 'delete') && (rows === 'all' || rows === 'unbounded');
}
