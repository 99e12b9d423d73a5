import { lstatSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { ChangedFile } from '../core/change.ts';
import type { Facts } from '../core/facts.ts';
import { unavailable } from '../core/part.ts';
import { quoteName } from '../core/quote-name.ts';
import { noSettings } from '../core/settings.ts';
import { companionPaths, mayBeMigration } from '../migrations/detect/detect-migration.ts';
import { folderDatabases } from '../migrations/detect/folder-databases.ts';
import {
  type MigrationInput,
  migrationSources,
  parsersNeeded,
  readMigrations,
} from '../migrations/read-migrations.ts';
import { decodeSql } from '../migrations/sql/decode-sql.ts';
import { loadMigrationParsers } from './sql-parser/load-migration-parsers.ts';

const largestMigration = 64 * 1024 * 1024;
const largestCompanion = 256 * 1024;

/**
 * Facts about migration files on disk, as if one change added them all; nothing else is known, so rules that need more
 * are not available. Paths are relative to `folder` or absolute. Links are not followed: they may lead anywhere.
 */
export async function readMigrationFiles(
  paths: readonly string[],
  folder: string,
): Promise<{ readonly facts: Facts; readonly remarks: readonly string[] }> {
  const remarks: string[] = [];
  const inputs: MigrationInput[] = [];
  for (const path of paths) {
    const read = mayBeMigration(path)
      ? readBytes(resolve(folder, path), largestMigration)
      : 'its name is no migration’s';
    if (typeof read === 'string') remarks.push(`${quoteName(path)} was not read: ${read}`);
    else inputs.push({ path, status: 'added', bytes: read });
  }
  const companions = new Map<string, string>();
  for (const path of new Set(inputs.flatMap((input) => companionPaths(input.path)))) {
    const read = readBytes(isAbsolute(path) ? path : resolve(folder, path), largestCompanion);
    if (typeof read !== 'string') companions.set(path, new TextDecoder().decode(read));
  }
  const texts = inputs.map(({ path, bytes }) => ({ path, text: decodeSql(bytes).text }));
  const context = { companions, databases: folderDatabases(migrationSources(texts, { companions })) };
  const parsers = await loadMigrationParsers(parsersNeeded(inputs, context));
  const files = readMigrations(inputs, context, parsers);
  const known = new Set(files.map(({ path }) => path));
  for (const { path } of inputs) {
    if (!known.has(path))
      remarks.push(`${quoteName(path)} was not read: no framework would run it as a migration`);
  }
  const reason = 'only migration files were given';
  const facts: Facts = {
    schemaVersion: 1,
    now: new Date(0).toISOString(),
    seed: 1,
    repository: { name: quoteName(dirname(resolve(folder, '.'))) },
    asked: {},
    settings: noSettings,
    pullRequest: unavailable(reason),
    change: {
      base: '',
      head: '',
      mergeBase: '',
      baseName: 'nothing',
      files: inputs.map(({ path, bytes }) => asAdded(path, bytes)),
      commits: [],
    },
    coverage: unavailable(reason),
    review: unavailable(reason),
    migrations: { files, decisionRecords: [] },
    earlierResults: [],
    replies: [],
    remarks: [],
  };
  return { facts, remarks };
}

function asAdded(path: string, bytes: Uint8Array): ChangedFile {
  const lines = bytes.reduce((sum, byte) => (byte === 10 ? sum + 1 : sum), bytes.at(-1) === 10 ? 0 : 1);
  return {
    path,
    status: 'added',
    kind: 'file',
    isBinary: false,
    hunks: [{ baseStart: 0, baseLines: 0, headStart: 1, headLines: lines }],
    added: [{ start: 1, end: Math.max(1, lines) }],
    deleted: [],
  };
}

/** Read at once: for a thousand small files, waiting for each would take longer than parsing it. */
function readBytes(path: string, most: number): Uint8Array | string {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return 'it does not exist';
    if (stat.isSymbolicLink()) return 'it is a symbolic link';
    if (!stat.isFile()) return 'it is no file';
    if (stat.size > most) return `it is larger than ${most / 1024 / 1024} MiB`;
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Something on the way is a file, not a folder.
    return code === 'ENOTDIR' ? 'it does not exist' : `it cannot be read (${code ?? message})`;
  }
}
