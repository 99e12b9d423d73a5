import type { MigrationFacts, Operation } from '../../core/migration-facts.ts';
import { newNameOf } from '../sql/new-name-of.ts';
import { newStatements } from './new-steps.ts';

/** Tables and columns that the change renames and then drops: the operation that drops one, and its rename. */
export function renamedBeforeDrop(migrations: MigrationFacts): ReadonlyMap<Operation, Operation> {
  const found = new Map<Operation, Operation>();
  const renames: Operation[] = [];
  for (const { operations } of newStatements(migrations)) {
    for (const operation of operations) {
      if (/^rename-(?:table|column)$/.test(operation.kind)) renames.push(operation);
      if (!/^drop-(?:table|column)$/.test(operation.kind)) continue;
      const renamed = renames.find((one) => isDropOf(operation, one));
      if (renamed) found.set(operation, renamed);
    }
  }
  return found;
}

function isDropOf(drop: Operation, rename: Operation): boolean {
  if (drop.kind === 'drop-table') return rename.kind === 'rename-table' && drop.table === newNameOf(rename);
  return rename.kind === 'rename-column' && drop.table === rename.table && drop.column === rename.name;
}

/** Whether a later statement of its file gives the old name to something else. */
export function standsAgain(
  { kind, table, column, statement }: Operation,
  all: readonly Operation[],
): boolean {
  return all.some((later) => {
    // MySQL swaps tables in one RENAME TABLE: the same statement may do it.
    if (later.statement < statement) return false;
    if (kind === 'rename-column') {
      const isAdded = /^add-(?:required-)?column$/.test(later.kind) && later.column === column;
      return later.table === table && (isAdded || (later.kind === 'rename-column' && later.name === column));
    }
    if (/^rename-(?:table|view)$/.test(later.kind)) return newNameOf(later) === table;
    return /^create-(?:view|table|materialized-view)$/.test(later.kind) && later.table === table;
  });
}
