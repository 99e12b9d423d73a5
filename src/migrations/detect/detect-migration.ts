import { flyway } from './flyway.ts';
import type { Detected, Framework, MigrationSource } from './framework.ts';
import { dbmate, goose } from './marked-sections.ts';
import { databaseOfText, folderOf, isOutsideUse, nameOf } from './path-signals.ts';
import { drizzle, plainSql, sqlx, supabase } from './plain-folders.ts';
import { prisma } from './prisma.ts';
import { diesel, upDownFiles } from './up-down-files.ts';

/** The first that knows a file has it: markers inside and unmistakable names come before folders. */
const frameworks: readonly Framework[] = [
  goose,
  dbmate,
  flyway,
  prisma,
  diesel,
  upDownFiles,
  supabase,
  drizzle,
  sqlx,
  plainSql,
];

/** True for paths worth reading: a cheap test by path alone, which `detectMigration` then decides by content. */
export function mayBeMigration(path: string): boolean {
  return /\.sql$/i.test(path) && !isOutsideUse(path);
}

/** Which framework runs this file, and how; undefined for a file that is no migration. */
export function detectMigration(source: MigrationSource): Detected | undefined {
  if (!mayBeMigration(source.path)) return undefined;
  for (const framework of frameworks) {
    const detected = framework(source);
    if (!detected) continue;
    if (detected.dialect !== 'unknown' || detected.otherDatabase) return detected;
    return { ...detected, ...databaseOfText(source.text) };
  }
  return undefined;
}

/**
 * Files beside a migration that say how it runs or how it is undone, to be read at the head where they exist. The last
 * step of a Flyway file has a name of its own: pass every `U…__….sql` of the same folder as well.
 */
export function companionPaths(path: string): readonly string[] {
  const folder = folderOf(path);
  const above = folderOf(folder);
  const inFolder = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const inAbove = (name: string) => (above === '' ? name : `${above}/${name}`);
  const paths = [inAbove('Cargo.toml'), 'Cargo.toml', 'diesel.toml', inFolder('meta/_journal.json')];
  const name = nameOf(path);
  if (name === 'migration.sql') paths.push(inAbove('migration_lock.toml'));
  if (name === 'up.sql') paths.push(inFolder('down.sql'), inFolder('metadata.toml'));
  if (/\.up\.sql$/i.test(name)) paths.push(path.replace(/\.up\.sql$/i, '.down.sql'));
  if (/^[VR].*__/.test(name)) paths.push(`${path}.conf`);
  return [...new Set(paths)];
}
