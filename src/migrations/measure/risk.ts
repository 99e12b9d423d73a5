import type { MigrationFile, Operation } from '../../core/migration-facts.ts';

export type Risk = 'low' | 'medium' | 'high';

/** Kinds that the running version of the code can trip over, or that lose their way back, whatever they lock. */
const highKinds: ReadonlySet<string> = new Set([
  'rename-table',
  'rename-column',
  'rename-view',
  'rename-schema',
  'rename-enum-value',
  'set-schema',
  'change-type',
  'set-not-null',
]);

/** Kinds that touch what exists for longer than an instant, or tighten what may be written. */
const mediumKinds: ReadonlySet<string> = new Set([
  'create-index',
  'drop-index',
  'reindex',
  'drop-not-null',
  'add-check',
  'add-foreign-key',
  'add-unique',
  'add-primary-key',
  'add-exclusion',
  'add-not-null',
  'validate-constraint',
  'drop-constraint',
  'alter-constraint',
  'update',
  'delete',
  'insert-select',
  'attach-partition',
  'detach-partition',
]);

const rank: Readonly<Record<Risk, number>> = { low: 0, medium: 1, high: 2 };

/**
 * How much can go wrong when these migrations run on a database in use, computed from what they do and never from what
 * the author says: `high` for lost data, renames, type changes, NOT NULL and rewrites of existing tables; `medium` for
 * indexes, constraints, long scans and backfills; `low` for what only adds and for rows that a constant picks. Way-back
 * steps and statements that stood there before do not count. A part that could not be analysed makes the answer at least
 * `medium`.
 */
export function riskOf(files: readonly MigrationFile[]): Risk {
  let risk: Risk = 'low';
  for (const file of files) {
    if (file.direction === 'down' || file.status === 'deleted') continue;
    if (file.notAnalysed.length > 0) risk = higher(risk, 'medium');
    for (const operation of file.operations) risk = higher(risk, riskOfOperation(operation));
  }
  return risk;
}

function riskOfOperation(operation: Operation): Risk {
  if (operation.isOld || operation.onTableOfThisChange) return 'low';
  if (isOrdinaryWork(operation) || isMereWidening(operation)) return 'low';
  // InnoDB rebuilds most tables while they are read and written.
  const isRewrite = operation.rewrite === true && operation.blocks !== 'nothing';
  if (operation.destroysData || isRewrite || highKinds.has(operation.kind)) return 'high';
  if (operation.scan === true && operation.blocks !== 'nothing') return 'medium';
  return mediumKinds.has(operation.kind) ? 'medium' : 'low';
}

/** Rows that a constant picks are changed every day by the application itself. */
function isOrdinaryWork({ kind, rows }: Operation): boolean {
  return (kind === 'update' || kind === 'delete') && rows === 'chosen';
}

/** A wider type that the values have already: known to be neither rewritten nor read. */
function isMereWidening({ kind, rewrite, scan }: Operation): boolean {
  return kind === 'change-type' && rewrite === false && scan === false;
}

function higher(a: Risk, b: Risk): Risk {
  return rank[b] > rank[a] ? b : a;
}
