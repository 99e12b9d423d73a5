import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { readMigrationFiles } from '../../collect/read-migration-files.ts';
import type { MigrationFile, Operation } from '../../core/migration-facts.ts';
import { findingsOf, type Report } from '../../core/report.ts';
import { withoutCommands } from '../../core/runner-commands.ts';
import { mayBeMigration } from '../../migrations/detect/detect-migration.ts';
import { jsonText } from '../../render/json-text.ts';
import { counted } from '../../render/numbers.ts';
import { visible } from '../../render/text.ts';
import { reportOn } from '../../report-on.ts';
import type { CommandResult } from '../cli.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

/** Says what migrations do: the files given are one change, in version order. */
export async function migrations(parameters: readonly string[]): Promise<CommandResult> {
  const { values, positionals } = readOptions(
    parameters,
    { format: { type: 'string', default: 'text' } },
    'migrations',
  );
  const format = oneOf(values.format, ['text', 'json'], 'format');
  if (positionals.length === 0)
    throw new UsageError('Which migrations? Name files or folders. See `review-vitals migrations --help`.');
  const paths = (await Promise.all(positionals.map(filesAt))).flat();
  if (paths.length === 0) throw new UsageError(`No migration was found in ${positionals.join(', ')}.`);
  const { facts, remarks } = await readMigrationFiles([...new Set(paths)], process.cwd());
  const report = reportOn(facts);
  const files = 'files' in facts.migrations ? facts.migrations.files : [];
  const output = format === 'json' ? json(files, report, remarks) : text(files, report, remarks);
  return { output, exitCode: files.length === 0 ? 2 : 0 };
}

/**
 * A file as named, or every .sql file and migration written as a program below a folder. Links are not followed: those
 * named like a migration are left out with a sentence.
 */
async function filesAt(path: string): Promise<readonly string[]> {
  const entry = await lstat(path).catch(() => undefined);
  if (!entry) throw new UsageError(`${path} does not exist.`);
  if (entry.isSymbolicLink() && (await isFolder(path)))
    throw new UsageError(`${path} is a symbolic link, which is not followed. Name the folder it leads to.`);
  if (!entry.isDirectory()) return [shown(path)];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((one) => !one.isDirectory())
    .map((one) => shown(join(one.parentPath, one.name)))
    .filter((name) => name.endsWith('.sql') || mayBeMigration(name))
    .toSorted();
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Relative to this folder where the file lies below it; the folders above a file say which framework runs it. */
function shown(path: string): string {
  const inside = relative(process.cwd(), resolve(path));
  return inside.startsWith('..') ? resolve(path) : inside || basename(path);
}

function json(files: readonly MigrationFile[], report: Report, remarks: readonly string[]): string {
  const found = findingsOf(report);
  return jsonText({
    schemaVersion: 1,
    files: files.map((file) => ({
      path: file.path,
      framework: file.framework,
      dialect: file.dialect,
      version: file.version,
      direction: file.direction,
      transaction: file.transaction,
      wayBack: file.wayBack,
      operations: file.operations,
      findings: found.filter(({ place }) => place?.path === file.path),
      notAnalysed: file.notAnalysed,
    })),
    remarks,
  });
}

function text(files: readonly MigrationFile[], report: Report, remarks: readonly string[]): string {
  const found = findingsOf(report);
  const lines = [
    ...files.flatMap((file) => [
      `${visible(file.path)}  ${[file.framework, file.dialect, file.transaction, `way back: ${file.wayBack}`].join(' · ')}`,
      ...file.operations.map(
        (operation) => `  ${String(operation.lines.start).padStart(4)}  ${describe(operation)}`,
      ),
      ...file.notAnalysed.map(
        ({ lines, why }) => `  ${String(lines.start).padStart(4)}  not analysed: ${visible(why)}`,
      ),
      ...found
        .filter(({ place }) => place?.path === file.path)
        .map(
          ({ level, rule, observation, impact, action }) =>
            `        ${level} ${rule}: ${visible(`${observation} ${impact} ${action}`)}`,
        ),
      '',
    ]),
    ...remarks.map((remark) => `Left out: ${visible(remark)}`),
    `${counted(files.length, 'migration')}, ${counted(found.length, 'finding')}`,
    '',
  ];
  return withoutCommands(lines.join('\n'));
}

function describe(operation: Operation): string {
  const effects = [
    operation.lock === 'none'
      ? 'no lock'
      : operation.lock === 'unknown'
        ? 'lock unknown'
        : `${operation.lock} lock`,
    ...(operation.rewrite === true
      ? ['rewrites the table']
      : operation.rewrite === 'unknown'
        ? ['may rewrite the table']
        : []),
    ...(operation.scan === true
      ? ['reads the whole table']
      : operation.scan === 'unknown'
        ? ['may read the whole table']
        : []),
    operation.blocks === 'nothing'
      ? 'blocks nothing'
      : operation.blocks === 'unknown'
        ? 'what it blocks is unknown'
        : `blocks ${operation.blocks}`,
    ...(operation.destroysData ? ['destroys data'] : []),
    ...(operation.onTableOfThisChange ? ['table is new in this change'] : []),
  ];
  const subject = [operation.kind, operation.table, operation.column ?? operation.name ?? ''].filter(
    (word) => word !== '',
  );
  return `${visible(subject.join(' '))}: ${effects.join(', ')}`;
}
