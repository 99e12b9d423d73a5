import type { Detected, MigrationSource } from './framework.ts';
import { databaseNamed, databaseOfPath, folderOf, nameOf } from './path-signals.ts';

/**
 * `<migrations>/<timestamp>_name/migration.sql`, the dialect in `migration_lock.toml` beside the folders. Prisma opens no
 * transaction of its own and has no way back. Before 7.4 it sends a file as one message, and several statements are one
 * transaction all the same; from 7.4 on statement by statement. https://github.com/prisma/prisma-engines/pull/5847
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
    sending:
      lock === undefined && !/(^|\/)prisma\//.test(path)
        ? 'in-transaction'
        : sendsOneMessage(path, companions)
          ? 'one-message'
          : 'one-by-one',
    wayBack: 'none',
  };
}

/** Files that say which Prisma runs a migration, in the folders above it: the nearest counts. */
export function prismaCompanions(path: string): readonly string[] {
  const folders = [folderOf(path)];
  while (folders.at(-1) !== '' && folders.length < 8) folders.push(folderOf(folders.at(-1) ?? ''));
  return [...new Set([...folders, ''])].flatMap((folder) =>
    ['package.json', 'pnpm-workspace.yaml'].map((name) => (folder === '' ? name : `${folder}/${name}`)),
  );
}

/** `"prisma": "~6.1"` of a package.json, `prisma: 6.19.0` of pnpm's catalogue. */
const written =
  /^[ \t]*["']?(?:prisma|@prisma\/client)["']?[ \t]*:[ \t]*["']?([~^=v]*)[ \t]*(\d+)(?:\.(\d+))?/m;

/** Whether the project's range is below 7.4 for sure; a range that reaches it is taken for what it installs today. */
function sendsOneMessage(path: string, companions: ReadonlyMap<string, string>): boolean {
  for (const other of prismaCompanions(path)) {
    const [, range = '', major, minor] = written.exec(companions.get(other) ?? '') ?? [];
    if (major === undefined) continue;
    if (Number(major) !== 7) return Number(major) < 7;
    return minor !== undefined && Number(minor) < 4 && !range.includes('^');
  }
  return false;
}
