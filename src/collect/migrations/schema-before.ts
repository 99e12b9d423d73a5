import { quoteName } from '../../core/quote-name.ts';
import { detectMigration } from '../../migrations/detect/detect-migration.ts';
import type { MigrationSource } from '../../migrations/detect/framework.ts';
import { siblingMigrations } from '../../migrations/detect/sibling-migrations.ts';
import type { MigrationParsers } from '../../migrations/read-migrations.ts';
import { replaySchema } from '../../migrations/sql/replay-schema.ts';
import type { KnownSchema } from '../../migrations/sql/schema.ts';
import type { SqlLanguage } from '../../migrations/sql/sql-language.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { ordinaryPaths, type TreeFile } from '../git/tree-files.ts';
import { describedSchema, dumpedSchema } from './schema-dump.ts';
import { siblingPrograms } from './sibling-programs.ts';

/** Chosen by us: a history of thousands of migrations is replayed in about a second. */
const mostFiles = 5_000;
const mostBytes = 32 * 1024 * 1024;
const mostMilliseconds = 5_000;
const largestDump = 8 * 1024 * 1024;

export interface SchemaBefore {
  readonly schema?: KnownSchema;
  /** What the schema lacks, and why. */
  readonly remark?: string;
}

/**
 * The schema that a change starts from: the dump that its framework keeps beside the folder, else what the migrations of
 * the same folder at the merge base leave behind when they are carried out in their order.
 */
export async function schemaBefore(
  repository: JudgedRepository,
  { folder, source, filesAtMergeBase }: SchemaQuestion,
  language: SqlLanguage,
  parsers: MigrationParsers,
): Promise<SchemaBefore> {
  // Of the process: it never goes back, and `performance` would have to be loaded.
  const started = process.uptime();
  const mayGoOn = () => (process.uptime() - started) * 1000 < mostMilliseconds;
  const byPath = new Map(filesAtMergeBase.map((file) => [file.path, file]));
  const dumped = await dumpedSchema(repository, folder, source, byPath, language, parsers);
  if (dumped) return { schema: dumped };
  if (detectMigration(source)?.code !== undefined) {
    const { programs, all } = await siblingPrograms(repository, folder, source, filesAtMergeBase);
    if (all === 0) return {};
    const { schema, steps } = replaySchema(programs, source.companions, language, mayGoOn, parsers.programs);
    return { schema, ...remarkOf(steps, all, folder) };
  }

  const paths = ordinaryPaths(filesAtMergeBase);
  const all = siblingMigrations(source, paths);
  const described = () => describedSchema(repository, folder, source, byPath, language);
  if (all.length === 0) {
    const schema = await described();
    return schema ? { schema } : {};
  }
  const read = all.slice(0, mostFiles).flatMap(({ path }) => byPath.get(path) ?? []);
  const blobs = await repository.readBlobs(read, { maxBytes: largestDump });
  const steps: { path: string; bytes: Uint8Array }[] = [];
  let bytes = 0;
  for (const { path, oid } of read) {
    const blob = blobs.get(oid);
    if (!(blob instanceof Uint8Array)) continue;
    bytes += blob.length;
    if (bytes > mostBytes) break;
    steps.push({ path, bytes: blob });
  }
  const replayed = replaySchema(steps, source.companions, language, mayGoOn);
  if (replayed.steps < all.length) {
    const schema = await described();
    if (schema) return { schema };
  }
  return { schema: replayed.schema, ...remarkOf(replayed.steps, all.length, folder) };
}

function remarkOf(steps: number, all: number, folder: string): Pick<SchemaBefore, 'remark'> {
  if (steps === all) return {};
  return {
    remark:
      `the schema before the change was read from ${steps} of ${all} migrations in ${quoteName(folder || '.')} ` +
      `(at most ${mostFiles} files, ${mostBytes / 1024 / 1024} MiB and ${mostMilliseconds / 1000} seconds); what the others do is not known`,
  };
}

export interface SchemaQuestion {
  readonly folder: string;
  /** One migration of the folder: its markers stand for those of the others. */
  readonly source: MigrationSource;
  readonly filesAtMergeBase: readonly TreeFile[];
}
