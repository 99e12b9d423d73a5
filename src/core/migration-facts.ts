import type { ChangeStatus, LineRange } from './change.ts';

export type Dialect = 'postgresql' | 'mysql' | 'mariadb' | 'sqlite' | 'unknown';

/** How the framework runs a file: in one transaction, statement by statement, or it cannot be told. */
export type TransactionMode = 'one-transaction' | 'no-transaction' | 'unknown';

/** PostgreSQL's table-level lock modes, in its own words. */
export type LockMode =
  | 'ACCESS SHARE'
  | 'ROW SHARE'
  | 'ROW EXCLUSIVE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'SHARE'
  | 'SHARE ROW EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'ACCESS EXCLUSIVE';

export type Tristate = boolean | 'unknown';

/**
 * One thing a statement does to one table. `kind` is the statement's own words in kebab case ("create-index",
 * "add-column", "set-not-null", "drop-column", "truncate").
 */
export interface Operation {
  readonly kind: string;
  /** Which statement of the file it belongs to, counted from 0: one statement can do several things. */
  readonly statement: number;
  /** The statement stood in the file before this change; absent for what the change adds or edits. */
  readonly isOld?: true;
  /** Lower-case unless quoted; schema-qualified only where the statement is. Empty when no table is concerned. */
  readonly table: string;
  readonly column?: string;
  /** Index, constraint, type or new name, where the statement gives one. */
  readonly name?: string;
  readonly lock: LockMode | 'none' | 'unknown';
  /** The table is rewritten under that lock. */
  readonly rewrite: Tristate;
  /** The table is read from end to end under that lock. */
  readonly scan: Tristate;
  /** What other sessions wait for while the lock is held. */
  readonly blocks: 'reads' | 'writes' | 'nothing' | 'unknown';
  /** Rows, columns or tables are gone afterwards. */
  readonly destroysData: boolean;
  readonly concurrently: boolean;
  /** Further tables locked by the same operation (foreign keys, partitions), with their mode. */
  readonly alsoLocks?: readonly { readonly table: string; readonly lock: LockMode }[];
  /** The table is created by this pull request: nobody can be blocked on it yet. */
  readonly onTableOfThisChange: boolean;
  readonly inTransaction: Tristate;
  /** The statement, one clause per operation where it has several, as written (cut at 300 characters). Untrusted text. */
  readonly sql: string;
  readonly lines: LineRange;
  /**
   * Text for exactly `lines` in place of what stands there, read again and found to block nobody under the file's
   * transaction mode. Absent where no such text is known.
   */
  readonly safer?: string;
}

export interface NotAnalysed {
  readonly lines: LineRange;
  readonly why: string;
}

export interface SourceComment {
  readonly lines: LineRange;
  readonly text: string;
}

export interface MigrationFile {
  readonly path: string;
  readonly status: ChangeStatus;
  readonly framework: string;
  /** `unknown`: nothing names the database, and the file was read as PostgreSQL. */
  readonly dialect: Dialect;
  /** As the framework orders it; empty when it has no version. */
  readonly version: string;
  readonly direction: 'up' | 'down';
  readonly transaction: TransactionMode;
  readonly operations: readonly Operation[];
  readonly comments: readonly SourceComment[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** How the step is undone: a down file or section, or nothing. */
  readonly wayBack: 'down-step' | 'none' | 'unknown';
}

/** A text in the repository that records decisions (an ADR, an RFC). */
export interface DecisionRecord {
  readonly path: string;
  readonly text: string;
  readonly isInChange: boolean;
}

export interface MigrationFacts {
  /** Migrations that the change adds or edits, in version order. */
  readonly files: readonly MigrationFile[];
  readonly decisionRecords: readonly DecisionRecord[];
}
