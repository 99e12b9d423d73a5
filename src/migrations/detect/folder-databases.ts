import type { Dialect } from '../../core/migration-facts.ts';
import { detectMigration } from './detect-migration.ts';
import type { Detected, MigrationSource } from './framework.ts';

/**
 * The database of each folder of migrations, as its files name it: one that says nothing of its own is written for the
 * same. Folders whose files disagree or all say nothing are left out.
 */
export function folderDatabases(sources: readonly MigrationSource[]): ReadonlyMap<string, Dialect> {
  const named = new Map<string, Set<string>>();
  for (const source of sources) {
    const detected = detectMigration(source);
    if (!detected || !namesDatabase(detected)) continue;
    const names = named.get(detected.root) ?? new Set();
    names.add(detected.otherDatabase ?? detected.dialect);
    named.set(detected.root, names);
  }
  return new Map(
    [...named].flatMap(([root, names]) => {
      const [only = '', second] = names;
      return second === undefined && isDialect(only) ? [[root, only] as const] : [];
    }),
  );
}

export function namesDatabase({ dialect, otherDatabase }: Detected): boolean {
  return dialect !== 'unknown' || otherDatabase !== undefined;
}

function isDialect(name: string): name is Dialect {
  return /^(?:postgresql|mysql|mariadb|sqlite)$/.test(name);
}
