import { quoteName } from '../../core/quote-name.ts';
import type { MigrationSource } from '../../migrations/detect/framework.ts';
import { siblingMigrations } from '../../migrations/detect/sibling-migrations.ts';
import { replaySchema } from '../../migrations/sql/replay-schema.ts';
import type { KnownSchema } from '../../migrations/sql/schema.ts';
import type { SqlLanguage } from '../../migrations/sql/sql-language.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { TreeFile } from '../git/tree-files.ts';

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
): Promise<SchemaBefore> {
  const started = performance.now();
  const mayGoOn = () => performance.now() - started < mostMilliseconds;
  const byPath = new Map(filesAtMergeBase.map((file) => [file.path, file]));
  const dump = await dumpBeside(repository, folder, byPath);
  if (dump) return { schema: replaySchema([dump], source.companions, language, mayGoOn).schema };

  const paths = filesAtMergeBase.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  const all = siblingMigrations(source, paths);
  if (all.length === 0) return {};
  const ids = all.slice(0, mostFiles).flatMap(({ path }) => byPath.get(path)?.oid ?? []);
  const blobs = await repository.readBlobs(ids, { maxBytes: largestDump });
  const steps: { path: string; bytes: Uint8Array }[] = [];
  let bytes = 0;
  for (const { path } of all.slice(0, mostFiles)) {
    const blob = blobs.get(byPath.get(path)?.oid ?? '');
    if (!(blob instanceof Uint8Array)) continue;
    bytes += blob.length;
    if (bytes > mostBytes) break;
    steps.push({ path, bytes: blob });
  }
  const replayed = replaySchema(steps, source.companions, language, mayGoOn);
  if (replayed.steps === all.length) return { schema: replayed.schema };
  return {
    schema: replayed.schema,
    remark:
      `the schema before the change was read from ${replayed.steps} of ${all.length} migrations in ${quoteName(folder || '.')} ` +
      `(at most ${mostFiles} files, ${mostBytes / 1024 / 1024} MiB and ${mostMilliseconds / 1000} seconds); what the others do is not known`,
  };
}

export interface SchemaQuestion {
  readonly folder: string;
  /** One migration of the folder: its markers stand for those of the others. */
  readonly source: MigrationSource;
  readonly filesAtMergeBase: readonly TreeFile[];
}

/** `structure.sql` or `schema.sql` as pg_dump writes it, in the folder or the one above. */
async function dumpBeside(
  repository: JudgedRepository,
  folder: string,
  files: ReadonlyMap<string, TreeFile>,
): Promise<{ readonly path: string; readonly bytes: Uint8Array } | undefined> {
  const above = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/') + 1) : '';
  for (const path of [`${above}structure.sql`, `${above}schema.sql`]) {
    const oid = files.get(path)?.oid;
    if (oid === undefined) continue;
    const bytes = (await repository.readBlobs([oid], { maxBytes: largestDump })).get(oid);
    if (!(bytes instanceof Uint8Array)) continue;
    const head = new TextDecoder().decode(bytes.subarray(0, 4_096));
    if (head.includes('PostgreSQL database dump')) return { path, bytes };
  }
  return undefined;
}
