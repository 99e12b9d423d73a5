import type { LineRange } from '../../core/change.ts';
import type { Dialect, MigrationFile, NotAnalysed, SourceComment } from '../../core/migration-facts.ts';
import type { Sending } from '../detect/framework.ts';
import type { KnownSchema } from '../sql/schema.ts';
import type { CodeNode } from './code/code-node.ts';

/** SQL that a program sends, or makes its framework send, in one go. */
export interface SourceStatement {
  /** One statement that stands for a call, or the text of a raw one, which can hold several. */
  readonly sql: string;
  /** Of the source: the call. */
  readonly lines: LineRange;
  /** The source's line on which a raw text begins, where it stands there line by line. */
  readonly firstLine?: number;
  /** It runs outside the file's transaction (a block that commits first). */
  readonly isOutside?: true;
}

export interface OrmInput {
  readonly path: string;
  readonly source: string;
  readonly tree: CodeNode;
  readonly dialect: Dialect;
  /** What its application is called, where tables are named after that. */
  readonly app?: string;
  /** Known before the file. A reader that keeps models there brings them up to date; tables it leaves alone. */
  readonly schema: KnownSchema;
}

export interface OrmRead {
  /** Of the way up, in the order they run. */
  readonly statements: readonly SourceStatement[];
  readonly comments: readonly SourceComment[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly wayBack: MigrationFile['wayBack'];
  /** Where the program says it otherwise than its text alone does. */
  readonly sending?: Sending;
}

/** What a migration written in a programming language does, in SQL with the lines of the source. Total. */
export type OrmReader = (input: OrmInput) => OrmRead;
