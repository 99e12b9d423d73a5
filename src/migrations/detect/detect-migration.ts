import { alembic, isAlembicPath } from './alembic.ts';
import { django, isDjangoPath } from './django.ts';
import { flyway } from './flyway.ts';
import type { Detected, Framework, MigrationSource } from './framework.ts';
import { dbmate, goose, liquibase, sqlMigrate } from './marked-sections.ts';
import { type DatabaseSignal, databaseOfText, folderOf, isOutsideUse, nameOf } from './path-signals.ts';
import { drizzle, plainSql, sqlx, supabase } from './plain-folders.ts';
import { prisma, prismaCompanions } from './prisma.ts';
import { databaseOfProject, projectCompanions } from './project-database.ts';
import { pythonCompanions } from './python-database.ts';
import { isRailsPath, rails, railsCompanions } from './rails.ts';
import { diesel, downFiles, postgresFiles, upDownFiles } from './up-down-files.ts';

/** The first that knows a file has it: markers inside and unmistakable names come before folders. */
const frameworks: readonly Framework[] = [
  goose,
  dbmate,
  sqlMigrate,
  liquibase,
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
  return (/\.sql$/i.test(path) || isProgram(path)) && !isOutsideUse(path);
}

/** Migrations that are written in a programming language. */
function isProgram(path: string): boolean {
  return isRailsPath(path) || isDjangoPath(path) || isAlembicPath(path);
}

const programs: readonly Framework[] = [rails, django, alembic];

/** Which framework runs this file, and how; undefined for a file that is no migration. */
export function detectMigration(source: MigrationSource): Detected | undefined {
  const detected = fileOfFramework(source);
  if (!detected || isProgram(source.path)) return detected;
  return asSent({ ...detected, ...databaseOf(detected, source) });
}

/** Where a migration stands among the others. It saves the look for its database, which takes most of the time. */
export function migrationStep(
  source: MigrationSource,
): Pick<Detected, 'root' | 'version' | 'direction'> | undefined {
  return fileOfFramework(source);
}

function fileOfFramework(source: MigrationSource): Detected | undefined {
  if (!mayBeMigration(source.path)) return undefined;
  for (const framework of isProgram(source.path) ? programs : frameworks) {
    const detected = framework(source);
    if (detected) return detected;
  }
  return undefined;
}

/** By the framework's own files and the path, else by the words of the text, by the settings, by what the project says of itself. */
function databaseOf(
  { dialect, otherDatabase }: Detected,
  { text, companions, database }: MigrationSource,
): DatabaseSignal {
  if (otherDatabase !== undefined) return { dialect, otherDatabase };
  const byProject = database === undefined ? databaseOfProject(companions) : { dialect: database };
  const byText = dialect === 'unknown' ? databaseOfText(text) : { dialect };
  const isKnown = byText.dialect !== 'unknown' || byText.otherDatabase !== undefined;
  // MariaDB speaks MySQL's words, and its folders are often named after it.
  return isKnown && !(byText.dialect === 'mysql' && byProject.dialect === 'mariadb') ? byText : byProject;
}

/**
 * Several statements in one message are one transaction for PostgreSQL alone: MySQL and SQLite carry each out by itself.
 * golang-migrate opens a transaction of its own for SQLite.
 */
function asSent(detected: Detected): Detected {
  if (detected.sending !== 'one-message' || !/^(?:mysql|mariadb|sqlite)$/.test(detected.dialect))
    return detected;
  const isOpened = detected.dialect === 'sqlite' && detected.framework === 'golang-migrate';
  return { ...detected, sending: isOpened ? 'in-transaction' : 'one-by-one' };
}

/**
 * Files beside a migration that say how it runs or how it is undone, to be read at the head where they exist. The last
 * step of a Flyway file has a name of its own: pass every `U…__….sql` of the same folder as well.
 */
export function companionPaths(path: string): readonly string[] {
  if (isRailsPath(path)) return railsCompanions(path);
  if (isProgram(path)) return pythonCompanions(path);
  const folder = folderOf(path);
  const above = folderOf(folder);
  const inFolder = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const inAbove = (name: string) => (above === '' ? name : `${above}/${name}`);
  const paths = [
    inAbove('Cargo.toml'),
    'Cargo.toml',
    'diesel.toml',
    inFolder('meta/_journal.json'),
    ...projectCompanions(path),
  ];
  const name = nameOf(path);
  if (name === 'migration.sql') paths.push(inAbove('migration_lock.toml'), ...prismaCompanions(path));
  if (name === 'up.sql' || name === 'down.sql') {
    const crate = folderOf(above);
    paths.push(
      inFolder('down.sql'),
      inFolder('metadata.toml'),
      crate === '' ? 'Cargo.toml' : `${crate}/Cargo.toml`,
    );
  }
  if (/\.up\.sql$/i.test(name)) paths.push(...downFiles(path));
  if (/\.(?:up|down)\.sql$/i.test(name)) paths.push(...postgresFiles(path));
  if (/^[VR].*__/.test(name)) paths.push(`${path}.conf`);
  return [...new Set(paths)];
}
