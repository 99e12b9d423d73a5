import type { Dialect } from '../../core/migration-facts.ts';
import type { OperationDraft } from '../locks/operation-draft.ts';
import type { TreeNode } from './parse-tree.ts';
import type { ReadSql, Statement } from './read-statements.ts';
import type { KnownSchema } from './schema.ts';

/**
 * How one database's SQL is read and what it does there. Trees are the language's own: only its own functions look
 * into them. Every function is total.
 */
export interface SqlLanguage {
  readonly readStatements: (text: string) => ReadSql;
  /** What a statement does, and the locks it takes, on the schema as it is before it runs. */
  readonly operationsOf: (tree: TreeNode, schema: KnownSchema) => readonly OperationDraft[];
  /** Carries the statement out on what is known; `isOfThisChange` marks the tables it makes. */
  readonly apply: (schema: KnownSchema, tree: TreeNode, isOfThisChange: boolean) => void;
  /** Why what a statement does cannot be told from outside (it hides others in a text or a routine); undefined where it can. */
  readonly whyOpaque: (tree: TreeNode) => string | undefined;
  /** Whether it opens or ends a transaction; `'commits'`: it ends the open one by itself and stands alone (DDL of MySQL). */
  readonly transactionControl: (tree: TreeNode) => 'begin' | 'end' | 'commits' | undefined;
  /** Text for the statement's own lines that does the same with less waiting, if `mayStand` lets it; undefined where none is known. */
  readonly saferText: (
    statement: Statement,
    text: string,
    mayStand: (replacement: string) => boolean,
  ) => string | undefined;
}

/** The languages that the files of one change need, by dialect; a text says why one is not there. */
export type SqlLanguages = Readonly<Partial<Record<Dialect, SqlLanguage | string>>>;
