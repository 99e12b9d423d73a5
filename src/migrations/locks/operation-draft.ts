import type { LockMode, Operation } from '../../core/migration-facts.ts';
import type { KnownSchema } from '../sql/schema.ts';
import type { Effect } from './effect.ts';

/** What one clause of a statement does, before it is placed in its file and transaction. */
export interface OperationDraft {
  readonly kind: string;
  readonly table: string;
  readonly column?: string;
  readonly name?: string;
  readonly effect: Effect;
  readonly destroysData?: true;
  readonly concurrently?: true;
  readonly rows?: Operation['rows'];
  readonly unlessTimeZoneIsUtc?: true;
  readonly isRepeatable?: true;
  readonly isUnique?: true;
  readonly alsoLocks?: readonly { readonly table: string; readonly lock: LockMode }[];
}

/** The other table of a foreign key, where it is known and another one. */
export function alsoLock(
  table: string | undefined,
  lock: LockMode,
  own: string,
): { readonly alsoLocks?: readonly { readonly table: string; readonly lock: LockMode }[] } {
  return table === undefined || table === '' || table === own ? {} : { alsoLocks: [{ table, lock }] };
}

/** The foreign keys of a column go with it, and are made again for its new type: each locks the table it points to as well. */
export function lockedByKeys(
  table: string,
  column: string,
  schema: KnownSchema,
): Pick<OperationDraft, 'alsoLocks'> {
  const keys = [...(schema.tables.get(table)?.constraints.values() ?? [])].filter(
    ({ kind, columns }) => kind === 'CONSTR_FOREIGN' && columns.includes(column),
  );
  const others = new Set(keys.flatMap(({ references }) => references ?? []).filter((one) => one !== table));
  if (others.size === 0) return {};
  return { alsoLocks: [...others].map((other) => ({ table: other, lock: 'ACCESS EXCLUSIVE' })) };
}
