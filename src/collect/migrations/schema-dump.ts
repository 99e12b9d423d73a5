import { detectMigration } from '../../migrations/detect/detect-migration.ts';
import type { MigrationSource } from '../../migrations/detect/framework.ts';
import { prismaSchemaStatements } from '../../migrations/orm/prisma/read-prisma-schema.ts';
import type { MigrationParsers } from '../../migrations/read-migrations.ts';
import { replaySchema } from '../../migrations/sql/replay-schema.ts';
import { emptySchema, type KnownSchema } from '../../migrations/sql/schema.ts';
import type { SqlLanguage } from '../../migrations/sql/sql-language.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { TreeFile } from '../git/tree-files.ts';

const largestDump = 8 * 1024 * 1024;

/** The schema as the repository keeps it in one file beside a folder of migrations; undefined where it keeps none. */
export async function dumpedSchema(
  repository: JudgedRepository,
  folder: string,
  source: MigrationSource,
  files: ReadonlyMap<string, TreeFile>,
  language: SqlLanguage,
  parsers: MigrationParsers,
): Promise<KnownSchema | undefined> {
  const detected = detectMigration(source);
  for (const path of dumpPaths(folder, detected?.framework)) {
    const file = files.get(path);
    if (!file) continue;
    const bytes = (await repository.readBlobs([file], { maxBytes: largestDump })).get(file.oid);
    if (!(bytes instanceof Uint8Array)) continue;
    const schema = path.endsWith('.rb')
      ? parsers.programs?.readSchemaFile(
          { path, source: new TextDecoder().decode(bytes), dialect: detected?.dialect ?? 'unknown' },
          language,
        )
      : fromDump(path, bytes, source, language);
    if (schema && schema.tables.size > 0) return schema;
  }
  return undefined;
}

/** Rails keeps `db/structure.sql` or `db/schema.rb`, of a second database `db/<name>_…`; others the dump of `pg_dump`. */
function dumpPaths(folder: string, framework: string | undefined): readonly string[] {
  const above = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/') + 1) : '';
  if (framework !== 'rails') return [`${above}structure.sql`, `${above}schema.sql`];
  const second = /(?:^|\/)(\w+)_migrate$/.exec(folder)?.[1];
  if (second !== undefined) return [`${above}${second}_structure.sql`, `${above}${second}_schema.rb`];
  const beside = folder === '' ? '' : `${folder}/`;
  return [`${beside}structure.sql`, `${beside}schema.rb`];
}

function fromDump(
  path: string,
  bytes: Uint8Array,
  source: MigrationSource,
  language: SqlLanguage,
): KnownSchema | undefined {
  const head = new TextDecoder().decode(bytes.subarray(0, 4_096));
  // Rails takes the dump's own header away.
  if (
    !/PostgreSQL database dump|^SET statement_timeout|^SET default_tablespace|MySQL dump|MariaDB dump|^\/\*!\d{5} SET/m.test(
      head,
    )
  )
    return undefined;
  return replaySchema([{ path, bytes }], source.companions, language, () => true).schema;
}

/** What `schema.prisma` says, for a folder of Prisma whose own files cannot all be carried out; PostgreSQL's alone. */
export async function describedSchema(
  repository: JudgedRepository,
  folder: string,
  source: MigrationSource,
  files: ReadonlyMap<string, TreeFile>,
  language: SqlLanguage,
): Promise<KnownSchema | undefined> {
  if (detectMigration(source)?.framework !== 'prisma') return undefined;
  const above = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/') + 1) : '';
  const file = files.get(`${above}schema.prisma`);
  if (!file) return undefined;
  const bytes = (await repository.readBlobs([file], { maxBytes: largestDump })).get(file.oid);
  if (!(bytes instanceof Uint8Array)) return undefined;
  const text = new TextDecoder().decode(bytes);
  if (!/^[ \t]*provider[ \t]*=[ \t]*"postgres(?:ql)?"/m.test(text)) return undefined;
  const schema = emptySchema();
  const { statements } = language.readStatements(prismaSchemaStatements(text).join(';\n'));
  for (const { tree } of statements) language.apply(schema, tree, false);
  return schema;
}
