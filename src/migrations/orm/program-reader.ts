import type { Dialect, MigrationFile } from '../../core/migration-facts.ts';
import type { Detected, Sending } from '../detect/framework.ts';
import type { KnownSchema } from '../sql/schema.ts';
import type { SqlLanguage } from '../sql/sql-language.ts';
import type { CodeLanguage } from './code/code-node.ts';
import type { SourceSql } from './source-sql.ts';

/** Reads migrations that are programs; loaded only for them, since it knows every framework's calls. Total. */
export interface ProgramReader {
  /** A migration as the SQL that it sends; or why it was not read. */
  readonly read: (input: ProgramInput) => ReadProgram | { readonly why: string };
  /** Whether two programs differ in comments and spacing alone; texts that cannot be read, only where they are equal. */
  readonly isSame: (before: string, after: string, language: CodeLanguage) => boolean;
  /** The schema that `db/schema.rb` describes; undefined where it cannot be read. */
  readonly readSchemaFile: (file: SchemaFile, language: SqlLanguage) => KnownSchema | undefined;
}

export interface ProgramInput {
  readonly path: string;
  readonly text: string;
  /** As it stood at the merge base. */
  readonly previous: string | undefined;
  readonly detected: Detected;
  readonly schema: KnownSchema;
  readonly language: SqlLanguage;
}

export interface ReadProgram {
  readonly sql: SourceSql;
  readonly previous?: SourceSql;
  readonly wayBack: MigrationFile['wayBack'];
  readonly sending: Sending;
}

export interface SchemaFile {
  readonly path: string;
  readonly source: string;
  readonly dialect: Dialect;
}

/** What stands for the reader where none was loaded. */
export const noProgramReader: ProgramReader = {
  read: () => ({ why: 'its parser was not loaded' }),
  isSame: (before, after) => before === after,
  readSchemaFile: () => undefined,
};
