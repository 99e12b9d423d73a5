import type { Detected, MigrationSource } from './framework.ts';
import { databaseNamed, databaseOfPath, folderOf, nameOf } from './path-signals.ts';

/**
 * `<migrations>/<timestamp>_name/migration.sql`, the dialect in `migration_lock.toml` beside the folders. Prisma opens no
 * transaction of its own and has no way back.
 */
export function prisma({ path, companions }: MigrationSource): Detected | undefined {
  if (nameOf(path) !== 'migration.sql') return undefined;
  const folder = folderOf(path);
  const root = folderOf(folder);
  const lock = companions.get(`${root}/migration_lock.toml`);
  if (lock === undefined && !/^\d{8,14}_/.test(nameOf(folder))) return undefined;
  const provider = /^[ \t]*provider[ \t]*=[ \t]*"(\w+)"/m.exec(lock ?? '')?.[1] ?? '';
  return {
    framework: lock === undefined && !/(^|\/)prisma\//.test(path) ? 'drizzle' : 'prisma',
    root,
    version: nameOf(folder),
    direction: 'up',
    ...(databaseNamed(provider) ?? databaseOfPath(path)),
    sending: lock === undefined && !/(^|\/)prisma\//.test(path) ? 'in-transaction' : 'one-by-one',
    wayBack: 'none',
  };
}
