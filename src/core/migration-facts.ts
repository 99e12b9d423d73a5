import type { ChangeStatus, CommitId, LineRange } from './change.ts';
import type { Part } from './part.ts';

export type Dialect = 'postgresql' | 'mysql' | 'mariadb' | 'sqlite' | 'unknown';

/** How the framework runs a file: in one transaction, statement by statement, or it cannot be told. */
export type TransactionMode = 'one-transaction' | 'no-transaction' | 'unknown';

/**
 * Locks in the words of their database. PostgreSQL: its table-level modes. MySQL and MariaDB: their locks on the
 * definition of a table, from which InnoDB's row locks are apart: EXCLUSIVE keeps readers and writers out, SHARED NO WRITE
 * writers (`LOCK=SHARED`), SHARED UPGRADABLE nobody (`LOCK=NONE`), SHARED WRITE is that of INSERT, UPDATE and DELETE; a change
 * of the definition that is weaker begins and ends with an EXCLUSIVE instant. SQLite: one writer for the whole database.
 */
export type LockMode =
  | 'EXCLUSIVE METADATA'
  | 'SHARED NO WRITE METADATA'
  | 'SHARED UPGRADABLE METADATA'
  | 'SHARED WRITE METADATA'
  | 'DATABASE WRITE'
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
  /** The index that is built is a unique one: rows that exist can make it fail. */
  readonly isUnique?: true;
  /** Further tables locked by the same operation (foreign keys, partitions), with their mode. */
  readonly alsoLocks?: readonly {
    readonly table: string;
    readonly lock: LockMode;
    /** As `onTableOfThisChange`, of this table. */
    readonly onTableOfThisChange?: true;
  }[];
  /** The table is created by this pull request: nobody can be blocked on it yet. */
  readonly onTableOfThisChange: boolean;
  /** The table is known to be partitioned, which rules some safer forms out. */
  readonly onPartitionedTable?: true;
  readonly inTransaction: Tristate;
  /** Which transaction of the file it runs in, counted from 0; absent outside one and where that is not known. */
  readonly transaction?: number;
  /**
   * How many rows UPDATE, DELETE or INSERT … SELECT may touch: every one, as many as a join or a condition without a
   * constant lets through, or those that a constant picks.
   */
  readonly rows?: 'all' | 'unbounded' | 'chosen';
  /** The column is added by this pull request: no running code knows it yet. */
  readonly onColumnOfThisChange?: true;
  /** `timestamp` to `timestamptz` or back: a rewrite, unless the session's TimeZone is UTC. */
  readonly unlessTimeZoneIsUtc?: true;
  /** IF EXISTS, IF NOT EXISTS or OR REPLACE: it can run a second time. */
  readonly isRepeatable?: true;
  /**
   * The statement, one clause per operation where it has several, as written (cut at 300 characters); of a program, the
   * SQL that its call stands for. Untrusted text.
   */
  readonly sql: string;
  readonly lines: LineRange;
  /**
   * Text for exactly `lines` in place of what stands there. The whole change was read and judged again with it, under the
   * file's transaction mode: the statement has no finding then, and no other has a new one. Absent where none is known.
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
  /** Where it stood at the merge base, when it was renamed or copied. */
  readonly previousPath?: string;
  readonly status: ChangeStatus;
  readonly framework: string;
  /** Folder whose files build one schema; empty for the root of the repository. */
  readonly folder?: string;
  /** Its version at the merge base, when it was renamed. */
  readonly previousVersion?: string;
  /** How a file that stood at the merge base differs: in what it runs, or in comments and spacing alone. */
  readonly edit?: 'statements' | 'comments';
  /** `unknown`: nothing names the database, and the file was read as PostgreSQL. */
  readonly dialect: Dialect;
  /** As the framework orders it; empty when it has no version. */
  readonly version: string;
  readonly direction: 'up' | 'down';
  readonly transaction: TransactionMode;
  readonly operations: readonly Operation[];
  readonly comments: readonly SourceComment[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** Versions of the same folder that it says it comes after; absent where the version alone gives the order. */
  readonly after?: readonly string[];
  /** How the step is undone: a down file or section, or nothing. */
  readonly wayBack: 'down-step' | 'none' | 'unknown';
  /** The step back is there and raises an error: nobody gets back that way. */
  readonly undoRaises?: true;
}

/** A text in the repository that records decisions (an ADR, an RFC). */
export interface DecisionRecord {
  readonly path: string;
  readonly text: string;
  readonly isInChange: boolean;
}

/** A folder of migrations that the change touches, as it is at the tip of the base branch. */
export interface MigrationFolder {
  /** `MigrationFile.folder` of its files. */
  readonly folder: string;
  /** In version order, steps on the way up only. */
  readonly files: readonly {
    readonly path: string;
    readonly version: string;
    /** As `MigrationFile.after`. */
    readonly after?: readonly string[];
  }[];
  /** How many of the newest files have a way back, out of how many looked at; absent when none was looked at. */
  readonly waysBack?: { readonly files: number; readonly of: number };
}

/** A migration that another open pull request, or a change waiting in the merge queue, adds. */
export interface MigrationElsewhere {
  readonly path: string;
  readonly pullRequest: number;
  readonly isQueued: boolean;
}

/** Where a name that the change drops or renames is used outside of migrations, tests and documents. */
export interface NameUses {
  readonly table: string;
  /** Absent for a table. */
  readonly column?: string;
  readonly atMergeBase: FoundUses;
  readonly atHead: FoundUses;
}

export interface FoundUses {
  /** All of them, those beyond the places listed too. */
  readonly count: number;
  /** The most telling first, at most five. */
  readonly places: readonly NameUse[];
}

export interface NameUse {
  readonly path: string;
  readonly line: number;
  /** In a text of SQL, in the declaration of a model, or named anywhere else. */
  readonly kind: 'statement' | 'declaration' | 'mention';
}

/** A commit of the branch that adds, edits or removes a migration in one of the folders that the change touches. */
export interface TouchingCommit {
  readonly commit: CommitId;
  /** Files that it changes beside migrations: with few of them, its whole message is about the migration. */
  readonly otherFiles: number;
}

export interface MigrationFacts {
  /** Migrations that the change adds or edits, in version order. */
  readonly files: readonly MigrationFile[];
  readonly decisionRecords: readonly DecisionRecord[];
  /** In the order of the branch, merges left out; absent where nobody looked. */
  readonly touchedBy?: readonly TouchingCommit[];
  /** Absent where the repository around the files was not looked at. */
  readonly folders?: readonly MigrationFolder[];
  /** Absent where nobody asked GitHub. */
  readonly elsewhere?: Part<readonly MigrationElsewhere[]>;
  /** One entry for each name that is dropped or renamed; absent where the code was not searched. */
  readonly uses?: Part<readonly NameUses[]>;
  /** INSERTs that leave out a column which the change requires, one entry for each; absent where there is none to fear. */
  readonly inserts?: readonly NameUses[];
}
