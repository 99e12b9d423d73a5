import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadMigrationParsers } from '../../../src/collect/sql-parser/load-migration-parsers.ts';
import type { MigrationFile, Operation } from '../../../src/core/migration-facts.ts';
import { detectMigration } from '../../../src/migrations/detect/detect-migration.ts';
import { parsersNeeded, readMigrations } from '../../../src/migrations/read-migrations.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The frameworks of the corpus: each has a folder that is a small repository of its own. */
export const frameworks: readonly string[] = readdirSync(root)
  .filter((name) => statSync(join(root, name)).isDirectory())
  .toSorted();

/** What stands beside a framework's repository and is no part of it. */
const ours: ReadonlySet<string> = new Set(['expected.txt', 'sent.json']);

/** Reads every migration of a framework's repository, as if one change added them all. */
export async function readFramework(name: string): Promise<readonly MigrationFile[]> {
  const folder = join(root, name);
  const texts = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => !ours.has(path) && statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
  const inputs = [...texts].flatMap(([path, text]) =>
    detectMigration({ path, text, companions: texts })
      ? [{ path, status: 'added' as const, bytes: new TextEncoder().encode(text) }]
      : [],
  );
  const parsers = await loadMigrationParsers(parsersNeeded(inputs, { companions: texts }));
  return readMigrations(inputs, { companions: texts }, parsers);
}

/** One line for each thing that a file says of itself. */
export function filesText(files: readonly MigrationFile[]): string {
  return files.map(fileText).join('\n');
}

function fileText(file: MigrationFile): string {
  const { path, framework, dialect, version, direction, transaction, wayBack, operations, notAnalysed } =
    file;
  return [
    path,
    `  ${framework}, ${dialect}, version ${version}, ${direction}, ${transaction}, way back: ${wayBack}`,
    ...operations.map((operation) => `  ${linesText(operation.lines)}  ${operationText(operation)}`),
    ...notAnalysed.map(({ lines, why }) => `  ${linesText(lines)}  not analysed: ${why}`),
    '',
  ].join('\n');
}

function linesText({ start, end }: Operation['lines']): string {
  return (start === end ? `${start}` : `${start}-${end}`).padEnd(7);
}

/** What it does, to what, with which lock and work. */
export function operationText(operation: Operation): string {
  const { kind, table, column, name, lock, rewrite, scan, concurrently, alsoLocks = [] } = operation;
  const target = [table, column].filter((part) => part !== undefined && part !== '').join('.');
  return [
    `${kind} ${target}${name === undefined ? '' : ` (${name})`}`,
    lock,
    ...(concurrently ? ['concurrently'] : []),
    ...(rewrite === false ? [] : [`rewrite ${rewrite}`]),
    ...(scan === false ? [] : [`scan ${scan}`]),
    ...(operation.rows === undefined ? [] : [`${operation.rows} rows`]),
    ...(operation.inTransaction === true ? [] : [`in transaction: ${operation.inTransaction}`]),
    ...(operation.onTableOfThisChange ? ['new table'] : []),
    ...alsoLocks.map((other) => `${other.lock} on ${other.table}`),
  ].join(', ');
}
