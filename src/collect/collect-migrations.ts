import type { Change } from '../core/change.ts';
import type { DecisionRecord, MigrationFacts } from '../core/migration-facts.ts';
import { isUnavailable, type Part } from '../core/part.ts';
import { quoteName } from '../core/quote-name.ts';
import { type ConfiguredServers, noServers } from '../migrations/detect/configured-servers.ts';
import { companionPaths, mayBeMigration } from '../migrations/detect/detect-migration.ts';
import { folderDatabases } from '../migrations/detect/folder-databases.ts';
import {
  type MigrationInput,
  migrationSources,
  parsersNeeded,
  readMigrations,
} from '../migrations/read-migrations.ts';
import { decodeSql } from '../migrations/sql/decode-sql.ts';
import type { JudgedRepository } from './git/judged-repository.ts';
import type { ChangeWithoutLines } from './git/read-change.ts';
import type { TreeFile } from './git/tree-files.ts';
import { lookAround } from './migrations/look-around.ts';
import { siblingTexts } from './migrations/sibling-texts.ts';
import { touchingCommits } from './migrations/touching-commits.ts';
import { loadMigrationParsers } from './sql-parser/load-migration-parsers.ts';

/** The largest migration that is read; the reader itself sets a limit below. */
const largestMigration = 64 * 1024 * 1024;
const largestText = 256 * 1024;
/** A repository has some dozens of decision records; newer ones (by name) come first. */
const mostDecisionRecords = 300;

const decisionRecord =
  /(?:^|\/)(?:adrs?|decisions?|rfcs?|architecture-decisions)\/[^/]+\.(?:md|mdx|adoc|rst|txt)$/i;

export interface CollectedMigrations {
  readonly migrations: Part<MigrationFacts>;
  /** Files that look like migrations and could not be read. */
  readonly remarks: readonly string[];
}

/**
 * Reads the migrations that a change adds or edits, and the texts that may say why. The SQL parser loads only for them.
 * `'files'` leaves out what stands around them: the schema before the change, the folders on the base, uses in the code.
 */
export async function collectMigrations(
  repository: JudgedRepository,
  change: ChangeWithoutLines,
  depth: 'files' | 'surroundings' = 'surroundings',
  servers: ConfiguredServers = noServers,
): Promise<CollectedMigrations> {
  const candidates = change.files.filter(({ path }) => mayBeMigration(path));
  if (candidates.length === 0) return { migrations: { files: [], decisionRecords: [] }, remarks: [] };
  const [head, base] = await Promise.all([
    repository.listFiles(change.head),
    repository.listFiles(change.mergeBase),
  ]);
  if (isUnavailable(head)) return { migrations: head, remarks: [] };
  if (isUnavailable(base)) return { migrations: base, remarks: [] };

  const [atHead, atBase] = [byPath(head), byPath(base)];
  const files = candidates.filter(({ kind }) => kind === 'file');
  const companions = [
    ...new Set([...files.flatMap(({ path }) => companionPaths(path)), ...undoSteps(files, head)]),
  ];
  const records = head
    .filter(({ path, kind }) => kind === 'file' && decisionRecord.test(path))
    .slice(-mostDecisionRecords);
  const [texts, blobs] = await Promise.all([
    repository.readBlobs([...companions.flatMap((path) => fileAt(atHead, path)), ...records], {
      maxBytes: largestText,
    }),
    repository.readBlobs(
      files.flatMap((file) => [
        ...fileAt(atHead, file.path),
        ...fileAt(atBase, file.previousPath ?? file.path),
      ]),
      { maxBytes: largestMigration },
    ),
  ]);

  const read = files.map((file) => inputOf(file, atHead, atBase, blobs));
  const inputs = read.flatMap((one) => ('input' in one ? one.input : []));
  const textOf = (oid: string | undefined) => {
    const blob = oid === undefined ? undefined : texts.get(oid);
    return blob instanceof Uint8Array ? new TextDecoder().decode(blob) : undefined;
  };
  const detection = {
    ...(servers.database === undefined ? {} : { database: servers.database }),
    companions: new Map(
      companions.flatMap((path) => {
        const text = textOf(atHead.get(path)?.oid);
        return text === undefined ? [] : [[path, text] as const];
      }),
    ),
  };
  const sources = migrationSources(
    inputs.map(({ path, bytes }) => ({ path, text: decodeSql(bytes).text })),
    detection,
  );
  const beside = await siblingTexts(repository, sources, head);
  const context = { ...detection, databases: folderDatabases([...sources, ...beside]) };
  const inChange = new Set(change.files.map(({ path }) => path));
  const decisionRecords = records.flatMap(({ path, oid }): readonly DecisionRecord[] => {
    const text = textOf(oid);
    return text === undefined ? [] : [{ path, text, isInChange: inChange.has(path) }];
  });
  const remarks = [
    ...candidates
      .filter(({ kind }) => kind !== 'file')
      .map(
        ({ path, kind }) =>
          `${quoteName(path)} is a ${kind === 'symlink' ? 'symbolic link' : kind} and was not read as a migration`,
      ),
    ...read.flatMap((one) => ('remark' in one ? one.remark : [])),
  ];
  const parsers = await loadMigrationParsers({ ...parsersNeeded(inputs, context), servers });
  const alone = readMigrations(inputs, context, parsers);
  if (depth === 'files' || alone.length === 0) {
    return { migrations: { files: alone, decisionRecords }, remarks };
  }
  const around = await lookAround({ repository, change, inputs, context, parsers, alone, head, base });
  return { migrations: { ...around.facts, decisionRecords }, remarks: [...remarks, ...around.remarks] };
}

/** The same with the commits that touch the migrations, where the branch has others too. */
export async function withTouchingCommits(
  repository: JudgedRepository,
  change: Change,
  collected: CollectedMigrations,
): Promise<CollectedMigrations> {
  const { migrations } = collected;
  if (isUnavailable(migrations) || migrations.files.length === 0) return collected;
  const touchedBy = await touchingCommits(repository, change, migrations.files);
  return touchedBy ? { ...collected, migrations: { ...migrations, touchedBy } } : collected;
}

function inputOf(
  file: ChangeWithoutLines['files'][number],
  atHead: ReadonlyMap<string, TreeFile>,
  atBase: ReadonlyMap<string, TreeFile>,
  blobs: ReadonlyMap<string, Uint8Array | 'too large' | 'missing'>,
): { readonly input: MigrationInput } | { readonly remark: string } {
  const before = blobs.get(atBase.get(file.previousPath ?? file.path)?.oid ?? '');
  const bytes = file.status === 'deleted' ? before : blobs.get(atHead.get(file.path)?.oid ?? '');
  if (bytes === 'too large')
    return { remark: `${quoteName(file.path)} is larger than 64 MiB and was not read as a migration` };
  if (!(bytes instanceof Uint8Array))
    return { remark: `${quoteName(file.path)} could not be had from git and was not read as a migration` };
  return {
    input: {
      path: file.path,
      ...(file.previousPath !== undefined && { previousPath: file.previousPath }),
      status: file.status,
      bytes,
      // The file a copy was made from stands as it stood: all of the copy is new.
      ...(before instanceof Uint8Array &&
        /^(?:modified|renamed|type-changed)$/.test(file.status) && { previousBytes: before }),
    },
  };
}

/** Flyway's undo steps have names of their own: every one beside a migration of the change is worth a look. */
function undoSteps(files: ChangeWithoutLines['files'], head: readonly TreeFile[]): readonly string[] {
  const folders = new Set(files.map(({ path }) => path.replace(/[^/]*$/, '')));
  return head
    .map(({ path }) => path)
    .filter((path) => /(?:^|\/)U[^/]*__[^/]*\.sql$/.test(path) && folders.has(path.replace(/[^/]*$/, '')));
}

function byPath(files: readonly TreeFile[]): ReadonlyMap<string, TreeFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function fileAt(files: ReadonlyMap<string, TreeFile>, path: string): readonly TreeFile[] {
  const file = files.get(path);
  return file?.kind === 'file' ? [file] : [];
}
