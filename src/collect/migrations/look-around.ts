import type { MigrationFacts, MigrationFile } from '../../core/migration-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import type { MigrationSource } from '../../migrations/detect/framework.ts';
import {
  languageDialect,
  type MigrationContext,
  type MigrationInput,
  type MigrationParsers,
  readMigrations,
} from '../../migrations/read-migrations.ts';
import { decodeSql } from '../../migrations/sql/decode-sql.ts';
import type { KnownSchema } from '../../migrations/sql/schema.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { ChangeWithoutLines } from '../git/read-change.ts';
import type { TreeFile } from '../git/tree-files.ts';
import { requiredColumns } from './find-inserts.ts';
import { folderAtBase } from './folders-at-base.ts';
import { type SearchedUses, searchUses, soughtNames } from './name-uses.ts';
import { schemaBefore } from './schema-before.ts';

export interface Surroundings {
  readonly repository: JudgedRepository;
  readonly change: ChangeWithoutLines;
  readonly inputs: readonly MigrationInput[];
  readonly context: MigrationContext;
  readonly parsers: MigrationParsers;
  /** The migrations as they read when nothing else is known. */
  readonly alone: readonly MigrationFile[];
  /** Every file of the head and of the merge base. */
  readonly head: readonly TreeFile[];
  readonly base: readonly TreeFile[];
}

/** What stands around the migrations of a change: the schema they meet, their folders on the base, code that uses names. */
export async function lookAround(asked: Surroundings): Promise<{
  readonly facts: Omit<MigrationFacts, 'decisionRecords'>;
  readonly remarks: readonly string[];
}> {
  const { repository, change, inputs, context, parsers, alone, head, base } = asked;
  const remarks: string[] = [];
  const schemas = new Map<string, KnownSchema>();
  const sources = sourcesByFolder(asked);
  for (const [folder, source] of sources) {
    const meets = alone.find((file) => file.folder === folder && meetsSchema(file));
    const language = meets && parsers.languages[languageDialect(meets.dialect)];
    if (typeof language !== 'object') continue;
    const before = await schemaBefore(
      repository,
      { folder, source, filesAtMergeBase: base },
      language,
      parsers,
    );
    if (before.schema) schemas.set(folder, before.schema);
    if (before.remark !== undefined) remarks.push(before.remark);
  }
  // Reading carries statements out on the schema it is given, and the search below wants it as it was.
  const schemaBeforeChange = (folder: string) => structuredClone(schemas.get(folder));
  const files =
    schemas.size === 0
      ? alone
      : readMigrations(inputs, { ...context, schemaBefore: schemaBeforeChange }, parsers);

  const tip = change.base === change.mergeBase ? base : await repository.listFiles(change.base);
  const folders = isUnavailable(tip)
    ? undefined
    : await Promise.all(
        [...sources].map(([folder, source]) =>
          folderAtBase(
            repository,
            folder,
            source,
            tip,
            files.filter((file) => file.folder === folder),
          ),
        ),
      );
  if (isUnavailable(tip)) {
    remarks.push(`versions of migrations were not compared with the base: ${tip.unavailable}`);
  }
  const names = soughtNames(files, (folder) => schemas.get(folder));
  const required = requiredColumns(files);
  const searched: SearchedUses =
    names.length + required.length === 0
      ? { uses: [], inserts: [] }
      : await searchUses(repository, { names, required, folders: [...sources.keys()] }, base, head);
  if (searched.remark !== undefined) remarks.push(searched.remark);
  const { uses, inserts } = searched;
  return {
    facts: { files, ...(folders ? { folders } : {}), uses, ...(inserts.length > 0 && { inserts }) },
    remarks,
  };
}

/** For each folder a migration of it, which stands for the others. */
function sourcesByFolder({ alone, inputs, context }: Surroundings): ReadonlyMap<string, MigrationSource> {
  const sources = new Map<string, MigrationSource>();
  for (const { path, folder, direction } of alone) {
    if (folder === undefined || direction === 'down' || sources.has(folder)) continue;
    const input = inputs.find((one) => one.path === path);
    if (input)
      sources.set(folder, { path, text: decodeSql(input.bytes).text, companions: context.companions });
  }
  return sources;
}

/** Whether a step does something to what was there before, so that knowing it could matter. */
function meetsSchema({ direction, status, operations, framework, notAnalysed }: MigrationFile): boolean {
  if (direction === 'down' || status === 'deleted') return false;
  // What Django does to a field depends on what the field was.
  if (framework === 'django' && notAnalysed.length > 0) return true;
  return operations.some(
    ({ isOld, onTableOfThisChange, kind }) =>
      !isOld && !onTableOfThisChange && !/^(?:insert|create-view|comment)$/.test(kind),
  );
}
